import { Injectable } from '@nestjs/common';
import type { AccountId } from '../domain/ids.js';
import { SilenceReason } from '../domain/silence.js';
import type { Tier } from '../domain/tiers.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { heldBy } from './held-by-tier.js';
import { listSuppressed } from './judged-change.store.js';

/** Changes that are looked at: a glance that costs a third of a whole page of what was not told. */
const mostLookedAt = 100;

export type SilenceCounts = {
  /** Changes that were not told, by each reason that there is, the most frequent first: one change may have several. */
  reasons: { reason: SilenceReason; changes: number }[];
  changes: number;
  /** Whether only the newest of them were looked at. */
  isMore: boolean;
};

/** How much accounts were not told lately, and why, in a few figures. */
@Injectable()
export class SilenceCountService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** What came in since and was not told. */
  async since({ id, tier }: { id: AccountId; tier: Tier }, since: Date): Promise<SilenceCounts> {
    const { changes, until } = await listSuppressed(this.database, id, heldBy(tier), {
      before: null,
      since,
      reason: null,
      entity: null,
      document: null,
      watchlist: null,
      limit: mostLookedAt,
      look: mostLookedAt,
      now: this.clock.now(),
    });
    const counts = new Map<SilenceReason, number>();
    for (const { watchlists } of changes) {
      const all = new Set(watchlists.flatMap(({ reasons }) => reasons));
      for (const reason of all) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
    const reasons = SilenceReason.options.flatMap((reason) => {
      const count = counts.get(reason);
      return count === undefined ? [] : [{ reason, changes: count }];
    });
    return {
      reasons: reasons.toSorted((a, b) => b.changes - a.changes),
      changes: changes.length,
      isMore: until !== null,
    };
  }
}
