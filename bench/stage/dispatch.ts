import { dueDatabase } from './due.js';
import { recordedAt } from './ledger.js';
import type { Kind } from './prototypes.js';
import { received, type Tally } from './received.js';
import type { Environment } from './service.js';
import type { Stage } from './stage.js';

export type Dispatched = { deliveries: number; ms: number; /** beyond one each */ repeats: number };

/**
 * Starts workers on a database where a delivery is due for each follower, and waits until all is sent and recorded.
 *
 * @returns the time from the first that the sink got to the last that the ledger has as delivered
 */
export async function dispatch(
  stage: Stage,
  of: { kind: Kind; followers: number; workers?: number; environment?: Environment },
  tally: () => Promise<Tally>,
): Promise<Dispatched> {
  const { kind, followers, workers = 1, environment = {} } = of;
  const database = await dueDatabase(stage, kind, followers);
  const started = await Promise.all(
    Array.from({ length: workers }, async () => stage.service(database, 'worker', environment)),
  );
  await received(tally, followers);
  const to = await stage.postgres.session(database, async (sql) => recordedAt(sql, followers));
  const { firstAt, received: requests } = await tally();
  await Promise.all(started.map(async (worker) => worker.stop()));
  await stage.databases.drop(database);
  return { deliveries: followers, ms: to - (firstAt ?? to), repeats: requests - followers };
}
