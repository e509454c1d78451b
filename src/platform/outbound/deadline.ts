import { setMaxListeners } from 'node:events';

/** A request was given up from this side. */
class GivenUpError extends Error {
  override readonly name = 'GivenUpError';

  /** @param code `ERR_DEADLINE`: time ran out; `ERR_STOPPED`: the caller no longer wants the answer */
  constructor(readonly code: 'ERR_DEADLINE' | 'ERR_STOPPED') {
    super(code === 'ERR_DEADLINE' ? 'time ran out' : 'the caller stopped the request');
  }
}

export type Deadline = { signal: AbortSignal; clear(): void };

/**
 * A signal that aborts with a {@link GivenUpError} after `ms`, or as soon as `stop` does. Call `clear` when the request is
 * over: unlike `AbortSignal.any` over `AbortSignal.timeout`, it leaves nothing behind on a `stop` that lives as long as
 * the process, nor a timer for each request of the last 15 seconds.
 */
export function deadline(ms: number, stop: AbortSignal): Deadline {
  const controller = new AbortController();
  const onStop = () => controller.abort(new GivenUpError('ERR_STOPPED'));
  const timer = setTimeout(() => controller.abort(new GivenUpError('ERR_DEADLINE')), ms);
  // Hundreds of requests at once share one signal; Node warns of a leak from the eleventh listener on.
  setMaxListeners(0, stop);
  if (stop.aborted) onStop();
  else stop.addEventListener('abort', onStop, { once: true });
  return {
    signal: controller.signal,
    clear() {
      clearTimeout(timer);
      stop.removeEventListener('abort', onStop);
    },
  };
}
