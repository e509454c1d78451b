import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChangeService } from '../../src/changes/change.service.js';
import { startApp, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { watch, webhookTo } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

type Line = Record<string, unknown> & { msg: string };

let receiver: WebhookReceiver;
let app: TestApp;
const written: string[] = [];
let seen = 0;
const lines = (): Line[] => written.map((line) => JSON.parse(line) as Line);

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  app = await startApp(
    { LOG_LEVEL: 'debug', RETRY_SCHEDULE_S: '10,100', REVISION_SETTLE_S: '30' },
    { write: (line) => void written.push(line) },
  );
  const account = await app.createAccount({ tier: 'professional' });
  const { id } = await webhookTo(app, account, receiver.url('/way'));
  await watch(app, account, [['entity', 'acme']], { destinationIds: [id] });
});
afterAll(async () => {
  await app.stop();
  await receiver.close();
});
beforeEach(() => {
  written.length = 0;
  seen = receiver.requests.length;
});

const post = async (event: unknown, headers: Record<string, string> = {}) =>
  app.call('POST', '/v1/events', {
    token: app.operatorToken,
    headers: { 'content-type': 'application/cloudevents+json', ...headers },
    body: JSON.stringify(event),
  });

/** The lines that name an id, alone or among others. */
const naming = (field: string, id: unknown) =>
  lines().filter((line) => line[field] === id || (line[`${field}s`] as unknown[] | undefined)?.includes(id));
const said = (some: readonly Line[]) => some.map(({ msg }) => msg);

/** From the id of a request to that of the delivery, by nothing but what the lines say. */
function walk(requestId: string | null): { way: string[]; deliveryId: string } {
  const request = naming('requestId', requestId);
  const revisionIds = request.flatMap((line) => (line['revisionIds'] as string[] | undefined) ?? []);
  expect(revisionIds).toHaveLength(1);
  const revision = naming('revisionId', revisionIds[0]);
  const deliveryIds = new Set(
    revision.flatMap(({ deliveryId }) => (deliveryId ? [deliveryId as string] : [])),
  );
  expect(deliveryIds.size).toBe(1);
  const [deliveryId = ''] = deliveryIds;
  const way = new Set(
    [...request, ...revision, ...naming('deliveryId', deliveryId)].map((line) => JSON.stringify(line)),
  );
  const inOrder = lines().filter((line) => way.has(JSON.stringify(line)));
  return { way: said(inOrder), deliveryId };
}

describe('the way of an event', () => {
  it('leads by ids alone from its request to what the receiver got', async () => {
    const answers = [
      await post(provisionEvent(), { 'x-request-id': 'call-of-the-archive' }),
      await post(provisionEvent({ entity: 'nobody-follows-it' }), { 'x-request-id': 'another-call' }),
    ];
    expect(answers.map(({ headers }) => headers.get('x-request-id'))).toEqual([
      'call-of-the-archive',
      'another-call',
    ]);
    await app.work();
    const { way, deliveryId } = walk('call-of-the-archive');
    expect(way).toEqual([
      'events taken in',
      'request answered',
      'revision planned',
      'range fanned out',
      'delivery finished',
    ]);
    expect(receiver.requests.slice(seen).map(({ headers }) => headers['webhook-id'])).toEqual([
      `msg_${deliveryId}`,
    ]);
    const finished = naming('deliveryId', deliveryId)[0];
    expect(finished).toMatchObject({ lane: 'webhook', state: 'delivered', outcome: 'delivered' });
    expect(JSON.parse(receiver.requests[seen]!.body.toString()).data.alert.id).toBe(finished!['alertId']);
  });

  it('leads through settling, and through all attempts', async () => {
    receiver.script('/way', { status: 500 }, { status: 200 });
    const answer = await post(provisionEvent({ revision: { id: 'quiet' }, after: side('high') }));
    app.clock.advance(31);
    await app.app.get(ChangeService).settleQuiet();
    await app.work();
    app.clock.advance(15);
    await app.work();
    const { way } = walk(answer.headers.get('x-request-id'));
    expect(way).toEqual([
      'events taken in',
      'request answered',
      'quiet revisions settled',
      'revision planned',
      'range fanned out',
      'delivery finished',
      'delivery finished',
    ]);
  });

  it('leads to what failed on the way', async () => {
    await app.database.execute(`alter table change add constraint probe check (event_id <> 'refused')`);
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const answer = await post(provisionEvent({ id: 'refused' }), {
      traceparent: `00-${trace}-00f067aa0ba902b7-01`,
    });
    expect(answer.status).toBe(500);
    expect(answer.headers.get('x-request-id')).toBe(trace);
    expect(said(naming('requestId', trace))).toEqual(['request failed', 'request answered']);
  });
});

describe('every answer', () => {
  it.each<[method: string, path: string, status: number, headers?: Record<string, string>]>([
    ['GET', '/health/live', 200],
    ['GET', '/no/such/thing', 404],
    ['GET', '/v1/account', 401],
    ['GET', '/v1/%zz', 400],
    ['GET', '/archive/nothing', 404],
    ['POST', '/v1/watchlists', 415, { 'content-type': 'multipart/form-data' }],
  ])('says by which id the log speaks of it: %s %s', async (method, path, status, headers = {}) => {
    const body = method === 'POST' ? { body: 'x' } : {};
    const answer = await app.call(method, path, {
      ...body,
      headers: { ...headers, 'x-request-id': 'this-one' },
    });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('x-request-id')).toBe('this-one');
  });
});
