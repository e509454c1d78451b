import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../platform/clock.js';
import { isConnectionLost, type Database, type Transaction } from '../platform/database.js';
import { recordEndings, type Ending } from './ending.store.js';

type Waiting = { ending: Ending; resolve: (recorded: boolean) => void; reject: (error: unknown) => void };

/** A commit waits for the disk, and a statement for its plan: a hundred endings cost little more than one. */
const goodBatch = 200;
const longestWaitMs = 10;
const mostAtATime = 1_000;
/** Batches on their way at a time: while one waits for its commit, the next is written. */
const mostWriters = 2;
/** While the database is away, what was sent is kept to be recorded, so that it is not sent again: as long as a lease. */
const longestOutageMs = 90_000;
const tryAgainMs = 250;

/**
 * Records endings in batches: what ends while one statement is under way goes together with the next, and a batch that is
 * small waits a few milliseconds for others.
 */
export class OutcomeRecorder {
  private waiting: Waiting[] = [];
  private readonly idleWriters: string[] = Array.from({ length: mostWriters }, () => randomUUID());

  /**
   * @param note what else an ending tells, in the same transaction; not asked of what went as it always does
   * @param measure takes the size of each batch
   */
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly note: (tx: Transaction, endings: readonly Ending[]) => Promise<void>,
    private readonly measure: (endings: number) => void,
  ) {}

  /** @returns false when the lease was lost meanwhile: then nothing was recorded */
  async record(ending: Ending): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ ending, resolve, reject });
      if (this.idleWriters.length > 0) void this.flush();
    });
  }

  private async flush(): Promise<void> {
    const writer = this.idleWriters.pop();
    if (writer === undefined) return;
    while (this.waiting.length > 0) {
      if (this.waiting.length < goodBatch) await wait(longestWaitMs);
      const batch = this.waiting.splice(0, mostAtATime);
      // One ending that the database refuses must not have all the others sent again.
      if (batch.length > 0 && !(await this.recordTogether(batch, writer))) {
        for (const one of batch) await this.recordTogether([one], writer);
      }
    }
    this.idleWriters.push(writer);
  }

  /** @returns false when nothing was recorded, and each is to be tried alone */
  private async recordTogether(batch: readonly Waiting[], writer: string): Promise<boolean> {
    const endings = batch.map(({ ending }) => ending);
    const giveUpAt = performance.now() + longestOutageMs;
    for (;;) {
      try {
        const recorded = await this.write(endings, writer);
        for (const { ending, resolve } of batch) resolve(recorded.has(ending));
        return true;
      } catch (error) {
        if (isConnectionLost(error) && performance.now() < giveUpAt) await wait(tryAgainMs);
        else if (batch.length > 1 && !isConnectionLost(error)) return false;
        else {
          for (const { reject } of batch) reject(error);
          return true;
        }
      }
    }
  }

  private async write(endings: readonly Ending[], writer: string): Promise<Set<Ending>> {
    this.measure(endings.length);
    const writing = { now: this.clock.now(), writer };
    // One statement is a transaction by itself: no round trips to begin and commit one.
    if (endings.every(isAsAlways)) return recordEndings(this.database, endings, writing);
    return this.database.transaction(async (tx) => {
      const recorded = await recordEndings(tx, endings, writing);
      await this.note(
        tx,
        endings.filter((ending) => recorded.has(ending)),
      );
      return recorded;
    });
  }
}

function isAsAlways({ state, failingSince, message, told }: Ending): boolean {
  return state === 'delivered' && failingSince === null && !message && !told;
}
