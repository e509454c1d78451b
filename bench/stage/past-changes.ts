import { batchType } from '../../src/intake/cloud-events.js';
import { copyRows } from './copy-rows.js';
import { longClause, sampleEvent } from './sample-events.js';
import { call, operatorToken, type Service } from './service.js';
import type { Stage } from './stage.js';

/** Changes that come in as events; the rest are copies of them at later times. */
export const takenIn = 1_000;
const batchSize = 100;

/** @param entityOf the entity of the nth change, which has one document */
export async function takeIn({ url }: Service, entityOf: (n: number) => string): Promise<void> {
  for (let from = 0; from < takenIn; from += batchSize) {
    const events = Array.from({ length: batchSize }, (_, index) => {
      const n = from + index;
      const entity = entityOf(n);
      const place = { entity, document: `${entity}-document`, provision: `provision-${n}` };
      return sampleEvent(n, place, longClause);
    });
    await call(url, 'POST', '/v1/events', events, { token: operatorToken, contentType: batchType });
  }
}

/**
 * Every 50 hours the same changes again, as other events of other revisions, with the alerts that they made: they came in over months,
 * the last of them now, and whoever follows everything did so all the while.
 */
export async function multiply(stage: Stage, database: string): Promise<void> {
  const copies = stage.scale.pastChanges / takenIn - 1;
  await stage.postgres.session(database, async (sql) => {
    await sql.query('set session_replication_role = replica');
    const copy = async (table: string, changes: Record<string, string>) =>
      copyRows(sql, table, 'true', changes, 'generate_series(1, $1::integer) as n', [copies]);
    const later = (id: string) => `original.${id} + n * 1000000`;
    const moved = (time: string) => `original.${time} + n * interval '50 hours'`;
    const earlier = async (table: string, times: readonly string[], where: string) =>
      sql.query(
        `update ${table} set ${times.map((time) => `${time} = ${time} - $1 * interval '50 hours'`).join(', ')} where ${where}`,
        [copies],
      );
    await earlier('revision', ['settled_at', 'planned_at'], 'true');
    await earlier('change', ['received_at'], 'true');
    await earlier('alert', ['created_at'], 'true');
    const ofAll = `select watchlist_id from follow where kind = 'everything'`;
    await earlier('watchlist', ['created_at', 'changed_at'], `id in (${ofAll})`);
    await earlier('follow', ['since'], `kind = 'everything'`);
    const settled = { settled_at: moved('settled_at'), planned_at: moved('planned_at') };
    await copy('revision', { id: later('id'), ...settled });
    await copy('change', {
      id: later('id'),
      revision_id: later('revision_id'),
      event_id: `original.event_id || '-' || n`,
      time: moved('time'),
      received_at: moved('received_at'),
    });
    await copy('change_subject', { change_id: later('change_id') });
    await copy('alert', {
      id: later('id'),
      revision_id: later('revision_id'),
      change_ids: 'array(select id + n * 1000000 from unnest(original.change_ids) as its (id))',
      created_at: moved('created_at'),
    });
    // Nothing that a change sets off runs for a copy.
    await sql.query('select tally_documents(array(select id from document))');
    await sql.query('vacuum analyze');
  });
}
