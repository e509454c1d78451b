import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChangeService } from '../../src/changes/change.service.js';
import { startApp, type TestApp } from '../support/app.js';
import { EchoStage, sendEchoesPlain } from '../support/echo-stage.js';
import { alertsOf } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

let app: TestApp;
let receiver: WebhookReceiver;
let entities = 0;

beforeAll(async () => {
  app = await startApp({ WEBHOOK_PER_S: '0', ALERTS_PER_MINUTE: '1000' });
  sendEchoesPlain(app);
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await app.stop();
  await receiver.close();
});

/** Somebody who heard everything until the clause flapped: it is "high", and will be quiet. */
async function flapping() {
  const stage = new EchoStage(app, receiver, `flaps${++entities}`);
  const account = await stage.follower();
  const moves = async (severity: 'low' | 'medium' | 'high') => {
    await stage.change({ a: severity });
    await app.work();
  };
  for (const severity of ['low', 'high', 'low', 'high', 'low', 'high', 'low', 'high', 'low'] as const)
    await moves(severity);
  const rest = async (hours: number) => {
    app.clock.advance(hours * 3_600);
    await Promise.all(Array.from({ length: 5 }, async () => app.app.get(ChangeService).settleFlapping()));
    await app.work();
  };
  const told = () => stage.heard(account).map(({ type, about }) => about ?? type);
  return { stage, account, moves, rest, told };
}
const alert = 'alert.created';

it('is told once as such, then how it came to rest, once', async () => {
  const { account, moves, rest, told } = await flapping();
  const before = told();
  // Introduced, three times up and back, the fourth time back: that is told as flapping.
  expect(before.slice(-3)).toEqual([alert, expect.any(String), expect.any(String)]);
  expect(before.slice(-2).toSorted()).toEqual([alert, 'reverted']);
  const [{ changes }] = await alertsOf(app, account);
  expect(changes[0].flapping).toEqual({ since: expect.any(String), times: 4 });
  await moves('high');
  await moves('medium');
  expect(told()).toEqual(before);
  await rest(47);
  expect(told()).toEqual(before);
  await rest(1);
  await rest(48);
  expect(told()).toEqual([...before, alert]);
  const [outcome] = await alertsOf(app, account);
  expect(outcome.changes[0].delta.after).toBe('medium');
});

it('is told how it came to rest when that is not what was told last, though it was so before', async () => {
  const { moves, rest, told } = await flapping();
  const before = told();
  await moves('high');
  await rest(48);
  expect(told()).toEqual([...before, alert]);
});

it('is not told how it came to rest when it moved and is as it was told again', async () => {
  const { moves, rest, told } = await flapping();
  const before = told();
  await moves('high');
  await moves('medium');
  await moves('low');
  await rest(48);
  expect(told()).toEqual(before);
});

it('is not told again when it rests as it was told', async () => {
  const { rest, told } = await flapping();
  const before = told();
  await rest(48);
  expect(told()).toEqual(before);
});

it('waits longer when it moves again', async () => {
  const { moves, rest, told } = await flapping();
  await moves('medium');
  const before = told();
  await rest(40);
  await moves('low');
  await moves('medium');
  await rest(40);
  expect(told()).toEqual(before);
  await rest(8);
  expect(told()).toEqual([...before, alert]);
});
