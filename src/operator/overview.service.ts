import { Injectable } from '@nestjs/common';
import type { Tier } from '../domain/tiers.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import type { LaneView, Overview } from './overview-view.js';
import {
  countAccounts,
  countLost,
  countFanOut,
  countQueue,
  countRates,
  countRefused,
  countSuppressed,
  listDisabled,
} from './overview.store.js';

const hourMs = 3_600_000;
const mostDisabled = 100;

/** How the whole installation is doing, counted anew at each call. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** One count after the other: who looks on must not take the connections of those who work. */
  async overview(): Promise<Overview> {
    const now = this.clock.now();
    const hourAgo = new Date(now.getTime() - hourMs);
    const dayAgo = new Date(now.getTime() - 24 * hourMs);
    const queue = await this.queue(now);
    const fanOut = await countFanOut(this.database);
    const rates = await countRates(this.database, hourAgo, now);
    const mailsRefused = await countRefused(this.database, dayAgo, now);
    const disabled = await listDisabled(this.database, mostDisabled);
    const suppressed = await countSuppressed(this.database, dayAgo, now);
    return {
      generatedAt: now.toISOString(),
      queue,
      fanOut,
      rates,
      mailsRefused,
      disabledDestinations: disabled.map(({ id, accountId, kind, reason }) => ({
        id,
        accountId,
        kind,
        reason,
      })),
      disabledDestinationCount: disabled[0]?.inAll ?? 0,
      suppressed,
      lostDocuments: await this.lostDocuments(),
      accounts: await this.accounts(),
    };
  }

  private async queue(now: Date): Promise<Record<string, LaneView>> {
    const lanes = await countQueue(this.database);
    return Object.fromEntries(
      lanes.map(({ lane, due, leased, dead, oldestDueAt }) => [
        lane,
        {
          due,
          leased,
          dead,
          oldestDueAt: oldestDueAt?.toISOString() ?? null,
          oldestDueSeconds: age(oldestDueAt, now),
        },
      ]),
    );
  }

  private async lostDocuments(): Promise<Overview['lostDocuments']> {
    const counts = { unverified: 0, unreachable: 0 };
    for (const { cause, count } of await countLost(this.database)) counts[cause] = count;
    return counts;
  }

  private async accounts(): Promise<Record<Tier, number>> {
    const counts = { free: 0, watcher: 0, professional: 0 };
    for (const { tier, count } of await countAccounts(this.database)) counts[tier] = count;
    return counts;
  }
}

/** Whole seconds since a time; 0 when it is still to come. */
function age(time: Date | null, now: Date): number | null {
  return time && Math.max(0, Math.floor((now.getTime() - time.getTime()) / 1_000));
}
