import { Injectable } from '@nestjs/common';
import { lockAccount } from '../accounts/account-lock.js';
import { FollowKind } from '../domain/follow.js';
import { ArchiveId, type AccountId, type WatchlistId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database, type Sql } from '../platform/database.js';
import { keyOfCursor, pageOfRows, type Page, type PageQuery } from '../platform/http/page.js';
import { notFound } from '../platform/http/problem.js';
import type { Follow, FollowTarget } from './follow.js';
import { countFollows, deleteFollow, holdWatchlist, insertFollow, listFollows } from './follow.store.js';
import { deleteFollows } from './many-follows.store.js';
import { requireFollows } from './watchlist-checks.js';
import { findWatchlist } from './watchlist.store.js';

/** What watchlists follow. */
@Injectable()
export class FollowService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Follows; what is followed already stays as it is. @throws Problem 403 when the tier holds no more follows */
  async follow(accountId: AccountId, id: WatchlistId, target: FollowTarget): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { tier } = await lockAccount(tx, accountId);
      if (!(await holdWatchlist(tx, accountId, id))) throw notFound('watchlist');
      if (!(await insertFollow(tx, accountId, id, target, this.clock.now()))) return;
      requireFollows(tier, await countFollows(tx, accountId));
    });
  }

  /** Unfollows; it is all the same when nothing was followed. */
  async unfollow(accountId: AccountId, id: WatchlistId, target: FollowTarget): Promise<void> {
    await requireWatchlist(this.database, accountId, id);
    await deleteFollow(this.database, accountId, id, target, this.clock.now());
  }

  /** Unfollows many of a watchlist at once. */
  async unfollowMany(accountId: AccountId, id: WatchlistId, targets: readonly FollowTarget[]): Promise<void> {
    await requireWatchlist(this.database, accountId, id);
    await this.database.transaction(async (tx) =>
      deleteFollows(tx, accountId, id, targets, this.clock.now()),
    );
  }

  /** By kind and key. */
  async list(accountId: AccountId, id: WatchlistId, { limit, cursor }: PageQuery): Promise<Page<Follow>> {
    const listName = `watchlists/${id}/follows`;
    const after = keyOfCursor(listName, cursor, isKey);
    await requireWatchlist(this.database, accountId, id);
    const rows = await listFollows(this.database, accountId, id, parseKey(after ?? ''), limit + 1);
    return pageOfRows(
      listName,
      rows,
      limit,
      (row) => `${row.kind} ${row.key}`,
      (row) => row,
    );
  }
}

/** A cursor's key: kinds hold no space, so the first one ends it. */
function parseKey(text: string): { kind: string; key: string } {
  const [kind = '', ...rest] = text.split(' ');
  return { kind, key: rest.join(' ') };
}

function isKey(text: string): boolean {
  const { kind, key } = parseKey(text);
  return FollowKind.safeParse(kind).success && ArchiveId.safeParse(key).success;
}

async function requireWatchlist(sql: Sql, accountId: AccountId, id: WatchlistId): Promise<void> {
  if (!(await findWatchlist(sql, accountId, id))) throw notFound('watchlist');
}
