import { followedPlace, postEvent } from './post-event.js';
import type { Kind } from './prototypes.js';
import type { Stage } from './stage.js';

/**
 * Makes a delivery due for every follower, as the service does it: an event comes in by HTTP and is fanned out. No worker
 * runs, so nothing is sent yet.
 *
 * @returns milliseconds that fan-out took
 */
export async function makeDue(stage: Stage, database: string): Promise<number> {
  const app = await stage.fanOut(database);
  // The first statements on a connection look everything up: not what a range costs.
  await app.run();
  await postEvent(app.url, 1, followedPlace);
  await stage.postgres.checkpoint();
  const ms = await app.run();
  await app.stop();
  await app.end();
  return ms;
}

/** A database with a delivery due for each of so many followers. */
export async function dueDatabase(stage: Stage, kind: Kind, followers: number): Promise<string> {
  const happen = async (database: string) => makeDue(stage, database);
  return stage.databases.copyAfter(kind, followers, { name: 'due', happen });
}
