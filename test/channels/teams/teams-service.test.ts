import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChannelRegistry } from '../../../src/channels/registry.js';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { provisionEvent, side } from '../../support/events.js';
import { deliveriesOf, watch } from '../../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.js';
import { cardOf, textOf } from './card-text.js';
import { teamsFaults } from './teams-faults.js';

/** What comes by itself for a channel that is a folder and a line in the registry. */
let teams: WebhookReceiver;
let app: TestApp;
let account: TestAccount;
let path: string;
let made = 0;

beforeAll(async () => {
  teams = await startWebhookReceiver();
  app = await startApp({ ALERTS_PER_MINUTE: '2' });
});
beforeEach(async () => {
  account = await app.createAccount({ tier: 'watcher' });
  path = `/workflows/${++made}/triggers/manual/paths/invoke?sig=not-to-be-seen`;
  teams.script(path, { status: 202 });
});
afterAll(async () => {
  await app.stop();
  await teams.close();
});

const call = (method: string, to: string, body?: unknown) =>
  app.call(method, to, { token: account.token, body });

async function destination(webhookUrl = teams.url(path)): Promise<string> {
  const { status, body, text } = await call('POST', '/v1/destinations', {
    kind: 'teams',
    settings: { webhookUrl },
  });
  expect(status, text).toBe(201);
  expect(body).toMatchObject({ kind: 'teams', status: 'active', settings: {} });
  expect(body).not.toHaveProperty('secret');
  return body.id;
}

/** The bodies that came in for this test. */
const received = () =>
  teams.requests.filter((request) => request.path === path).map(({ body }) => body.toString());

describe('a destination of kind teams', () => {
  it('gets an alert as a card, and its address is nowhere to be read', async () => {
    const id = await destination();
    await watch(app, account, [['entity', `e${made}`]], { name: 'Fine print', destinationIds: [id] });
    const before = side('low', 'You may keep a copy of it.');
    const after = side('high', 'You may keep no copy of it.');
    await app.postEvents([provisionEvent({ entity: `e${made}`, before, after })]);
    await app.work();

    const [json, ...others] = received();
    expect(others).toEqual([]);
    expect(teamsFaults(json!)).toEqual([]);
    expect(textOf(json!)).toContain('▲ Low → High');
    expect(textOf(json!)).toMatch(/\[-a-\] \{\+no\+\}/);
    expect(textOf(json!)).toContain('Matched by Fine print');
    const [open] = cardOf(json!).actions!;
    expect((await fetch(open!.url)).status).toBe(200);
    expect(await deliveriesOf(app, account)).toMatchObject([
      { lane: 'teams', state: 'delivered', attempts: [{ outcome: 'delivered', status: 202 }] },
    ]);
    const kept = await app.database.query(`select d::text, encode(sealed, 'escape') from destination d`);
    expect(JSON.stringify(kept)).not.toContain('not-to-be-seen');
    expect((await call('GET', `/v1/destinations/${id}`)).text).not.toContain('not-to-be-seen');
    expect((await call('GET', '/v1/deliveries')).text).not.toContain('not-to-be-seen');
  });

  it('can be tested', async () => {
    const id = await destination();
    expect((await call('POST', `/v1/destinations/${id}/test`)).status).toBe(202);
    await app.work();
    expect(textOf(received()[0]!)).toContain('Test message');
  });

  it('gets one summary of a storm', async () => {
    const id = await destination();
    await watch(app, account, [['entity', `e${made}`]], { destinationIds: [id] });
    // One by one: of those that are fanned out together, one more may go before they are counted.
    for (const n of [1, 2, 3, 4]) {
      await app.postEvents([provisionEvent({ entity: `e${made}`, document: `e${made}-${n}` })]);
      await app.work();
    }
    for (let n = 0; n < 4; n++) {
      app.clock.advance(61);
      await app.work();
    }
    expect(received().map((json) => textOf(json).split('\n')[0])).toContain('2 alerts in one message');
    expect(received().flatMap(teamsFaults)).toEqual([]);
  });

  it('is disabled when its workflow is gone, and says why', async () => {
    const id = await destination();
    const body = JSON.stringify({ error: { code: 'WorkflowTriggerIsNotEnabled' } });
    teams.script(path, { status: 400, body });
    await call('POST', `/v1/destinations/${id}/test`);
    await app.work();
    const { status, reason } = (await call('GET', `/v1/destinations/${id}`)).body;
    expect(status).toBe('disabled');
    expect(reason).toContain('switch it on');
  });

  it('is refused at an address that is not of Teams, without saying it again', async () => {
    const settings = { webhookUrl: 'https://evil.example/not-to-be-seen' };
    const { status, body, text } = await call('POST', '/v1/destinations', { kind: 'teams', settings });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path: 'settings.webhookUrl' }]);
    expect(text).not.toContain('not-to-be-seen');
  });

  it('is not held by a tier of the own address alone', async () => {
    account = await app.createAccount({ tier: 'free' });
    const settings = { webhookUrl: teams.url(path) };
    expect((await call('POST', '/v1/destinations', { kind: 'teams', settings })).status).toBe(403);
  });
});

it('has its lane in the metrics and its kind and settings in the description of the API, like every channel', async () => {
  const kinds = app.app.get(ChannelRegistry).kinds;
  const metrics = (await app.call('GET', '/metrics')).text;
  for (const kind of kinds)
    expect(metrics).toContain(`tocsin_attempts_total{lane="${kind}",outcome="delivered"}`);
  const { body: document } = await app.call('GET', '/v1/openapi.json');
  const schema = document.paths['/v1/destinations'].post.requestBody.content['application/json'].schema;
  expect(schema.properties.kind.enum).toEqual(kinds);
  expect(schema.properties.settings.anyOf).toHaveLength(kinds.length);
  expect(JSON.stringify(schema.properties.settings)).toContain('"webhookUrl"');
});
