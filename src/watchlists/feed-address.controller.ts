import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentAccount } from '../accounts/principal.js';
import { Answers } from '../platform/http/answers.js';
import { watchlistIdOf } from './watchlist-id.js';
import { FeedAddress, NewFeedAddress } from './feed-address.js';
import { FeedAddressService } from './feed-address.service.js';

@Controller('v1/watchlists/:id/feed')
@Allow('account')
@ApiTags('watchlists')
export class FeedAddressController {
  constructor(private readonly addresses: FeedAddressService) {}

  @Post()
  @ApiOperation({
    operationId: 'createFeed',
    summary: 'Give a watchlist an Atom feed under a secret address',
    description: 'The address is shown once. Doing so again makes a new one, and revokes the one before.',
  })
  @Answers(201, 'The address', NewFeedAddress, [403, 404])
  async create(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<NewFeedAddress> {
    return this.addresses.create(account, watchlistIdOf(id));
  }

  @Get()
  @ApiOperation({ operationId: 'getFeed', summary: 'Whether a watchlist has a feed, and since when' })
  @Answers(200, 'Since when, but not the address', FeedAddress, [404])
  async get(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<FeedAddress> {
    return this.addresses.get(account.id, watchlistIdOf(id));
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({
    operationId: 'revokeFeed',
    summary: "Revoke the address of a watchlist's feed",
    description: 'From then on it answers 404. That there is none is no error.',
  })
  @Answers(204, 'Revoked', undefined, [404])
  async revoke(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<void> {
    await this.addresses.revoke(account.id, watchlistIdOf(id));
  }
}
