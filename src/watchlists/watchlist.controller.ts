import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentAccount } from '../accounts/principal.js';
import { Answers } from '../platform/http/answers.js';
import { pageOf, PageQuery, type Page } from '../platform/http/page.js';
import { watchlistIdOf } from './watchlist-id.js';
import { NewWatchlist, Watchlist, WatchlistChanges } from './watchlist.js';
import { WatchlistService } from './watchlist.service.js';

@Controller('v1/watchlists')
@Allow('account')
@ApiTags('watchlists')
export class WatchlistController {
  constructor(private readonly watchlists: WatchlistService) {}

  @Get()
  @ApiOperation({ operationId: 'listWatchlists', summary: 'Your watchlists, oldest first' })
  @Answers(200, 'A page of watchlists', pageOf(Watchlist), [422])
  async list(
    @CurrentAccount() { id }: CurrentAccount,
    @Query({ schema: PageQuery }) query: PageQuery,
  ): Promise<Page<Watchlist>> {
    return this.watchlists.list(id, query);
  }

  @Post()
  @ApiOperation({
    operationId: 'createWatchlist',
    summary: 'Make a watchlist',
    description: 'Only `name` is needed. It alerts nobody until it follows something.',
  })
  @Answers(201, 'The watchlist', Watchlist, [403, 422])
  async create(
    @CurrentAccount() { id }: CurrentAccount,
    @Body({ schema: NewWatchlist }) watchlist: NewWatchlist,
  ): Promise<Watchlist> {
    return this.watchlists.create(id, watchlist);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getWatchlist', summary: 'One watchlist' })
  @Answers(200, 'The watchlist', Watchlist, [404])
  async get(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<Watchlist> {
    return this.watchlists.get(account.id, watchlistIdOf(id));
  }

  @Patch(':id')
  @ApiOperation({
    operationId: 'updateWatchlist',
    summary: 'Change a watchlist',
    description:
      'What is left out stays as it is, inside `rule` too. `destinationIds` replaces them all. While it is snoozed it leads to ' +
      'no alerts; `"snoozedUntil": null` wakes it.',
  })
  @Answers(200, 'The watchlist as it is now', Watchlist, [403, 404, 422])
  async update(
    @CurrentAccount() account: CurrentAccount,
    @Param('id') id: string,
    @Body({ schema: WatchlistChanges }) changes: WatchlistChanges,
  ): Promise<Watchlist> {
    return this.watchlists.update(account.id, watchlistIdOf(id), changes);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'deleteWatchlist',
    summary: 'Delete a watchlist',
    description: 'Its follows go with it; alerts stay.',
  })
  @Answers(204, 'Deleted', undefined, [404])
  async remove(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<void> {
    await this.watchlists.remove(account.id, watchlistIdOf(id));
  }
}
