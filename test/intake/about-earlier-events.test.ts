import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ingestLines } from '../../src/commands/ingest-file.js';
import { Intake } from '../../src/intake/intake.js';
import { startApp, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';

let app: TestApp;
let made = 0;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

const change = (severity: 'low' | 'medium' | 'high' = 'low') =>
  provisionEvent({
    entity: `told-${++made}`,
    id: `told-${made}`,
    time: '2026-01-05T00:00:00Z',
    after: side(severity),
  });
const corrected = (event: any, severity: 'low' | 'medium' | 'high', correction: unknown = 1) => ({
  ...event,
  data: { ...event.data, after: side(severity), correction },
});
const retraction = (id: string, data: Record<string, unknown> = { retracts: { id } }) => ({
  specversion: '1.0',
  type: 'provision.retracted.v1',
  source: 'https://archive.test',
  id: `retract-${id}`,
  time: '2026-01-06T00:00:00Z',
  data,
});
const post = async (event: unknown) =>
  app.call('POST', '/v1/events', {
    token: app.operatorToken,
    headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify(event),
  });
const binary = async ({ data, ...attributes }: any) =>
  app.call('POST', '/v1/events', {
    token: app.operatorToken,
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, String(value)])),
    },
    body: JSON.stringify(data),
  });
const severityOf = async (event: any) =>
  (await app.call('GET', `/v1/provisions/${event.data.provision.id}`, { token: app.operatorToken })).body
    .severity;
const ingest = async (...events: unknown[]) =>
  ingestLines(
    app.app.get(Intake),
    Readable.from([events.map((event) => JSON.stringify(event)).join('\n')]),
    false,
    { advance: () => undefined },
  );

it('a correction and a retraction are taken in binary mode', async () => {
  const event = change();
  expect((await binary(event)).status).toBe(202);
  expect((await binary(corrected(event, 'high'))).body).toMatchObject({ accepted: 1 });
  expect(await severityOf(event)).toBe('high');
  const answer = await binary(retraction(event.id));
  expect(answer.body, answer.text).toMatchObject({ accepted: 1, results: [{ id: `retract-${event.id}` }] });
  expect(await severityOf(event)).toBeNull();
});

it('a correction and a retraction are taken from a file, which can be read again', async () => {
  const [first, second] = [change(), change('medium')];
  const lines = [first, second, corrected(first, 'high'), retraction(second.id)];
  expect(await ingest(...lines)).toEqual({ accepted: 4, duplicates: 0 });
  expect(await severityOf(first)).toBe('high');
  expect(await severityOf(second)).toBeNull();
  expect(await ingest(...lines)).toEqual({ accepted: 0, duplicates: 4 });
  expect(await severityOf(first)).toBe('high');
});

it('a file stops at a retraction of what nobody knows, and says where and why', async () => {
  const event = change();
  const wrong = ingest(event, retraction(`${event.id}-x`));
  await expect(wrong).rejects.toThrow(/line 2.*data\.retracts\.id.*no such event was taken/is);
  expect(await severityOf(event)).toBe('low');
});

it.each([
  [{}, 'data.retracts'],
  [{ retracts: {} }, 'data.retracts.id'],
  [{ retracts: 'x' }, 'data.retracts'],
  [{ retracts: { id: 'x' }, reason: 'y'.repeat(1_001) }, 'data.reason'],
])('a retraction of %j is refused by its path', async (data, path) => {
  const answer = await post(retraction('x', data));
  expect(answer.status).toBe(422);
  expect(answer.body.errors.map((fault: any) => fault.path)).toEqual([path]);
  expect(answer.body.errors[0].message).toMatch(/\w/);
});

it.each([-1, 1.5, '1', null, 1e12])('a correction of %j is refused by its path', async (correction) => {
  const answer = await post(corrected(change(), 'low', correction));
  expect(answer.status, answer.text).toBe(422);
  expect(answer.body.errors.map((fault: any) => fault.path)).toEqual(['data.correction']);
});

it('what was retracted is neither heard of again by the same event, nor corrected back', async () => {
  const event = change();
  await post(event);
  await post(retraction(event.id));
  expect((await post(event)).body).toMatchObject({ duplicates: 1 });
  expect((await post(corrected(event, 'high'))).status).toBe(202);
  expect(await severityOf(event)).toBeNull();
});

it('the same correction from many at once is taken once', async () => {
  const event = change();
  await post(event);
  const answers = await Promise.all(Array.from({ length: 8 }, async () => post(corrected(event, 'high', 3))));
  expect(answers.filter(({ body }) => body.accepted === 1)).toHaveLength(1);
  const retracted = await Promise.all(Array.from({ length: 8 }, async () => post(retraction(event.id))));
  expect(retracted.filter(({ body }) => body.accepted === 1)).toHaveLength(1);
});
