import { Injectable } from '@nestjs/common';
import { Cron, Interval } from '@nestjs/schedule';
import { BundlePlanner } from '../alerts/bundle-planner.js';
import { Reminders } from '../alerts/reminders.js';
import { ChangeService } from '../changes/change.service.js';
import { LostDocuments } from '../coverage/lost-documents.service.js';
import { AttemptLog } from '../deliveries/attempt-log.js';
import { OneAtATime } from './one-at-a-time.js';

/** Every tick only claims due work in the ledger: the same one on five machines does no harm. */
@Injectable()
export class Ticks {
  constructor(
    private readonly changes: ChangeService,
    private readonly attempts: AttemptLog,
    private readonly bundles: BundlePlanner,
    private readonly reminders: Reminders,
    private readonly lost: LostDocuments,
    private readonly ticks: OneAtATime,
  ) {}

  /** An interval and no cron: cron writes past the log when a busy machine wakes it late, and skips the tick. */
  @Interval(1_000)
  async settleQuietRevisions(): Promise<void> {
    await this.ticks.run('settle quiet revisions', async () => this.changes.settleQuiet());
  }

  @Interval(1_000)
  async planBundles(): Promise<void> {
    await this.ticks.run('plan bundles', async () => this.bundles.plan());
  }

  @Interval(20_000)
  async openHeartbeats(): Promise<void> {
    await this.ticks.run('open heartbeats', async () => this.bundles.openHeartbeats());
  }

  @Cron('41 * * * * *')
  async tellHowFlappingEnded(): Promise<void> {
    await this.ticks.run('tell how flapping ended', async () => this.changes.settleFlapping());
  }

  @Cron('23 */10 * * * *')
  async remindOfRises(): Promise<void> {
    await this.ticks.run('remind of rises', async () => this.reminders.remind());
  }

  @Interval(60_000)
  async lookForLostDocuments(): Promise<void> {
    await this.ticks.run('look for lost documents', async () => this.lost.look());
  }

  @Cron('47 8 * * * *')
  async forgetCoverageEvents(): Promise<void> {
    await this.ticks.run('forget coverage events', async () => this.lost.forgetEvents());
  }

  @Cron('17 3 * * * *')
  async keepAttemptPartitions(): Promise<void> {
    await this.ticks.run('keep attempt partitions', async () => this.attempts.maintain());
  }
}
