import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { EchoFanOut } from '../../src/alerts/echo-fan-out.js';
import { echoRange, planEcho, takeEchoRange } from '../../src/alerts/echo.store.js';
import { planNext } from '../../src/alerts/fan-out.store.js';
import { LOGGER, type Logger } from '../../src/platform/logger.js';
import { Metrics } from '../../src/platform/metrics.js';
import { TicketBus } from '../../src/tickets/ticket-bus.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { EchoStage, sendEchoesPlain } from '../support/echo-stage.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

let app: TestApp;
let receiver: WebhookReceiver;
let stage: EchoStage;
let accounts: TestAccount[];
let entities = 0;
const tiers = ['watcher'];

beforeAll(async () => {
  app = await startApp({ WEBHOOK_PER_S: '0' });
  sendEchoesPlain(app);
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await app.stop();
  await receiver.close();
});
/** Five who were told of a change that went back, which nobody has planned yet. */
beforeEach(async () => {
  stage = new EchoStage(app, receiver, `range${++entities}`);
  accounts = [];
  for (let n = 0; n < 5; n++) accounts.push(await stage.follower());
  await stage.change({ a: 'low' });
  await stage.change({ a: 'high' });
  await app.work();
  await stage.change({ a: 'low' });
});

const now = () => app.clock.now();
const worker = () =>
  new EchoFanOut(
    {
      database: app.database,
      clock: app.clock,
      bus: app.app.get(TicketBus),
      metrics: app.app.get(Metrics),
      log: app.app.get<Logger>(LOGGER),
    },
    tiers,
  );
const run = async (workers: number) => {
  const { signal } = new AbortController();
  await Promise.all(Array.from({ length: workers }, async () => worker().run(signal)));
};
const echoes = () => accounts.map((account) => stage.heard(account).filter(({ about }) => about).length);

it('tells each of them once, range by range, with many workers', async () => {
  await planEcho(app.database, 2, now());
  expect(await app.database.query(`select from echo_range`)).toHaveLength(3);
  await run(6);
  await stage.settled();
  expect(echoes()).toEqual([1, 1, 1, 1, 1]);
});

it('goes on after a kill at any point', async () => {
  const killed = new Error('killed');
  await expect(
    app.database.transaction(async (tx) => {
      await planEcho(tx, 2, now());
      throw killed;
    }),
  ).rejects.toBe(killed);
  await planEcho(app.database, 2, now());
  await expect(
    app.database.transaction(async (tx) => {
      const range = await takeEchoRange(tx);
      await echoRange(tx, range!, now(), tiers);
      throw killed;
    }),
  ).rejects.toBe(killed);
  await app.database.transaction(async (tx) => {
    const range = await takeEchoRange(tx);
    await echoRange(tx, range!, now(), tiers);
  });
  await stage.settled();
  expect(echoes()).toEqual([1, 1, 1, 1, 1]);
});

it('waits until the revision that it is about is fanned out', async () => {
  await stage.settled();
  const late = await stage.follower();
  await stage.change({ b: 'high' });
  // Planned, and cut into ranges that a slow machine holds.
  await planNext(app.database, 1, now());
  await stage.change({ b: null });
  expect(await planEcho(app.database, 2, now())).toBeNull();
  await stage.settled();
  app.clock.advance(60);
  await stage.settled();
  expect(stage.heard(late)).toEqual([]);
});

it('leaves nothing of an account that is erased', async () => {
  await planEcho(app.database, 2, now());
  const [gone] = accounts;
  await app.call('DELETE', `/v1/accounts/${gone!.id}`, { token: app.operatorToken });
  await stage.settled();
  expect(echoes()).toEqual([0, 1, 1, 1, 1]);
});
