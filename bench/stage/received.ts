import { setTimeout as delay } from 'node:timers/promises';
import { monotonicMs } from '../monotonic.js';

const pollMs = 100;
/** From the start of a worker, or from the last thing that came, to giving up. */
const silenceMs = 60_000;

/** What a sink says of itself. */
export type Tally = { received: number; firstAt: number | null };

/** Waits until a sink got so much. @throws Error when nothing comes any more */
export async function received(tally: () => Promise<Tally>, expected: number): Promise<void> {
  let [seen, movedAt] = [0, monotonicMs()];
  for (;;) {
    const { received: now } = await tally();
    if (now >= expected) return;
    if (now > seen) [seen, movedAt] = [now, monotonicMs()];
    if (monotonicMs() - movedAt > silenceMs) throw new Error(`the sink got ${now} of ${expected}`);
    await delay(pollMs);
  }
}
