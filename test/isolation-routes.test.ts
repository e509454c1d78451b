import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from './support/app.js';
import { ownedThings, type OwnedThings } from './support/owned-things.js';
import { everybodys, linesOf, ones, owned, sandbox, secrets } from './support/route-owners.js';
import { routesOf, type Route } from './support/routes.js';
import { visitor, type WebVisitor } from './support/visiting.js';

const shapeOf = (line: string) => line.replaceAll(/:\w+/g, ':');
const lineOf = ({ method, path }: Route) => shapeOf(`${method} ${path}`);
const isOperators = ({ access, pagesFor }: Route) => access === 'operator' || pagesFor === 'operator';

const mark = 'zzowner';
let app: TestApp;
let owner: TestAccount;
let stranger: TestAccount;
let ids: OwnedThings;
let theirs: WebVisitor;
let nobody: WebVisitor;
let mine: WebVisitor;

beforeAll(async () => {
  app = await startApp();
  owner = await app.createAccount({ email: `${mark}@example.org`, tier: 'professional' });
  stranger = await app.createAccount({ tier: 'professional' });
  ids = await ownedThings(app, owner, mark);
  [mine, theirs, nobody] = [await visitor(app, owner), await visitor(app, stranger), await visitor(app)];
});
afterAll(async () => app.stop());

const split = (line: string) => line.split(' ') as [method: string, path: string];
const filled = (path: string) => path.replaceAll(/:(\w+)/g, (_, name: string) => ids[name] ?? '1');

/** All that is kept of the owner. */
async function kept(): Promise<Record<string, unknown>> {
  const tables = await app.database.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'account_id' order by 1`,
  );
  const found: Record<string, unknown> = {};
  for (const { name } of tables) {
    found[name] = await app.database.query(
      `select to_jsonb(t) - 'seen_at' - 'last_used_at' as row from "${name}" t where account_id = $1 order by 1`,
      [owner.id],
    );
  }
  const [account] = await app.database.query(`select to_jsonb(a) as row from account a where id = $1`, [
    owner.id,
  ]);
  return { ...found, itself: account };
}

/** What a form may hold, so that no form is refused for what it lacks; every id in it is the owner's. */
function formOf(form_token: string): Record<string, string> {
  const { alert, destination, watchlist, workspace } = ids as Record<string, string>;
  return {
    form_token,
    do: 'save',
    id: alert!,
    newest: alert!,
    watchlist: watchlist!,
    destinations: destination!,
    workspace: workspace!,
    name: 'Stolen',
    label: 'Stolen',
    text: 'Stolen',
    kind: 'entity',
    key: 'mine',
    target: 'document mine-terms',
    add: 'entity:stolen',
    follow: 'entity:mine',
    url: 'https://stranger.example.org/',
    address: `${mark}@example.org`,
    since: '2026-01-01T00:00',
    until: new Date(app.clock.now().getTime() + 5 * 86_400_000).toISOString().slice(0, 16),
    minSeverity: 'low',
    direction: 'any',
    minChange: '0',
    kinds: 'introduced',
    mode: 'instant',
    timeZone: 'UTC',
    quiet: 'off',
  };
}

/** The same as JSON. */
function bodyOf(path: string): unknown {
  const { alert, destination } = ids as Record<string, string>;
  if (path.endsWith('/recover')) return { since: '2026-01-01T00:00:00Z' };
  if (path.endsWith('/note')) return { text: 'Stolen' };
  if (path.endsWith('/replay')) return { alert, destination };
  if (path.endsWith('/alerts/acknowledge')) return { ids: [alert] };
  if (path === '/v1/watchlists') return { name: 'Stolen', destinationIds: [destination] };
  if (path.includes('/watchlists/')) return { name: 'Stolen' };
  if (path.endsWith('/tokens')) return { name: 'Stolen' };
  if (path.endsWith('/account')) return { timeZone: 'Asia/Tokyo' };
  return { label: 'Stolen' };
}

async function ask(
  line: string,
  reader: WebVisitor,
  token: string | undefined,
): Promise<{ status: number; text: string; location: string | null }> {
  const [method, template] = split(line);
  const path = filled(template);
  if (template.startsWith('/v1/')) {
    const answer = await app.call(method, path, {
      ...(token !== undefined && { token }),
      ...(method !== 'GET' && method !== 'DELETE' && { body: bodyOf(path) }),
    });
    return { ...answer, location: null };
  }
  if (method === 'GET') return reader.get(path);
  const page = await reader.get(reader === nobody ? '/sign-in' : '/settings');
  return reader.post(path, formOf(/name="form_token" value="([^"]+)"/.exec(page.text)![1]!));
}

describe('every route', () => {
  it('stands in one list of whose it is', () => {
    const listed = [...owned, ...ones, ...everybodys, ...secrets, ...sandbox].map(shapeOf);
    const routes = routesOf(app);
    expect(
      routes
        .filter((route) => !isOperators(route))
        .map(lineOf)
        .toSorted(),
    ).toEqual(listed.toSorted());
    // Whose token or session it asks for says the same.
    const closed = routes.filter(({ access, pagesFor }) => access === 'account' || pagesFor === 'member');
    const accounts = new Set([...owned, ...ones].map(shapeOf));
    expect(closed.map(lineOf).filter((line) => !accounts.has(line))).toEqual([]);
    const open = [...accounts].filter((line) => !closed.map(lineOf).includes(line));
    expect(open.toSorted()).toEqual(['GET /alerts/:', 'GET /digests/:']);
  });

  it('has something of the owner’s to be asked for', async () => {
    expect(Object.entries(ids).filter(([, id]) => !id || id.startsWith('-'))).toEqual([]);
    for (const line of owned.filter((one) => one.startsWith('GET /') && !one.includes('/v1/'))) {
      expect([line, (await ask(line, mine, owner.token)).status]).toEqual([line, 200]);
    }
    const told = [];
    for (const line of ones.filter((one) => one.startsWith('GET'))) {
      if ((await ask(line, mine, owner.token)).text.includes(mark)) told.push(line);
    }
    expect(told).toEqual(
      expect.arrayContaining(
        linesOf(`GET /inbox | GET /mutes | GET /changes/:change/why | GET /destinations | GET /watchlists
          GET /watchlists/export | GET /settings/data/export | GET /settings/tokens | GET /settings/suppressions
          GET /v1/account | GET /v1/alerts | GET /v1/destinations | GET /v1/slack/workspaces | GET /v1/watchlists`),
      ),
    );
  });
});

describe('to another account', () => {
  it.each(owned)('%s is not there, and nothing of the owner changes', async (line) => {
    const before = await kept();
    const { status, text } = await ask(line, theirs, stranger.token);
    expect(status).toBe(404);
    expect(text).not.toContain(mark);
    expect(await kept()).toEqual(before);
  });

  it.each(ones)('%s shows and changes nothing of the owner', async (line) => {
    const before = await kept();
    const { status, text } = await ask(line, theirs, stranger.token);
    expect(status).toBeLessThan(500);
    // What was typed comes back.
    if (line !== 'POST /settings/data/delete') expect(text).not.toContain(mark);
    expect(await kept()).toEqual(before);
  });
});

describe('to who is not signed in', () => {
  it.each([...owned, ...ones])('%s asks to sign in, or for a token', async (line) => {
    const before = await kept();
    const { status, text, location } = await ask(line, nobody, undefined);
    if (line.includes(' /v1/')) expect(status).toBe(401);
    else expect([status, location]).toEqual([303, expect.stringMatching(/^\/sign-in(\?next=|$)/)]);
    expect(text).not.toContain(mark);
    expect(await kept()).toEqual(before);
  });

  it('whether there is such a thing is not told', async () => {
    for (const line of owned.filter((one) => one.startsWith('GET /') && !one.includes(' /v1/'))) {
      const [, path] = split(line);
      const { status, location } = await nobody.get(path.replaceAll(/:\w+/g, '999999'));
      expect([line, status, location?.startsWith('/sign-in?next=')]).toEqual([line, 303, true]);
    }
  });
});

it('nothing of the operator’s is for an account or a visitor', async () => {
  const operators = routesOf(app).filter(isOperators);
  expect(operators.length).toBeGreaterThan(30);
  const before = await kept();
  for (const { method, path, pagesFor } of operators) {
    const line = `${method} ${path.replace(':id', owner.id)}`;
    for (const [reader, token] of [
      [theirs, stranger.token],
      [nobody, undefined],
    ] as const) {
      const { status, text, location } = await ask(line, reader, token);
      if (pagesFor === undefined) expect([line, status]).toEqual([line, token === undefined ? 401 : 403]);
      else
        expect([line, status, location]).toEqual([line, 303, expect.stringMatching(/^\/operator\/sign-in/)]);
      expect(text).not.toContain(mark);
    }
  }
  expect(await kept()).toEqual(before);
});

it('all of the owner’s is there for the owner, until it is ended', async () => {
  const ended = new Set<string>();
  const missing = [];
  for (const line of owned) {
    const thing = /:(\w+)/.exec(line)![1]!;
    const { status, location } = await ask(line, await visitor(app, owner), owner.token);
    const isGone = status === 404 || status >= 500 || location?.startsWith('/sign-in') === true;
    if (isGone !== ended.has(thing)) missing.push(`${status} ${line}`);
    if (/\/(remove|delete|withdraw|lift|end)$/.test(line) && line.startsWith('POST')) ended.add(thing);
  }
  expect(missing).toEqual([]);
});
