import { getEventListeners } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { LaneWorker, WORKER_PARTS, type WorkerParts } from '../../src/deliveries/lane-worker.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { blocked, hold } from '../support/database-locks.js';
import { webhookTo } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

const slots = 4;

let app: TestApp;
let receiver: WebhookReceiver;
let account: TestAccount;
let worker: LaneWorker;
let stop: AbortController;
const lines: string[] = [];

beforeAll(async () => {
  app = await startApp({ LOG_LEVEL: 'error' }, { write: (line) => void lines.push(line) });
});
afterAll(async () => app.stop());
beforeEach(async () => {
  receiver = await startWebhookReceiver();
  account = await app.createAccount();
  worker = new LaneWorker('webhook', slots, app.app.get<WorkerParts>(WORKER_PARTS));
  stop = new AbortController();
  lines.length = 0;
  await app.database.execute(`delete from delivery`);
});
afterEach(async () => receiver.close());

/** Has tests on their way to the receiver. @returns their ids */
const due = async (count: number) => {
  const { id } = await webhookTo(app, account, receiver.url('/hook'));
  const rows = await app.database.query<{ id: string }>(
    `insert into delivery (account_id, destination_id, kind, lane, due_at, created_at)
     select $1, $2, 'test', 'webhook', $3, $3 from generate_series(1, $4::integer) returning id`,
    [account.id, id, app.clock.now(), count],
  );
  return rows.map((row) => row.id);
};
const rows = async (ids: readonly string[]) =>
  app.database.query<{ state: string; tries: number; claim: string | null }>(
    `select state, tries, claim_id as claim from delivery where id = any($1) order by id`,
    [ids],
  );

it('sends all that is due and leaves nothing listening at the signal that outlives it', async () => {
  const ids = await due(10 * slots);
  await worker.run(stop.signal);
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  await worker.drain();
  expect(receiver.requests).toHaveLength(ids.length);
  expect(new Set((await rows(ids)).map(({ state }) => state))).toEqual(new Set(['delivered']));
});

it('claims no more than it has room for, and stops waiting for room when it is told to stop', async () => {
  receiver.script('/hook', 'hang');
  const ids = await due(2 * slots);
  const run = worker.run(stop.signal);
  await receiver.waitFor(slots);
  expect((await rows(ids)).filter(({ state }) => state === 'leased')).toHaveLength(slots);
  stop.abort();
  await run;
  // It came back at once, and not when an attempt had ended.
  expect((await rows(ids)).filter(({ state }) => state === 'leased')).toHaveLength(slots);
  expect(receiver.requests).toHaveLength(slots);
  // Breaks the attempts off, so that they end.
  await receiver.close();
  await worker.drain();
  receiver = await startWebhookReceiver();
  const states = (await rows(ids)).map(({ state, tries, claim }) => ({ state, tries, claim }));
  expect(states.filter(({ tries }) => tries === 1)).toEqual(
    Array.from({ length: slots }, () => ({ state: 'due', tries: 1, claim: null })),
  );
});

it('gives back what it had claimed when it was told to stop before sending', async () => {
  const ids = await due(slots);
  await hold(app.database, 'lock table delivery in share mode', async () => {
    const run = worker.run(stop.signal);
    await blocked(app.database, 1);
    stop.abort();
    return [run];
  }).then(async (runs) => Promise.all(runs));
  await worker.drain();
  expect(receiver.requests).toEqual([]);
  expect(await rows(ids)).toEqual(ids.map(() => ({ state: 'due', tries: 0, claim: null })));
});

it('leaves to its lease what could not be recorded, says so, and works on', async () => {
  const ids = await due(3);
  await app.database.execute(
    `alter table delivery_attempt add constraint refused check (delivery_id <> ${ids[1]})`,
  );
  await worker.run(stop.signal);
  await worker.drain();
  await app.database.execute(`alter table delivery_attempt drop constraint refused`);
  expect((await rows(ids)).map(({ state }) => state)).toEqual(['delivered', 'leased', 'delivered']);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { deliveryId: ids[1], msg: 'a delivery could not be recorded' },
  ]);
  app.clock.advance(91);
  await worker.run(stop.signal);
  await worker.drain();
  expect((await rows(ids)).map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered']);
  const sent = receiver.requests.map(({ headers }) => headers['webhook-id']);
  expect([sent.length, new Set(sent).size]).toEqual([4, 3]);
});
