import { Injectable } from '@nestjs/common';
import type { Cadence } from '../domain/cadence.js';
import type { AccountId, WatchlistId } from '../domain/ids.js';
import type { Tier } from '../domain/tiers.js';
import type { WatchRule } from '../domain/watch-rule.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { BacktestService } from './backtest.service.js';
import type { Backtest } from './backtest.js';
import type { FollowTarget } from './follow.js';
import { listFollows } from './follow.store.js';
import { requireCadence, requireFollows } from './watchlist-checks.js';

const dayMs = 86_400_000;
/** More than the largest tier holds. */
const mostFollows = 5_001;

/** A watchlist as it stands in a form. */
export type Trial = {
  rule: WatchRule;
  cadence: Cadence;
  /** Follows that are not saved. */
  follows: readonly FollowTarget[];
  /** The watchlist whose saved follows count too, if there is one. */
  watchlistId: WatchlistId | null;
  days: number;
  /** Most messages that are listed, 1 to 200. */
  shown: number;
};

/** Tries a watchlist of an account on what changed before, with what it follows already. */
@Injectable()
export class WatchlistTrial {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly backtests: BacktestService,
  ) {}

  /**
   * @returns null when nothing is followed
   * @throws Problem 403 for what the tier does not hold, 422 as of a backtest
   */
  async run(
    { accountId, tier, timeZone }: { accountId: AccountId; tier: Tier; timeZone: string },
    { rule, cadence, follows, watchlistId, days, shown }: Trial,
  ): Promise<Backtest | null> {
    requireCadence(tier, cadence);
    const saved = watchlistId === null ? [] : await this.savedFollows(accountId, watchlistId);
    const all = [...follows, ...saved];
    requireFollows(tier, follows.length);
    if (all.length === 0) return null;
    const since = new Date(this.clock.now().getTime() - days * dayMs);
    return this.backtests.run({ rule, cadence, follows: all, since, timeZone }, { limit: shown });
  }

  /** None for a watchlist of somebody else. */
  private async savedFollows(accountId: AccountId, id: WatchlistId): Promise<FollowTarget[]> {
    return listFollows(this.database, accountId, id, { kind: '', key: '' }, mostFollows);
  }
}
