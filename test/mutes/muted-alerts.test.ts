import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FanOut } from '../../src/alerts/fan-out.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { mailTo } from '../support/inbox-of-mail.js';
import { alertsOf, deliveriesOf, watch, webhookTo } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

let app: TestApp;
let receiver: WebhookReceiver;
let account: TestAccount;
let entity: string;
let entities = 0;

beforeAll(async () => {
  app = await startApp();
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await app.stop();
  await receiver.close();
});
beforeEach(async () => {
  entity = `muted${++entities}`;
  account = await app.createAccount();
  await watch(app, account, [['entity', entity]]);
  // So long ago that nobody would look at mutes again, had none been made since.
  app.clock.advance(120);
});

const provision = (end: string) => `${entity}-${end}`;
const mute = async (path: string, body?: unknown, who = account) => {
  const answer = await app.call('PUT', `/v1/mutes/${path}`, { token: who.token, ...(body ? { body } : {}) });
  expect(answer.status, answer.text).toBe(204);
};
const unmute = async (path: string) => app.call('DELETE', `/v1/mutes/${path}`, { token: account.token });

/** One revision that changes the provisions. */
async function changed(...ends: string[]): Promise<void> {
  const revision = { id: `${entity}-${ends.join()}-${Math.random()}`, size: ends.length };
  const events = ends.map((end) =>
    provisionEvent({ entity, provision: provision(end), revision, after: side('high', `${Math.random()}`) }),
  );
  await app.postEvents(events);
}
const fanOut = async () => app.app.get(FanOut).run(new AbortController().signal);
const told = async () =>
  (await alertsOf(app, account)).map(({ changes }) =>
    changes.map((change: any) => change.provision.id.slice(entity.length + 1)).toSorted(),
  );

describe('what is muted makes no alert', () => {
  it('as a provision, for the account alone', async () => {
    const other = await app.createAccount();
    await watch(app, other, [['provision', provision('a')]]);
    await mute(`provision/${provision('a')}`);
    await changed('a');
    await changed('b');
    await app.work();
    expect(await told()).toEqual([['b']]);
    expect(await alertsOf(app, other)).toHaveLength(1);
  });

  it('as a document, whatever follows lead there', async () => {
    await watch(app, account, [
      ['everything', '*'],
      ['provision', provision('a')],
    ]);
    await mute(`document/${entity}-terms`);
    await changed('a');
    await app.work();
    expect(await told()).toEqual([]);
  });

  it('and what is not stays, with the watchlists that it matched', async () => {
    await watch(app, account, [['provision', provision('a')]], { name: 'Only a' });
    await mute(`provision/${provision('a')}`);
    await changed('a', 'b');
    await app.work();
    expect(await told()).toEqual([['b']]);
    const [{ alert }] = await alertsOf(app, account);
    expect(alert.watchlists.map(({ name }: { name: string }) => name)).toEqual(['Watch']);
  });

  it('until it is over', async () => {
    const until = new Date(app.clock.now().getTime() + 3_600_000).toISOString();
    await mute(`provision/${provision('a')}`, { until });
    await changed('a');
    await fanOut();
    app.clock.advance(3_600);
    await changed('a', 'b');
    await app.work();
    expect(await told()).toEqual([['a', 'b']]);
  });

  it('until it is lifted', async () => {
    await mute(`provision/${provision('a')}`);
    await changed('a');
    await fanOut();
    await unmute(`provision/${provision('a')}`);
    await changed('a', 'b');
    await app.work();
    expect(await told()).toEqual([['a', 'b']]);
  });

  it('and muting one thing of another kind with the same key mutes nothing else', async () => {
    await mute(`document/${provision('a')}`);
    await changed('a');
    await app.work();
    expect(await told()).toEqual([['a']]);
  });
});

describe('a mute between match and send', () => {
  it('cancels the delivery of an alert that is muted whole, with a reason', async () => {
    await changed('a');
    await fanOut();
    await mute(`provision/${provision('a')}`);
    await app.work();
    expect(await deliveriesOf(app, account)).toMatchObject([
      { state: 'cancelled', reason: 'all that it tells of is muted', attempts: [] },
    ]);
    expect(await mailTo(app, account.email)).toEqual([]);
    expect(await told()).toEqual([['a']]);
  });

  it('leaves out what is muted and sends the rest, by every channel', async () => {
    const hook = await webhookTo(app, account, receiver.url(`/${entity}`));
    const lists = (await app.call('GET', '/v1/watchlists', { token: account.token })).body.items;
    const own = (await app.call('GET', '/v1/destinations', { token: account.token })).body.items[0].id;
    await app.call('PATCH', `/v1/watchlists/${lists[0].id}`, {
      token: account.token,
      body: { destinationIds: [own, hook.id] },
    });
    app.clock.advance(120);
    await changed('a', 'b');
    await fanOut();
    await mute(`provision/${provision('a')}`);
    await app.work();
    const request = receiver.requests.find(({ path }) => path === `/${entity}`);
    const { data } = JSON.parse(request!.body.toString());
    expect(data.changes.map((change: any) => change.provision.id)).toEqual([provision('b')]);
    const [mail] = await mailTo(app, account.email);
    expect(mail!.text).toContain(`Provision ${provision('b')}`);
    expect(mail!.text).not.toContain(`Provision ${provision('a')}`);
    const { id } = (await deliveriesOf(app, account)).find(({ lane }) => lane === 'webhook');
    const shown = await app.call('GET', `/v1/deliveries/${id}/request`, { token: account.token });
    expect(shown.body.body).toContain(provision('b'));
    expect(shown.body.body).not.toContain(`"id":"${provision('a')}"`);
  });

  it('that is over by then leaves the alert whole', async () => {
    await changed('a', 'b');
    await fanOut();
    const until = new Date(app.clock.now().getTime() + 60_000).toISOString();
    await mute(`document/${entity}-terms`, { until });
    app.clock.advance(60);
    await app.work();
    expect((await mailTo(app, account.email))[0]!.text).toContain(`Provision ${provision('a')}`);
  });

  it('that is lifted again leaves the alert whole', async () => {
    await changed('a', 'b');
    await fanOut();
    await mute(`provision/${provision('a')}`);
    await unmute(`provision/${provision('a')}`);
    await app.work();
    expect((await mailTo(app, account.email))[0]!.text).toContain(`Provision ${provision('a')}`);
  });

  it('cancels it for the watchlists that wanted only what is muted', async () => {
    await app.call('PATCH', `/v1/watchlists/${await onlyList()}`, {
      token: account.token,
      body: { rule: { keywords: 'arbitration' } },
    });
    app.clock.advance(120);
    const revision = { id: `${entity}-two`, size: 2 };
    await app.postEvents([
      provisionEvent({ entity, provision: provision('a'), revision, after: side('high', 'arbitration') }),
      provisionEvent({ entity, provision: provision('b'), revision, after: side('high', 'arbitration') }),
    ]);
    await fanOut();
    await mute(`provision/${provision('a')}`);
    await app.call('PATCH', `/v1/watchlists/${await onlyList()}`, {
      token: account.token,
      body: { rule: { keywords: 'nothing of the kind' } },
    });
    await app.work();
    expect(await deliveriesOf(app, account)).toMatchObject([
      { state: 'cancelled', reason: 'no watchlist wants it any more' },
    ]);
  });
});

async function onlyList(): Promise<string> {
  return (await app.call('GET', '/v1/watchlists', { token: account.token })).body.items[0].id;
}
