import { setMaxListeners } from 'node:events';
import { GivenUpError } from './given-up-error.js';

/** What can be given up before it has ended by itself. */
export type Attempt = { giveUp(why: GivenUpError): void };

/**
 * The attempts that are under way. Each is given up with a {@link GivenUpError} when its time is up, or as soon as its stop
 * signal aborts. One timer and one listener serve all attempts with the same signal: a timer, an AbortController and two
 * listeners of its own cost each attempt 20 µs, as much as all the rest that is not sending.
 */
export class UnderWay {
  private readonly bySignal = new WeakMap<AbortSignal, Company>();

  /** @param ms how long an attempt may take */
  constructor(private readonly ms: number) {}

  /** @param stop best one that hundreds share; when it has aborted, the attempt is given up at once */
  begin(attempt: Attempt, stop: AbortSignal): void {
    if (stop.aborted) return attempt.giveUp(new GivenUpError('ERR_STOPPED'));
    let company = this.bySignal.get(stop);
    if (company === undefined) this.bySignal.set(stop, (company = new Company(this.ms, stop)));
    company.add(attempt);
  }

  /** To be called when an attempt has ended, however it did. */
  end(attempt: Attempt, stop: AbortSignal): void {
    this.bySignal.get(stop)?.remove(attempt);
  }
}

/** The attempts that share a signal. While there are none, it holds neither timer nor listener. */
class Company {
  /** When each is given up, by the steady clock. All may take equally long, so the first to begin is the first to go. */
  private readonly dueAt = new Map<Attempt, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ms: number,
    private readonly stop: AbortSignal,
  ) {
    // Signals that live as long as the process are listened to from many places; Node warns from the eleventh on.
    setMaxListeners(0, stop);
  }

  add(attempt: Attempt): void {
    if (this.dueAt.size === 0) {
      this.stop.addEventListener('abort', this.onStop, { once: true });
      this.timer = setTimeout(this.onTime, this.ms);
    }
    this.dueAt.set(attempt, performance.now() + this.ms);
  }

  remove(attempt: Attempt): void {
    if (!this.dueAt.delete(attempt) || this.dueAt.size > 0) return;
    clearTimeout(this.timer);
    this.stop.removeEventListener('abort', this.onStop);
  }

  private readonly onStop = (): void => this.giveUp(Infinity, 'ERR_STOPPED');

  private readonly onTime = (): void => {
    const now = performance.now();
    this.giveUp(now, 'ERR_DEADLINE');
    const [next] = this.dueAt.values();
    if (next !== undefined) this.timer = setTimeout(this.onTime, Math.ceil(next - now));
  };

  private giveUp(dueUntil: number, code: GivenUpError['code']): void {
    for (const [attempt, dueAt] of this.dueAt) {
      if (dueAt > dueUntil) return;
      this.remove(attempt);
      attempt.giveUp(new GivenUpError(code));
    }
  }
}
