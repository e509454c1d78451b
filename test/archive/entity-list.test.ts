import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EntitySummary } from '../../src/archive/archive-views.js';
import { cursorAfter, pageOf } from '../../src/platform/http/page.js';
import { startApp, type TestApp } from '../support/app.js';
import { anEvent } from './an-event.js';
import { postBatch } from './post-batch.js';

let app: TestApp;

const names: readonly (readonly [id: string, name: string])[] = [
  ['z-1', 'Alpha'],
  ['a-2', 'Alpha'],
  ['b-3', 'Beta 100%'],
  ['c-4', 'Émile_et_fils'],
  ['d-5', 'delta'],
  ['quoted', '"Quo\\ted"'],
];

/** A name as long as can be, of characters that grow most on their way into a cursor. */
const longest = ['l'.repeat(200), `L${'\u0001'.repeat(999)}`] as const;

beforeAll(async () => {
  app = await startApp();
  await postBatch(
    app,
    [...names, longest].map(([id, name]) =>
      anEvent({
        entity: { id, name },
        document: { id: `${id.slice(0, 190)}-terms`, title: 'Terms' },
        provision: { id: `${id.slice(0, 190)}-p` },
      }),
    ),
  );
});
afterAll(async () => app.stop());

const list = async (query: Record<string, string> = {}) =>
  app.call('GET', `/v1/entities?${new URLSearchParams(query)}`, { token: app.operatorToken });
const ids = (body: { items: { id: string }[] }) => body.items.map((item) => item.id);

const all = ['quoted', 'a-2', 'z-1', 'b-3', longest[0], 'd-5', 'c-4'];

describe('the list of entities', () => {
  it('goes by name, then by id', async () => {
    const { status, body } = await list();
    expect(status).toBe(200);
    expect(pageOf(EntitySummary).parse(body)).toEqual(body);
    expect(ids(body)).toEqual(all);
    expect(body.nextCursor).toBeNull();
    expect(body.items[1]).toEqual({ id: 'a-2', name: 'Alpha', exposure: 3, documents: 1, provisions: 1 });
  });

  it.each([1, 2, 3, 7])('shows each entity once in pages of %i', async (limit) => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { status, body } = await list({ limit: String(limit), ...(cursor !== null && { cursor }) });
      expect(status).toBe(200);
      seen.push(...ids(body));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(all);
  });

  it.each([
    ['ALPH', ['a-2', 'z-1']],
    ['-3', ['b-3']],
    ['%', ['b-3']],
    ['_', ['c-4']],
    ['\\', ['quoted']],
    ['  delta ', ['d-5']],
    ['émile', ['c-4']],
    ['nobody', []],
    ['', all],
  ])('finds "%s" in names and ids, in any case and to the letter', async (q, expected) => {
    expect(ids((await list({ q })).body)).toEqual(expected);
  });

  it('refuses a cursor of another search, of another list, and one that was made up', async () => {
    const { body } = await list({ limit: '1' });
    const cursor = String(body.nextCursor);
    const [name = ''] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as string[];
    const changes = await app.call('GET', '/v1/changes?limit=1', { token: app.operatorToken });
    const refused = [
      { q: 'alpha', cursor },
      { cursor: String(changes.body.nextCursor) },
      { cursor: 'nonsense' },
      { cursor: cursorAfter(name, 'no JSON') },
      { cursor: cursorAfter(name, JSON.stringify(['Alpha', '\u0000'])) },
      { cursor: cursorAfter(name, JSON.stringify(['\u0000', 'a-2'])) },
    ];
    for (const query of refused) {
      const answer = await list(query);
      expect(answer.status).toBe(422);
      expect(answer.body.errors).toEqual([{ path: 'cursor', message: expect.any(String) }]);
    }
  });

  it.each([
    [{ q: 'x'.repeat(201) }, 'q'],
    [{ q: '\u0000' }, 'q'],
    [{ limit: '0' }, 'limit'],
    [{ limit: '201' }, 'limit'],
    [{ limit: 'ten' }, 'limit'],
  ])('refuses %j and names the fault', async (query, path) => {
    const { status, body } = await list(query);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path }]);
  });
});
