import { Injectable } from '@nestjs/common';
import { lockAccount } from '../accounts/account-lock.js';
import type { AccountId, WatchlistId } from '../domain/ids.js';
import { WatchRule } from '../domain/watch-rule.js';
import { Clock } from '../platform/clock.js';
import { Database, type Transaction } from '../platform/database.js';
import { notFound } from '../platform/http/problem.js';
import type { FollowTarget } from './follow.js';
import { countFollows, insertFollow } from './follow.store.js';
import {
  deleteFollowEverywhere,
  findDefaultWatchlist,
  findFollowed,
  findNamed,
  type NamedWatchlist,
} from './quick-follow.store.js';
import { defaultCadence, ownAddress, requireFollows, requireWatchlists } from './watchlist-checks.js';
import { countWatchlists, insertWatchlist, setDestinations } from './watchlist.store.js';

/** What the watchlist is called that a first follow makes. */
const firstName = 'Following';

/** Following by one click, wherever something is seen. */
@Injectable()
export class QuickFollowService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Tells of each target whether the account follows it, in any watchlist. */
  async followed(
    accountId: AccountId,
    targets: readonly FollowTarget[],
  ): Promise<(target: FollowTarget) => boolean> {
    const rows = targets.length === 0 ? [] : await findFollowed(this.database, accountId, targets);
    const known = new Set(rows.map(nameOf));
    return (target) => known.has(nameOf(target));
  }

  /**
   * Follows in the watchlist that is named, else in the one last followed into, else in the oldest. Who has none gets one,
   * with the default rule and the best cadence of the tier, to the account's own address.
   *
   * @returns the watchlist
   * @throws Problem 404 when the account has no such watchlist, 403 when the tier holds no more
   */
  async follow(
    accountId: AccountId,
    target: FollowTarget,
    into: WatchlistId | null,
  ): Promise<NamedWatchlist> {
    return this.database.transaction(async (tx) => {
      const { tier, email } = await lockAccount(tx, accountId);
      const watchlist = await this.watchlistFor(tx, accountId, into);
      const { id, name } = watchlist ?? {
        id: await this.firstWatchlist(tx, accountId, { tier, email }),
        name: firstName,
      };
      if (await insertFollow(tx, accountId, id, target, this.clock.now())) {
        requireFollows(tier, await countFollows(tx, accountId));
      }
      return { id, name };
    });
  }

  /** Unfollows in every watchlist; it is all the same when nothing was followed. */
  async unfollow(accountId: AccountId, target: FollowTarget): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockAccount(tx, accountId);
      await deleteFollowEverywhere(tx, accountId, target, this.clock.now());
    });
  }

  private async watchlistFor(tx: Transaction, accountId: AccountId, id: WatchlistId | null) {
    if (id === null) return findDefaultWatchlist(tx, accountId);
    const named = await findNamed(tx, accountId, id);
    if (!named) throw notFound('watchlist');
    return named;
  }

  private async firstWatchlist(
    tx: Transaction,
    accountId: AccountId,
    { tier, email }: Awaited<ReturnType<typeof lockAccount>>,
  ): Promise<WatchlistId> {
    requireWatchlists(tier, (await countWatchlists(tx, accountId)) + 1);
    const settings = {
      name: firstName,
      rule: WatchRule.parse({}),
      cadence: defaultCadence(tier),
      confirmAfter: null,
    };
    const id = await insertWatchlist(tx, accountId, settings, this.clock.now());
    await setDestinations(tx, id, await ownAddress(tx, accountId, email));
    return id;
  }
}

function nameOf({ kind, key }: FollowTarget): string {
  return `${kind} ${key}`;
}
