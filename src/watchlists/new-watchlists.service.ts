import { Injectable } from '@nestjs/common';
import { lockAccount } from '../accounts/account-lock.js';
import type { AccountId, WatchlistId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import type { FollowTarget } from './follow.js';
import { countFollows } from './follow.store.js';
import { insertFollows } from './many-follows.store.js';
import { requireFollows } from './watchlist-checks.js';
import type { NewWatchlist } from './watchlist.js';
import { WatchlistService } from './watchlist.service.js';

/** Watchlists that follow something from the start: made whole or not at all. */
@Injectable()
export class NewWatchlists {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly watchlists: WatchlistService,
  ) {}

  /** @throws Problem as of `WatchlistService.create` and of a follow */
  async create(
    accountId: AccountId,
    given: NewWatchlist,
    follows: readonly FollowTarget[],
  ): Promise<{ id: WatchlistId }> {
    return this.database.transaction(async (tx) => {
      const { tier } = await lockAccount(tx, accountId);
      const { id } = await this.watchlists.createIn(tx, accountId, given);
      await insertFollows(tx, accountId, id, follows, this.clock.now());
      requireFollows(tier, await countFollows(tx, accountId));
      return { id };
    });
  }
}
