import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import {
  closeBreakers,
  findBreakers,
  openBreakers,
  removeForgottenBreakers,
  type BreakerRow,
} from './endpoint-breaker.store.js';

/** A breaker whose pause ended so long ago belongs to an endpoint to which nothing goes any more. */
const forgottenMs = 86_400_000;
/** No pause ends so far ahead: what says so was written by a clock that is wrong. */
const beyondReasonMs = 3_600_000;

/** A breaker that changed: what stands in it when it is saved counts. */
export type ChangedBreaker = BreakerRow & { closed: boolean };

export const breakerKey = ({ lane, endpoint }: BreakerRow): string => `${lane} ${endpoint}`;

/** Tells the database what changed, and asks it what others told: one at a time, so that no answer is out of date. */
export class BreakerExchange {
  private unsaved = new Set<ChangedBreaker>();
  private saving: Promise<void> | null = null;
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Has a change saved soon: what changes while one save is under way goes together with the next. */
  tell(breaker: ChangedBreaker): void {
    this.unsaved.add(breaker);
    this.saving ??= this.settle()
      .catch(() => undefined)
      .finally(() => {
        this.saving = null;
      });
  }

  /** Resolves when all that changed is saved. @throws what the database throws: it will be saved with the next call */
  async settle(): Promise<void> {
    return this.serially(async () => this.save());
  }

  /**
   * Saves what changed and hands over what the database says then. The keys are those that changed since: of them it has
   * nothing to say yet.
   *
   * @param limit of breakers; the last to open come first
   */
  async exchange(
    limit: number,
    learn: (rows: BreakerRow[], changed: ReadonlySet<string>) => void,
  ): Promise<void> {
    return this.serially(async () => {
      await this.save();
      const now = this.clock.now().getTime();
      const [oldest, latest] = [now - forgottenMs, now + beyondReasonMs];
      const rows = await findBreakers(this.database, limit);
      const valid = rows.filter(({ openUntil }) => openUntil >= oldest && openUntil <= latest);
      learn(valid, new Set([...this.unsaved].map(breakerKey)));
      if (valid.length < rows.length)
        await removeForgottenBreakers(this.database, new Date(oldest), new Date(latest));
    });
  }

  private async serially(work: () => Promise<void>): Promise<void> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async save(): Promise<void> {
    while (this.unsaved.size > 0) {
      const batch = [...this.unsaved];
      this.unsaved = new Set();
      const closed = batch.filter((breaker) => breaker.closed);
      const opened = batch.filter((breaker) => !breaker.closed);
      try {
        // In this order: one that was closed may have opened again since.
        if (closed.length > 0) await closeBreakers(this.database, closed);
        if (opened.length > 0) await openBreakers(this.database, opened, this.clock.now());
      } catch (error) {
        for (const breaker of batch) this.unsaved.add(breaker);
        throw error;
      }
    }
  }
}
