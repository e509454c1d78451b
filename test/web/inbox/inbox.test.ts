import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { provisionEvent, side } from '../../support/events.js';
import { visitor, type WebVisitor } from '../../support/visiting.js';
import { alertsOf, watch } from '../../support/watching.js';

let app: TestApp;
let account: TestAccount;
let reader: WebVisitor;

beforeAll(async () => {
  app = await startApp();
  account = await app.createAccount({ tier: 'professional' });
  await watch(app, account, [['everything', '*']], { name: 'Mine & <only>' });
  for (const severity of ['low', 'medium', 'high'] as const) {
    for (const entity of ['acme', 'globex']) {
      const provision = `${entity}-${severity}`;
      await app.postEvents([provisionEvent({ entity, provision, after: side(severity) })]);
      await app.work();
    }
  }
  reader = await visitor(app, account);
});
afterAll(async () => app.stop());

const titles = (text: string) =>
  [...text.matchAll(/data-open="?[^>]*>Provision ([^<]+)/g)].map(([, title]) => title);
const shown = async (path: string) => titles((await reader.get(path)).text);
const listed = async (query: string) => {
  const { status, body } = await app.call('GET', `/v1/alerts?${query}`, { token: account.token });
  expect(status).toBe(200);
  return body.items.map((one: any) => one.changes[0].provision.id);
};

it('shows the newest first, and filters as the API does', async () => {
  expect(await shown('/inbox')).toEqual([
    'globex-high',
    'acme-high',
    'globex-medium',
    'acme-medium',
    'globex-low',
    'acme-low',
  ]);
  for (const [query, expected] of [
    ['severity=high', ['globex-high', 'acme-high']],
    ['entity=acme', ['acme-high', 'acme-medium', 'acme-low']],
    ['entity=acme&severity=low', ['acme-low']],
    ['entity=nobody', []],
    ['state=reverted', []],
    ['state=acknowledged', []],
  ] as const) {
    expect(await shown(`/inbox?${query}`), query).toEqual(expected);
    expect(await listed(query), query).toEqual(expected);
  }
});

it('escapes the names of watchlists, and passes over filters that make no sense', async () => {
  const { status, text } = await reader.get('/inbox?state=lost&severity=dire&entity=a&entity=b');
  expect(status).toBe(200);
  expect(text).toContain('Mine &amp; &lt;only>');
  expect(titles(text)).toHaveLength(6);
  const refused = await app.call('GET', '/v1/alerts?state=lost', { token: account.token });
  expect(refused.status).toBe(422);
});

it('pages by a cursor that holds for its filters alone', async () => {
  const page = async (query: string) =>
    (await app.call('GET', `/v1/alerts?limit=2&${query}`, { token: account.token })).body;
  for (const [query, count] of [
    ['', 6],
    ['entity=acme', 3],
    ['severity=high', 2],
  ] as const) {
    const seen: string[] = [];
    let next = '';
    do {
      const { items, nextCursor } = await page(`${query}${next}`);
      seen.push(...items.map((one: any) => one.alert.id));
      next = nextCursor === null ? '' : `&cursor=${nextCursor}`;
    } while (next !== '');
    expect(new Set(seen).size, query).toBe(count);
    expect(seen, query).toHaveLength(count);
  }
  const { nextCursor } = await page('');
  const other = await app.call('GET', `/v1/alerts?entity=acme&cursor=${nextCursor}`, {
    token: account.token,
  });
  expect(other.status).toBe(422);
});

it('acknowledges what is ticked, and leads back to the same filters', async () => {
  const [newest, second] = await alertsOf(app, account);
  const answer = await reader.submit('/inbox?entity=globex', '/inbox/acknowledge', {
    id: [newest.alert.id, 'nonsense'],
  });
  expect(answer).toMatchObject({ status: 303, location: '/inbox?entity=globex&said=acknowledged' });
  expect(await shown('/inbox?state=acknowledged')).toEqual(['globex-high']);
  expect((await reader.get(answer.location!)).text).toContain('Acknowledged.');
  expect((await reader.submit('/inbox', '/inbox/acknowledge')).location).toBe('/inbox?said=none');
  const bulk = await app.call('POST', '/v1/alerts/acknowledge', {
    token: account.token,
    body: { ids: [newest.alert.id, second.alert.id, '999999999'] },
  });
  expect(bulk).toMatchObject({ status: 200, body: { acknowledged: 1 } });
});

it('says how many it would be before it acknowledges all that match, and leaves what came since', async () => {
  const path = '/inbox/acknowledge-all?entity=globex';
  const { text } = await reader.get(path);
  expect(text).toContain('Acknowledge 2 alerts');
  await app.postEvents([provisionEvent({ entity: 'globex', provision: 'globex-new', after: side('high') })]);
  const held = /name="newest" value="(\d+)"/.exec(text)![1]!;
  await app.work();
  const done = await reader.submit(path, '/inbox/acknowledge-all', { newest: held });
  expect(done.location).toBe('/inbox?entity=globex&said=acknowledged');
  expect(await shown('/inbox')).toEqual(['globex-new', 'acme-medium', 'acme-low']);
});

it('shows what went back as reverted', async () => {
  const before = side('low', 'As it was.');
  await app.postEvents([
    provisionEvent({ entity: 'turn', provision: 'turn-1', before, after: side('high') }),
  ]);
  await app.work();
  await app.postEvents([
    provisionEvent({ entity: 'turn', provision: 'turn-1', before: side('high'), after: before }),
  ]);
  await app.work();
  expect(await shown('/inbox?state=reverted')).toContain('turn-1');
  const [first] = (await app.call('GET', '/v1/alerts?state=reverted', { token: account.token })).body.items;
  expect((await reader.get(`/alerts/${first.alert.id}`)).text).toContain('Went back.');
});

it('is for members, and shows each their own', async () => {
  const stranger = await visitor(app, await app.createAccount());
  expect(titles((await stranger.get('/inbox')).text)).toEqual([]);
  const nobody = await visitor(app);
  for (const path of ['/inbox', '/deliveries', '/suppressed', '/inbox/acknowledge-all']) {
    expect(await nobody.get(path), path).toMatchObject({
      status: 303,
      location: `/sign-in?next=${encodeURIComponent(path)}`,
    });
  }
  expect((await reader.post('/inbox/acknowledge', { id: '1' })).status).toBe(403);
});
