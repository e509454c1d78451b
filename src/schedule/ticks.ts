import { Inject, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { ChangeService } from '../changes/change.service.js';
import { AttemptLog } from '../deliveries/attempt-log.js';
import { LOGGER, type Logger } from '../platform/logger.js';

/** Every tick only claims due work in the ledger: the same one on five machines does no harm. */
@Injectable()
export class Ticks {
  constructor(
    private readonly changes: ChangeService,
    private readonly attempts: AttemptLog,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  @Cron('* * * * * *', { waitForCompletion: true })
  async settleQuietRevisions(): Promise<void> {
    await this.guard('settle quiet revisions', async () => this.changes.settleQuiet());
  }

  @Cron('17 3 * * * *', { waitForCompletion: true })
  async keepAttemptPartitions(): Promise<void> {
    await this.guard('keep attempt partitions', async () => this.attempts.maintain());
  }

  private async guard(tick: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.log.error({ tick, err: error }, 'a tick failed; the next one tries again');
    }
  }
}
