import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { monotonicMs } from '../monotonic.js';

const pollMs = 20;
/** Nothing was recorded for so long: it will not be. */
const patienceMs = 60_000;

/** How many deliveries stand in each state. */
export async function states(sql: pg.Client): Promise<Record<string, number>> {
  const { rows } = await sql.query<{ state: string; number: number }>(
    'select state, count(*)::integer as number from delivery group by state',
  );
  return Object.fromEntries(rows.map(({ state, number }) => [state, number]));
}

/**
 * Waits until so many deliveries are recorded as delivered.
 *
 * @returns when they were, on the steady clock. @throws Error with the states when nothing moves any more
 */
export async function recordedAt(sql: pg.Client, deliveries: number): Promise<number> {
  let [delivered, movedAt] = [-1, monotonicMs()];
  for (;;) {
    const now = await states(sql);
    if ((now['delivered'] ?? 0) >= deliveries) return monotonicMs();
    if (now['delivered'] !== delivered) [delivered, movedAt] = [now['delivered'] ?? 0, monotonicMs()];
    if (monotonicMs() - movedAt > patienceMs) {
      throw new Error(`${deliveries} deliveries should be delivered: ${JSON.stringify(now)}`);
    }
    await delay(pollMs);
  }
}
