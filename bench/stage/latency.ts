import { monotonicMs } from '../monotonic.js';
import { watchedDocument, watchedPath } from './followers.js';
import { postEvent } from './post-event.js';
import type { Stage } from './stage.js';

/**
 * Posts an event that one watcher alone follows.
 *
 * @param url the API's
 * @returns milliseconds from the POST to the webhook's arrival; `withinMs` when it did not come in time
 */
export async function latency(stage: Stage, url: string, watcher: number, withinMs: number): Promise<number> {
  const startedAt = monotonicMs();
  // Numbered past the events of the many.
  await postEvent(url, 1_000 + watcher, {
    entity: `watched-${watcher}`,
    document: watchedDocument(watcher),
    provision: `CA-P-8${watcher}`,
  });
  const arrivedAt = await stage.sinks.webhooks.arrival({ path: watchedPath(watcher), withinMs });
  return arrivedAt === null ? withinMs : arrivedAt - startedAt;
}
