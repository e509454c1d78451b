import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { alertsOf, watch } from '../support/watching.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

const send = async (body: string, type = 'application/cloudevents+json') =>
  app.call('POST', '/v1/events', { token: app.operatorToken, headers: { 'content-type': type }, body });
const changeOf = async (id: string) => app.call('GET', `/v1/changes/${id}`, { token: app.operatorToken });

/** What stands in `text` as often as `count` says, each time another. */
const words = (count: number, word: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => word(n)).join(' ');
const base36 = (n: number) => n.toString(36);

type Odd = [name: string, change: (event: any) => void];

const taken: Odd[] = [
  ['an offset of 14 hours', (event) => (event.time = '2026-01-01T00:00:00+14:00')],
  ['an offset that no place has', (event) => (event.time = '2026-01-01T00:00:00+15:59')],
  ['a fraction of 200 digits', (event) => (event.time = `2026-01-01T00:00:00.${'1'.repeat(200)}Z`)],
  ['an offset that PostgreSQL does not know', (event) => (event.time = '2026-01-01T00:00:00+23:00')],
  ['a fraction of 30 digits', (event) => (event.time = `2026-01-01T00:00:00.${'1'.repeat(30)}Z`)],
  ['the first day there is', (event) => (event.time = '0001-01-01T00:00:00Z')],
  ['the last day there is', (event) => (event.time = '9999-12-31T23:59:59Z')],
  ['the last effective day there is', (event) => (event.data.effectiveAt = '9999-12-31')],
  ['one category twice', (event) => (event.data.provision.categories = ['a', 'a', 'b'])],
  [
    'one agency twice, of 200 units',
    (event) => (event.data.analysis = { agencies: [{ code: '💥'.repeat(100) }, { code: '💥'.repeat(100) }] }),
  ],
  [
    'ids that are three bytes a character',
    (event) => {
      event.source = event.id = event.data.document.id = '字'.repeat(200);
      event.data.revision = { id: '字'.repeat(200) };
    },
  ],
  [
    'more agencies than a statement has parameters',
    (event) =>
      (event.data.analysis = { agencies: Array.from({ length: 15_000 }, (_, n) => ({ code: `${n}` })) }),
  ],
  ['an id that objects have', (event) => (event.data.provision.id = event.subject = '__proto__')],
  [
    'compounds, each of which is three words to a search',
    (event) => (event.data.after.text = words(22_000, (n) => `${base36(n + 60_000)}-${base36(n + 100_000)}`)),
  ],
  [
    'addresses, each of which is three words to a search',
    (event) => (event.data.after.text = words(20_000, (n) => `${base36(n)}.co/${base36(n)}`)),
  ],
  [
    'characters that stand for whole words',
    (event) =>
      (event.data.after.text = words(9_000, (n) =>
        Array.from(n.toString(8).padStart(8, '0'), (digit) => '㌀㌁㌂㌃㌄㌅㌆㌇'[Number(digit)]).join(''),
      )),
  ],
  [
    'words of one character',
    (event) => (event.data.after.text = words(50_000, (n) => String.fromCodePoint(0x20000 + (n % 42_000)))),
  ],
  ['emoji where a long word is cut', (event) => (event.data.after.text = `a${'💥'.repeat(2_000)}`)],
  [
    'writing without spaces, in which characters beyond 16 bits stand where it is cut',
    (event) => (event.data.after.text = `a${'𠮷'.repeat(2_000)}`),
  ],
  ['a single word of 200 KB', (event) => (event.data.after.text = 'word'.repeat(50_000))],
];

const refused: Odd[] = [
  ['a time in the year 0', (event) => (event.time = '0000-01-01T00:00:00Z')],
  ['a time that is in the year 0 in UTC', (event) => (event.time = '0001-01-01T00:00:00+14:00')],
  ['a time that is in the year 10000 in UTC', (event) => (event.time = '9999-12-31T23:59:59-14:00')],
  ['a leap second', (event) => (event.time = '2016-12-31T23:59:60Z')],
  ['an effective day in the year 0', (event) => (event.data.effectiveAt = '0000-01-01')],
  ['an update in the year 0', (event) => (event.data.document.lastUpdated = '0000-01-01')],
  ['NUL in an address', (event) => (event.data.document.url = 'https://x.test/a\u0000b')],
  ['half a surrogate pair in an address', (event) => (event.data.document.url = 'https://x.test/a\ud800b')],
  [
    'half a surrogate pair in the address of a capture',
    (event) =>
      (event.data.after.capture = {
        capturedAt: '2026-01-01T00:00:00Z',
        sourceUrl: 'https://x.test/a\ud800b',
      }),
  ],
  [
    'NUL where complaints go',
    (event) => (event.data.analysis = { agencies: [{ code: 'x', complaintUrl: 'https://x.test/a\u0000b' }] }),
  ],
];

const sendOdd = async (change: Odd[1]) => {
  const event = provisionEvent({ entity: 'odd' });
  change(event);
  return { time: event.time, answer: await send(JSON.stringify(event)) };
};

describe('an odd event', () => {
  it.each(taken)('is taken and can be read: %s', async (_name, change) => {
    const { time, answer } = await sendOdd(change);
    expect(answer.status, answer.text.slice(0, 300)).toBe(202);
    const read = await changeOf(answer.body.results[0].changeId);
    expect(read.status).toBe(200);
    expect(read.body.time).toBe(new Date(time).toISOString());
  });

  it.each(refused)('is refused with what is wrong: %s', async (_name, change) => {
    const { answer } = await sendOdd(change);
    expect(answer.status, answer.text.slice(0, 300)).toBe(422);
    expect(answer.body.errors).toHaveLength(1);
  });

  it.each(['application/cloudevents+json', 'application/cloudevents-batch+json'])(
    'is refused when it is nested deeper than it can be written: %s',
    async (type) => {
      const nested = `[${'['.repeat(100_000)}${']'.repeat(100_000)}]`;
      const { status } = await send(nested, type);
      expect([400, 422]).toContain(status);
    },
  );
});

it('takes a rewording in which no word stays', async () => {
  const all = (from: number) => words(23_000, (n) => `${base36(n + from)}-${base36(n + from)}`);
  for (const from of [50_000, 90_000]) {
    const event = provisionEvent({ entity: 'reworded', after: side('low', all(from)) });
    expect((await send(JSON.stringify(event))).status).toBe(202);
  }
});

it('orders the changes of a batch before 1970 as it does any', async () => {
  const at = (year: number, severity: 'low' | 'medium' | 'high') =>
    provisionEvent({ entity: 'ancient', time: `${year}-01-01T00:00:00Z`, after: side(severity, `${year}`) });
  const batch = JSON.stringify([at(1960, 'low'), at(1962, 'high'), at(1961, 'medium')]);
  const answer = await send(batch, 'application/cloudevents-batch+json');
  expect(answer.status, answer.text).toBe(202);
  expect(answer.body.results[2].delta).toMatchObject({ kind: 'escalated', before: 'low' });
});

describe('a word too long to be searched', () => {
  it.each([
    ['no phrase of its neighbours', '"class action"', 0],
    ['both of its neighbours found', 'class action', 1],
  ])('leaves %s', async (_what, keywords, alerts) => {
    const account = await app.createAccount();
    const entity = `long-word-${alerts}`;
    await watch(app, account, [['entity', entity]], { rule: { keywords } });
    const text = `You waive any class ${'long'.repeat(1_000)} action.`;
    await app.postEvents([provisionEvent({ entity, after: side('low', text) })]);
    await app.work();
    expect(await alertsOf(app, account)).toHaveLength(alerts);
  });

  it.each([10, 166, 1_000])(
    'is no paragraph in writing without spaces: all of it is searched, %i clauses on too',
    async (clauses) => {
      const account = await app.createAccount();
      const entity = `paragraph-${clauses}`;
      await watch(app, account, [['entity', entity]], { rule: { keywords: '仲裁' } });
      const text = `我${'隐私，'.repeat(clauses)}仲裁。`;
      await app.postEvents([provisionEvent({ entity, after: side('low', text) })]);
      await app.work();
      expect(await alertsOf(app, account)).toHaveLength(1);
    },
  );
});
