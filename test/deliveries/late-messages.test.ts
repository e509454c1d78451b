import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { FanOut } from '../../src/alerts/fan-out.js';
import { ChannelRegistry } from '../../src/channels/registry.js';
import { LaneWorker } from '../../src/deliveries/lane-worker.js';
import { ShownMessages, type Meant } from '../../src/deliveries/shown-messages.service.js';
import { WORKER_PARTS, type WorkerParts } from '../../src/deliveries/worker-parts.js';
import type { AlertId, DestinationId } from '../../src/domain/ids.js';
import { Database } from '../../src/platform/database.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { alertsOf, deliveriesOf, watch } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

let app: TestApp;
let shown: ShownMessages;
let slack: WebhookReceiver;
let account: TestAccount;
let entity: string;
let destinationIds: string[];
let list: string;
let entities = 0;

const post = '/api/chat.postMessage';
const update = '/api/chat.update';
const ok = { status: 200, body: JSON.stringify({ ok: true, channel: 'C1', ts: '1.5' }) };
const busy = { status: 429, headers: { 'retry-after': '2' }, body: '' };

beforeAll(async () => {
  app = await startApp({
    SLACK_PER_S: '0',
    SLACK_API_URL: (slack = await startWebhookReceiver()).url('/api/'),
  });
  shown = app.app.get(ShownMessages, { strict: false });
});
afterAll(async () => {
  await app.stop();
  await slack.close();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});
beforeEach(async () => {
  entity = `late${++entities}`;
  account = await app.createAccount();
  list = await watch(app, account, [['entity', entity]], { destinationIds: [await destination()] });
  slack.script(post, ok);
  slack.script(update, ok);
});

async function destination(): Promise<string> {
  const body = { kind: 'slack', settings: { token: 'xoxb-test', channel: 'C1' } };
  const made = await app.call('POST', '/v1/destinations', { token: account.token, body });
  expect(made.status, made.text).toBe(201);
  destinationIds = [made.body.id];
  return made.body.id;
}

/** An alert on some provisions, made and not yet sent. @returns its id */
async function makeAlert(...names: string[]): Promise<AlertId> {
  const revision = { id: `${entity}-one`, size: names.length };
  const after = side('high');
  await app.postEvents(
    names.map((name) => provisionEvent({ entity, provision: `${entity}-${name}`, revision, after })),
  );
  await app.app.get(FanOut).run(new AbortController().signal);
  return (await alertsOf(app, account))[0].alert.id;
}

const call = async (method: string, path: string) => {
  const answer = await app.call(method, path, { token: account.token });
  expect(answer.status, answer.text).toBeLessThan(300);
};
const acknowledge = async (id: AlertId) => call('POST', `/v1/alerts/${id}/acknowledge`);
const blocksOf = (path: string) =>
  slack.requests
    .filter((request) => request.path === path)
    .map(({ body }) => new URLSearchParams(body.toString()).get('blocks') ?? '');

describe('a message that was posted too late to show it', () => {
  it('shows an acknowledgement of before it was sent', async () => {
    const id = await makeAlert('a');
    await acknowledge(id);
    await shown.settled();
    const before = blocksOf(update).length;
    await app.work();
    const after = blocksOf(update).slice(before);
    expect([after.length, after[0]?.includes('✓ Acknowledged')]).toEqual([1, true]);
  });

  it('shows an acknowledgement of while it was on its way', async () => {
    const id = await makeAlert('a');
    slack.script(post, { ...ok, delayMs: 400 });
    const posted = blocksOf(post).length;
    const work = app.work();
    await expect.poll(() => blocksOf(post).length).toBe(posted + 1);
    await acknowledge(id);
    await work;
    expect(blocksOf(update).at(-1)).toContain('✓ Acknowledged');
  });

  it('shows the acknowledgement when it is sent again', async () => {
    const id = await makeAlert('a');
    await app.work();
    await acknowledge(id);
    await shown.settled();
    const before = blocksOf(update).length;
    const [{ id: delivery }] = await deliveriesOf(app, account);
    await call('POST', `/v1/deliveries/${delivery}/replay`);
    await app.work();
    expect(blocksOf(update).slice(before).join('')).toContain('✓ Acknowledged');
  });

  it('is left alone when nobody acknowledged its alert', async () => {
    await makeAlert('a');
    const before = blocksOf(update).length;
    await app.work();
    expect(blocksOf(update)).toHaveLength(before);
  });
});

it('never tells what was muted before it was sent', async () => {
  const id = await makeAlert('muted', 'heard');
  await call('PUT', `/v1/mutes/provision/${entity}-muted`);
  await app.work();
  await acknowledge(id);
  await shown.settled();
  for (const blocks of [blocksOf(post).at(-1)!, blocksOf(update).at(-1)!]) {
    expect(blocks).toContain(`${entity}-heard`);
    expect(blocks).not.toContain(`${entity}-muted`);
  }
  // And not when it is heard of again: what was posted was posted.
  await call('DELETE', `/v1/mutes/provision/${entity}-muted`);
  await shown.refresh(id);
  expect(blocksOf(update).at(-1)).not.toContain(`${entity}-muted`);
});

describe('an update that hangs', () => {
  it('holds up neither what is recorded nor, for longer than what is sent, the stop', async () => {
    await makeAlert('a');
    const signals: (AbortSignal | undefined)[] = [];
    const never = async (_: AlertId, { signal }: Meant) => {
      signals.push(signal);
      return new Promise<never>(() => undefined);
    };
    const parts = app.app.get<WorkerParts>(WORKER_PARTS, { strict: false });
    const slackChannel = app.app.get(ChannelRegistry).find('slack')!;
    const hanging = { refresh: never, catchUp: never } as unknown as ShownMessages;
    const worker = new LaneWorker(slackChannel, { ...parts, shown: hanging });
    await worker.run(new AbortController().signal);
    await expect.poll(() => signals.length).toBe(1);
    expect(await deliveriesOf(app, account)).toMatchObject([{ state: 'delivered' }]);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let isDrained = false;
    const drain = worker.drain().then(() => (isDrained = true));
    // Real time for the database to take back the parcels.
    for (let n = 0; n < 20; n++) await new Promise((resolve) => setImmediate(resolve));
    expect([isDrained, signals[0]?.aborted]).toEqual([false, false]);
    await vi.advanceTimersByTimeAsync(20_000);
    vi.useRealTimers();
    await drain;
    expect(signals[0]?.aborted).toBe(true);
    const left = `select p.id from parcel p join delivery d on d.parcel_id = p.id where d.account_id = $1`;
    expect(await app.database.query(left, [account.id])).toEqual([]);
  });

  it('is given up when it is told to, and not looked at again', async () => {
    const id = await makeAlert('a');
    await app.work();
    slack.script(update, 'hang');
    const before = blocksOf(update).length;
    const stop = new AbortController();
    const refresh = shown.refresh(id, { signal: stop.signal });
    await expect.poll(() => blocksOf(update).length).toBe(before + 1);
    const query = vi.spyOn(app.app.get(Database), 'query');
    stop.abort();
    const startedAt = performance.now();
    await refresh;
    expect(performance.now() - startedAt).toBeLessThan(900);
    expect(query).not.toHaveBeenCalled();
    expect(blocksOf(update)).toHaveLength(before + 1);
  });

  it('does not hold up the messages of another destination', async () => {
    const [first] = destinationIds;
    const second = await destination();
    const body = { destinationIds: [first, second] };
    await app.call('PATCH', `/v1/watchlists/${list}`, { token: account.token, body });
    const id = await makeAlert('a');
    await app.work();
    const before = blocksOf(update).length;
    slack.script(update, { ...ok, delayMs: 1_500 }, ok);
    const slow = shown.refresh(id, { destinationId: first as DestinationId });
    await expect.poll(() => blocksOf(update).length).toBe(before + 1);
    const startedAt = performance.now();
    await shown.refresh(id, { destinationId: second as DestinationId });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    await slow;
  });
});

describe('updates', () => {
  it('are tried once more, when the other side says', async () => {
    const id = await makeAlert('a');
    await app.work();
    const before = blocksOf(update).length;
    slack.script(update, busy, ok);
    const startedAt = performance.now();
    expect(await shown.refresh(id)).toEqual(new Set());
    expect(performance.now() - startedAt).toBeGreaterThan(1_900);
    expect(blocksOf(update)).toHaveLength(before + 2);
  });

  it('are under way eight at a time', async () => {
    const ids: AlertId[] = [];
    for (let n = 0; n < 9; n++) {
      entity = `late${++entities}`;
      account = await app.createAccount();
      await watch(app, account, [['entity', entity]], { destinationIds: [await destination()] });
      ids.push(await makeAlert('a'));
    }
    await app.work();
    const before = blocksOf(update).length;
    slack.script(update, { ...ok, delayMs: 4_000 });
    const all = Promise.all(ids.map(async (id) => shown.refresh(id)));
    await expect.poll(() => blocksOf(update).length).toBe(before + 8);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(blocksOf(update)).toHaveLength(before + 8);
    await all;
    expect(blocksOf(update)).toHaveLength(before + 9);
  });

  it('are asked for once where there are no messages', async () => {
    const id = await makeAlert('a');
    const query = vi.spyOn(app.app.get(Database), 'query');
    await shown.refresh(id);
    expect(query).toHaveBeenCalledTimes(1);
  });
});
