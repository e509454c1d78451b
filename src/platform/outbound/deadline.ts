import { setMaxListeners } from 'node:events';
import { GivenUpError } from './given-up-error.js';

export type Deadline = { signal: AbortSignal; clear(): void };

/** What begins within this part of the time shares a signal. */
const sharedPart = 1 / 64;

/** The signal that is being shared, by the stop signal that it follows. */
const newest = new WeakMap<AbortSignal, SharedSignal>();

/**
 * A signal that aborts with a {@link GivenUpError} within `ms` (at most 1/64 of it too early), or as soon as `stop` does.
 * Call `clear` when what it is for is over: it leaves neither timer nor listener behind. Those that begin together share a
 * signal, since an AbortController each, with its timer and listeners, costs 20 µs.
 */
export function deadline(ms: number, stop: AbortSignal): Deadline {
  const known = newest.get(stop);
  const shared = known?.isOpen(ms) === true ? known : new SharedSignal(ms, stop);
  newest.set(stop, shared);
  shared.join();
  let isCleared = false;
  return {
    signal: shared.signal,
    clear() {
      if (isCleared) return;
      isCleared = true;
      shared.leave();
    },
  };
}

class SharedSignal {
  private readonly controller = new AbortController();
  private readonly closesAt: number;
  private readonly timer: NodeJS.Timeout;
  private members = 0;

  constructor(
    private readonly ms: number,
    private readonly stop: AbortSignal,
  ) {
    this.closesAt = performance.now() + ms * sharedPart;
    this.timer = setTimeout(() => this.controller.abort(new GivenUpError('ERR_DEADLINE')), ms);
    // Several share a signal that lives as long as the process; Node warns of a leak from the eleventh listener on.
    setMaxListeners(0, stop);
    if (stop.aborted) this.onStop();
    else stop.addEventListener('abort', this.onStop, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Whether who begins now may join: one that was left by all is closed. */
  isOpen(ms: number): boolean {
    return ms === this.ms && this.members > 0 && performance.now() < this.closesAt;
  }

  join(): void {
    this.members++;
  }

  leave(): void {
    this.members--;
    if (this.members > 0) return;
    clearTimeout(this.timer);
    this.stop.removeEventListener('abort', this.onStop);
  }

  private readonly onStop = (): void => this.controller.abort(new GivenUpError('ERR_STOPPED'));
}
