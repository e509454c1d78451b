import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ChannelRegistry } from '../../src/channels/registry.js';
import { Sender } from '../../src/deliveries/sender.js';
import type { TestApp } from '../support/app.js';
import { openEchoHouse, type EchoHouse, type EchoStage } from '../support/echo-stage.js';
import { side } from '../support/events.js';
import { deliveriesOf, watch } from '../support/watching.js';
import type { WebhookReceiver } from '../support/webhook-receiver.js';

let house: EchoHouse;
let app: TestApp;
let receiver: WebhookReceiver;
let stage: EchoStage;

beforeAll(async () => {
  house = await openEchoHouse('odd', { RETRY_SCHEDULE_S: '60', WEBHOOK_PER_S: '0' });
  ({ app, receiver } = house);
});
afterAll(async () => house.close());
beforeEach(() => {
  stage = house.stage();
});

const told = (account: { id: string }) =>
  stage.heard(account as never).map(({ type, about, changes }) => `${about ?? type} ${changes.join()}`);
const corrected = (event: any, severity: 'low' | 'medium' | 'high', correction = 1) => ({
  ...event,
  data: { ...event.data, after: side(severity), correction },
});
async function later(seconds = 600): Promise<void> {
  app.clock.advance(seconds);
  await stage.settled();
}
const hookOf = async (account: { token: string }) =>
  (await app.call('GET', '/v1/destinations', { token: account.token })).body.items.find(
    ({ kind }: any) => kind === 'webhook',
  ).id;

it('an echo for a destination that is paused can be recovered', async () => {
  const account = await stage.follower();
  await stage.change({ a: 'low' });
  await stage.change({ a: 'high' });
  await app.work();
  const hook = await hookOf(account);
  await app.call('PATCH', `/v1/destinations/${hook}`, { token: account.token, body: { status: 'paused' } });
  const since = app.clock.now().toISOString();
  await stage.change({ a: 'low' });
  await stage.settled();
  expect(told(account)).toHaveLength(2);
  expect((await stage.deliveries(account)).at(-1)).toBe('echo: cancelled: the destination was paused');
  await app.call('POST', `/v1/destinations/${hook}/enable`, { token: account.token });
  await app.call('POST', `/v1/destinations/${hook}/recover`, { token: account.token, body: { since } });
  await later();
  expect(told(account).slice(2)).toEqual(['reverted a']);
});

it('an alert that goes back while it is sent once more was told the first time', async () => {
  const account = await stage.follower();
  await stage.change({ a: 'low' });
  await app.work();
  await stage.change({ a: 'high' });
  await app.work();
  const [{ id }] = await deliveriesOf(app, account);
  await app.call('POST', `/v1/deliveries/${id}/replay`, { token: account.token });
  await stage.change({ a: 'low' });
  await later();
  await later();
  expect(told(account).slice(2)).toEqual(['reverted a']);
});

it('a digest that is on its way when something goes back has told it', async () => {
  const account = await stage.follower({ cadence: { mode: 'hourly' } });
  await stage.change({ a: 'low' });
  await stage.change({ a: 'high', b: 'high' });
  await app.work();
  const channel = app.app.get(ChannelRegistry).find('webhook')!;
  const send = channel.send.bind(channel);
  channel.send = async (...given) => {
    channel.send = send;
    await app.postEvents([stage.event('a', 'low')]);
    await stage.fanOut();
    return send(...given);
  };
  app.clock.advance(3_600);
  await app.work();
  const types = () =>
    receiver.requests
      .filter(({ path }) => path === `/${account.id}`)
      .map(({ body }) => JSON.parse(body.toString()))
      .map(({ type, data }) => data.about ?? type);
  expect(types()).toEqual(['digest.created']);
  await later();
  expect(types()).toEqual(['digest.created', 'reverted']);
});

it('a correction that comes between reading and sending is told', async () => {
  const account = await stage.follower();
  await stage.change({ a: 'low' });
  await app.work();
  const [change] = await stage.change({ a: 'high' });
  const sender = app.app.get(Sender);
  const attempt = sender.attempt.bind(sender);
  sender.attempt = async (...given) => {
    sender.attempt = attempt;
    app.clock.advance(1);
    await app.postEvents([corrected(change, 'medium')]);
    app.clock.advance(1);
    return attempt(...given);
  };
  await app.work();
  await later();
  await later();
  expect(told(account).slice(1)).toEqual(['alert.created a', 'corrected a']);
});

it('an alert that was not sent yet is not, when what it tells is corrected and no rule wants it any more', async () => {
  const account = await stage.follower({ rule: { minSeverity: 'high' } });
  await stage.change({ a: 'low' });
  await app.work();
  const [change] = await stage.change({ a: 'high' });
  await stage.fanOut();
  await app.postEvents([corrected(change, 'medium')]);
  await later();
  expect(told(account)).toEqual([]);
});

it('a correction tells nobody who came later, nor more than what was corrected', async () => {
  const high = await stage.follower({ rule: { minSeverity: 'high' } });
  const low = await stage.follower({ rule: { kinds: ['introduced'] } });
  await stage.change({ a: 'low', b: 'low' });
  await app.work();
  const [change] = await stage.change({ a: 'medium', b: 'medium' });
  await app.work();
  app.clock.advance(1);
  const late = await stage.follower();
  await app.postEvents([corrected(change, 'high')]);
  await later();
  expect(told(late)).toEqual([]);
  expect(told(high)).toEqual(['alert.created a']);
  expect(told(low)).toEqual(['alert.created a,b']);
});

it('what went back wrongly is told to stand to those who were told alone', async () => {
  const account = await stage.follower();
  await stage.change({ a: 'low' });
  await stage.change({ a: 'high' });
  await app.work();
  app.clock.advance(1);
  const late = await stage.follower();
  const [back] = await stage.change({ a: 'low' });
  await stage.settled();
  app.clock.advance(60);
  await stage.retract(back!.id);
  await later();
  expect(told(account).slice(2)).toEqual(['reverted a', 'corrected a']);
  expect(told(late)).toEqual([]);
});

it('what took something back, and does not as it is corrected, is news', async () => {
  const account = await stage.follower();
  await stage.change({ a: 'low' });
  await stage.change({ a: 'high' });
  await app.work();
  const [back] = await stage.change({ a: 'low' });
  await stage.settled();
  app.clock.advance(60);
  await app.postEvents([corrected(back, 'medium')]);
  await later();
  expect(told(account).slice(2, 3)).toEqual(['reverted a']);
  expect(told(account).slice(3).toSorted()).toEqual(['alert.created a', 'corrected a']);
  await stage.change({ a: 'low' });
  await later();
  expect(told(account).slice(5).toSorted()).toEqual(['reverted a', 'reverted a']);
});

it('what went back before it was told is told when that was wrong', async () => {
  const account = await stage.follower();
  await stage.change({ a: 'low' });
  await app.work();
  await stage.change({ a: 'high' });
  await stage.fanOut();
  const [first] = await stage.change({ a: 'low' });
  await stage.settled();
  await stage.retract(first!.id);
  await later();
  expect(told(account)).toEqual(['alert.created a', 'alert.created a']);
  await stage.change({ b: 'low' });
  await app.work();
  await stage.change({ b: 'high' });
  const [second] = await stage.change({ b: 'low' });
  await stage.settled();
  await stage.retract(second!.id);
  await later();
  expect(told(account).slice(2)).toEqual(['alert.created b', 'alert.created b']);
});

it('a revert that was wrong is not told when it was retracted in time', async () => {
  const account = await stage.follower();
  await stage.change({ a: 'low' });
  await stage.change({ a: 'high' });
  await app.work();
  const [back] = await stage.change({ a: 'low' });
  await stage.fanOut();
  await stage.retract(back!.id);
  await later();
  expect(told(account).slice(2)).not.toContain('reverted a');
});

it('two changes that are retracted one after another leave what was before both', async () => {
  await stage.follower();
  await stage.change({ a: 'low' });
  const [first] = await stage.change({ a: 'medium' });
  const [second] = await stage.change({ a: 'high' });
  await stage.retract(first!.id);
  await stage.retract(second!.id);
  const { body } = await app.call('GET', `/v1/provisions/${stage.entity}-a`, { token: app.operatorToken });
  expect(body.severity).toBe('low');
});

it('whoever unsubscribed gets no echo by mail', async () => {
  const [stays, leaves] = [await app.createAccount(), await app.createAccount()];
  for (const account of [stays, leaves]) {
    const { body } = await app.call('GET', '/v1/destinations', { token: account.token });
    await watch(app, account, [['entity', stage.entity]], { destinationIds: [body.items[0].id] });
  }
  app.clock.advance(120);
  await stage.change({ a: 'low' });
  await stage.change({ a: 'high' });
  await app.work();
  const mailsTo = async ({ email }: { email: string }): Promise<any[]> =>
    (await app.call('GET', '/sandbox/mailbox.json')).body.filter(({ to }: any) => to.includes(email));
  const [{ headers }] = await mailsTo(leaves);
  const [, link] = /<(http[^>]+)>/.exec(headers['list-unsubscribe'] ?? headers['List-Unsubscribe'])!;
  const stopped = await fetch(link!, {
    method: 'POST',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  });
  expect(stopped.status).toBe(200);
  await stage.change({ a: 'low' });
  await stage.settled();
  expect(await mailsTo(stays)).toHaveLength(3);
  expect(await mailsTo(leaves)).toHaveLength(2);
});
