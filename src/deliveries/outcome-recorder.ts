import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';
import { recordEndings, type Ending } from './delivery.store.js';

type Waiting = { ending: Ending; resolve: (recorded: boolean) => void; reject: (error: unknown) => void };

/**
 * Records endings in batches: what ends while one statement is under way goes together with the next, so a batch is as
 * large as the load and nothing waits for a timer.
 */
@Injectable()
export class OutcomeRecorder {
  private waiting: Waiting[] = [];
  private flushing = false;

  constructor(private readonly database: Database) {}

  /** @returns false when the lease was lost meanwhile: then nothing was recorded */
  async record(ending: Ending): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ ending, resolve, reject });
      if (!this.flushing) void this.flush();
    });
  }

  private async flush(): Promise<void> {
    this.flushing = true;
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      // One ending that the database refuses must not have all the others sent again.
      if (!(await this.recordTogether(batch))) for (const one of batch) await this.recordTogether([one]);
    }
    this.flushing = false;
  }

  /** @returns false when nothing was recorded, and each is to be tried alone */
  private async recordTogether(batch: readonly Waiting[]): Promise<boolean> {
    try {
      const recorded = await this.database.transaction(async (tx) =>
        recordEndings(
          tx,
          batch.map((one) => one.ending),
        ),
      );
      for (const { ending, resolve } of batch) resolve(recorded.has(ending.id));
    } catch (error) {
      if (batch.length > 1) return false;
      for (const { reject } of batch) reject(error);
    }
    return true;
  }
}
