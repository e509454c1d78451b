import type { Registry } from 'prom-client';
import { BucketHistogram, Buckets } from './tallies.js';

const everyMs = 50;
const delaySeconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

let delays: Buckets | undefined;

/**
 * How long a timer of this process waits past its time, looked at twenty times a second. The gauges that prom-client has
 * for it begin anew at each scrape, which leaves out what holds the loop up just then, and cannot be added up over time or
 * processes.
 */
export function showEventLoop(registry: Registry): void {
  delays ??= measured();
  const help = 'How much later than it was due a timer of this process was served';
  new BucketHistogram(registry, {
    name: 'tocsin_event_loop_delay_seconds',
    help,
    buckets: delaySeconds,
  }).show({}, delays);
}

/** For as long as the process lives: its loop is one, however many registries show it. */
function measured(): Buckets {
  const buckets = new Buckets(delaySeconds);
  let dueAt = performance.now() + everyMs;
  setInterval(() => {
    const now = performance.now();
    buckets.observe(Math.max(0, now - dueAt) / 1_000);
    dueAt = now + everyMs;
  }, everyMs).unref();
  return buckets;
}
