import { batchType } from '../../src/intake/cloud-events.js';
import { count, perSecond } from '../format.js';
import { monotonicMs } from '../monotonic.js';
import type { Row } from '../row.js';
import { longClause, sampleEvent } from '../stage/sample-events.js';
import { operatorToken } from '../stage/service.js';
import type { Stage } from '../stage/stage.js';
import { median } from '../statistics.js';
import { runs } from './runs.js';

const batchSize = 100;
const warmUps = 5;
const followers = 2_000;
const entities = 50;
const documentsAnEntity = 10;

/** Events in over HTTP, by one client that waits for each answer. */
export const intake: Row = {
  name: 'intake',
  about: 'events taken in over HTTP in batches of 100',
  async run(stage) {
    const { intakeBatches } = stage.scale;
    const bodies = Array.from({ length: warmUps + intakeBatches }, (_, batch) => bodyOf(batch));
    const events = intakeBatches * batchSize;
    const measured = await runs(stage, async (run) => {
      const ms = await measure(stage, bodies);
      stage.say(`intake, run ${run}: ${perSecond(events, ms)}`);
      return { events, ms };
    });
    const bytes = bodies.reduce((sum, body) => sum + body.length, 0) / bodies.length / batchSize;
    return [
      {
        row: `intake of ${count(events)} events, batches of ${batchSize}`,
        measured: `${perSecond(events, median(measured.map(({ ms }) => ms)))} events`,
        bare: '—',
        ratios: [],
        goal: 'reported',
        met: null,
        note: `One client, one batch at a time; an event has ${count(bytes)} bytes, each another provision.`,
        runs: measured,
      },
    ];
  },
};

async function measure(stage: Stage, bodies: readonly string[]): Promise<number> {
  const database = await stage.databases.copy('webhook', followers);
  const web = await stage.service(database, 'web');
  await web.ready();
  let startedAt = monotonicMs();
  for (const [batch, body] of bodies.entries()) {
    if (batch === warmUps) startedAt = monotonicMs();
    const answer = await fetch(`${web.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${operatorToken}`, 'content-type': batchType },
      body,
    });
    const text = await answer.text();
    if (answer.status !== 202) throw new Error(`a batch was answered ${answer.status}: ${text}`);
  }
  const ms = monotonicMs() - startedAt;
  await web.stop();
  await stage.databases.drop(database);
  return ms;
}

/** A batch as an archive sends it after reading one entity's policies. */
function bodyOf(batch: number): string {
  const entity = `entity-${batch % entities}`;
  const events = Array.from({ length: batchSize }, (_, index) => {
    const n = batch * batchSize + index;
    const document = `${entity}-document-${index % documentsAnEntity}`;
    return sampleEvent(n, { entity, document, provision: `provision-${n}` }, longClause);
  });
  return JSON.stringify(events);
}
