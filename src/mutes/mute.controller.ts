import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentAccount } from '../accounts/principal.js';
import { MuteKind } from '../domain/mute.js';
import { Answers } from '../platform/http/answers.js';
import { pageOf, PageQuery, type Page } from '../platform/http/page.js';
import { Mute, muteTarget, SetMute } from './mute.js';
import { MuteService } from './mute.service.js';

const kindParam = { name: 'kind', enum: MuteKind.options } as const;
const keyParam = {
  name: 'key',
  description: 'The id, URL-encoded. The archive need not know it yet.',
} as const;

@Controller('v1/mutes')
@Allow('account')
@ApiTags('mutes')
export class MuteController {
  constructor(private readonly mutes: MuteService) {}

  @Get()
  @ApiOperation({ operationId: 'listMutes', summary: 'What you muted, by kind and key' })
  @Answers(200, 'A page of mutes', pageOf(Mute), [422])
  async list(
    @CurrentAccount() { id }: CurrentAccount,
    @Query({ schema: PageQuery }) query: PageQuery,
  ): Promise<Page<Mute>> {
    return this.mutes.list(id, query);
  }

  @Put(':kind/:key')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'mute',
    summary: 'Hear no more of a provision or a document',
    description:
      'Its changes make no alerts any more, whatever watchlists match, at none of your destinations. Doing so again sets the end anew.',
  })
  @ApiParam(kindParam)
  @ApiParam(keyParam)
  @Answers(204, 'Muted', undefined, [403, 422])
  async mute(
    @CurrentAccount() { id }: CurrentAccount,
    @Param('kind') kind: string,
    @Param('key') key: string,
    @Body({ schema: SetMute }) { until }: SetMute,
  ): Promise<void> {
    await this.mutes.mute(id, muteTarget(kind, key), until ?? null);
  }

  @Delete(':kind/:key')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'unmute',
    summary: 'Hear of it again',
    description: 'What is not muted is no error.',
  })
  @ApiParam(kindParam)
  @ApiParam(keyParam)
  @Answers(204, 'Muted no more', undefined, [422])
  async unmute(
    @CurrentAccount() { id }: CurrentAccount,
    @Param('kind') kind: string,
    @Param('key') key: string,
  ): Promise<void> {
    await this.mutes.unmute(id, muteTarget(kind, key));
  }
}
