import { Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentAccount } from '../accounts/principal.js';
import { FollowKind } from '../domain/follow.js';
import { Answers } from '../platform/http/answers.js';
import { pageOf, PageQuery, type Page } from '../platform/http/page.js';
import { Follow, followTarget } from './follow.js';
import { FollowService } from './follow.service.js';
import { watchlistIdOf } from './watchlist-id.js';

const kindParam = { name: 'kind', enum: FollowKind.options } as const;
const keyParam = {
  name: 'key',
  description: 'The id or slug, URL-encoded; `*` for `everything`. The archive need not know it yet.',
} as const;

@Controller('v1/watchlists/:id/follows')
@Allow('account')
@ApiTags('watchlists')
export class FollowController {
  constructor(private readonly follows: FollowService) {}

  @Get()
  @ApiOperation({ operationId: 'listFollows', summary: 'What a watchlist follows, by kind and key' })
  @Answers(200, 'A page of follows', pageOf(Follow), [404, 422])
  async list(
    @CurrentAccount() account: CurrentAccount,
    @Param('id') id: string,
    @Query({ schema: PageQuery }) query: PageQuery,
  ): Promise<Page<Follow>> {
    return this.follows.list(account.id, watchlistIdOf(id), query);
  }

  @Put(':kind/:key')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'follow',
    summary: 'Follow',
    description: 'Doing so again changes nothing, and counts once.',
  })
  @ApiParam(kindParam)
  @ApiParam(keyParam)
  @Answers(204, 'Followed', undefined, [403, 404, 422])
  async follow(
    @CurrentAccount() account: CurrentAccount,
    @Param('id') id: string,
    @Param('kind') kind: string,
    @Param('key') key: string,
  ): Promise<void> {
    await this.follows.follow(account.id, watchlistIdOf(id), followTarget(kind, key));
  }

  @Delete(':kind/:key')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'unfollow',
    summary: 'Unfollow',
    description: 'What is not followed is no error.',
  })
  @ApiParam(kindParam)
  @ApiParam(keyParam)
  @Answers(204, 'Followed no more', undefined, [404, 422])
  async unfollow(
    @CurrentAccount() account: CurrentAccount,
    @Param('id') id: string,
    @Param('kind') kind: string,
    @Param('key') key: string,
  ): Promise<void> {
    await this.follows.unfollow(account.id, watchlistIdOf(id), followTarget(kind, key));
  }
}
