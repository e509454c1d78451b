import { Injectable } from '@nestjs/common';
import type { AccountId, WatchlistId } from '../domain/ids.js';
import { Database } from '../platform/database.js';
import type { Page, PageQuery } from '../platform/http/page.js';
import type { Watchlist } from './watchlist.js';
import { countFollowsOf, findLastAlerts, type LastAlert } from './watchlist-listing.store.js';
import { WatchlistService } from './watchlist.service.js';

/** A watchlist, how much it follows, and when it last alerted. */
export type ListedWatchlist = Watchlist & {
  follows: number;
  /** Null when it has alerted of nothing lately. */
  lastAlert: LastAlert | null;
};

/** Watchlists as their owner sees them side by side. */
@Injectable()
export class WatchlistListing {
  constructor(
    private readonly database: Database,
    private readonly watchlists: WatchlistService,
  ) {}

  /** Oldest first. @throws Problem 422 for a cursor from elsewhere */
  async list(accountId: AccountId, query: PageQuery): Promise<Page<ListedWatchlist>> {
    const { items, nextCursor } = await this.watchlists.list(accountId, query);
    return { items: await this.with(accountId, items), nextCursor };
  }

  /** @throws Problem 404 when the account has no such watchlist */
  async get(accountId: AccountId, id: WatchlistId): Promise<ListedWatchlist> {
    const [listed] = await this.with(accountId, [await this.watchlists.get(accountId, id)]);
    if (!listed) throw new Error('a watchlist was lost on the way');
    return listed;
  }

  private async with(accountId: AccountId, items: readonly Watchlist[]): Promise<ListedWatchlist[]> {
    const ids = items.map(({ id }) => id);
    const [follows, alerts] = await Promise.all([
      countFollowsOf(this.database, accountId, ids),
      findLastAlerts(this.database, accountId, ids),
    ]);
    return items.map((item) => ({
      ...item,
      follows: follows.get(item.id) ?? 0,
      lastAlert: alerts.get(item.id) ?? null,
    }));
  }
}
