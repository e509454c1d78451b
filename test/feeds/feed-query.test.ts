import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent } from '../support/events.js';
import { watch } from '../support/watching.js';
import { sqlStatements } from '../architecture/sql-statements.js';
import { feedOf, provisionsOf, readFeed } from './feed-reader.js';

const entities = 500;
const changes = 20_000;
const otherFeeds = 3_000;

let app: TestApp;
let account: TestAccount;

beforeAll(async () => {
  app = await startApp();
  account = await app.createAccount({ tier: 'professional' });
  const other = await app.createAccount();
  await app.postEvents([provisionEvent({ entity: 'pattern', provision: 'pattern' })]);
  // A big archive, all of it like the one change that came in by the door.
  await app.database.execute(
    `insert into entity (id, name, updated_at) select 'e' || n, 'E', now() from generate_series(1, $1::integer) n`,
    [entities],
  );
  await multiply('revision', { external_id: `'made-' || n` });
  await multiply('change', {
    event_id: `'made-' || n`,
    entity_id: `'e' || n % ${entities} + 1`,
    revision_id: 'one.revision_id + n',
  });
  await app.database.execute(
    `insert into change_subject (change_id, kind, key)
     select id, subject.kind, subject.key from change cross join lateral (values
       ('entity', entity_id), ('everything', '*'), ('category', 'of-all')) subject (kind, key)
     on conflict do nothing`,
  );
  // And as many feeds of others.
  await app.database.execute(
    `with made as (
       insert into watchlist (account_id, name, min_rank, direction, min_change, kinds, cadence, created_at)
       select $1, 'Other', 1, 'any', 0, '{reworded}', '{"mode": "instant"}', now() from generate_series(1, $2::integer)
       returning id)
     insert into watchlist_feed (watchlist_id, id, hash, created_at)
     select id, gen_random_uuid(), sha256(id::text::bytea), now() from made`,
    [other.id, otherFeeds],
  );
  await app.database.execute('analyze');
});
afterAll(async () => app.stop());

/** Copies the one row of a table `changes` times, but for what is told of column and value. */
async function multiply(table: string, told: Record<string, string>): Promise<void> {
  const columns = await app.database.query<{ name: string }>(
    'select column_name as name from information_schema.columns where table_name = $1',
    [table],
  );
  const names = columns.map(({ name }) => name);
  const values = names.map((name) => told[name] ?? (name === 'id' ? 'one.id + n' : `one.${name}`));
  await app.database.execute(
    `insert into ${table} (${names.join(', ')}) overriding system value
     select ${values.join(', ')} from ${table} one cross join generate_series(1, ${changes}) n`,
  );
}

async function planOf(name: string, parameters: readonly unknown[]): Promise<string> {
  const path = 'src/feeds/feed.store.ts';
  const found = sqlStatements({ path, text: await readFile(path, 'utf8') });
  const { sql } = found.find((one) => one.name === `${path} ${name}`)!;
  const rows = await app.database.query<Record<string, string>>(`explain ${sql}`, parameters);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

it.each([
  ['everything', [['everything', '*']]],
  ['one entity', [['entity', 'e7']]],
  ['many entities', Array.from({ length: 300 }, (_, n) => ['entity', `e${n + 1}`] as const)],
] as [string, (readonly [string, string])[]][])(
  'reads no table of history from end to end: %s',
  async (_, follows) => {
    const id = await watch(app, account, follows);
    const plan = await planOf('FIND_WANTED', [id, 50, 5_000]);
    expect(plan).toContain('change_subject_newest');
    expect(plan).not.toMatch(/Seq Scan on (change|change_subject|alert)\b/);

    const path = await feedOf(app, account, id);
    expect(provisionsOf((await readFeed(app, path)).text).length).toBeGreaterThanOrEqual(40);
  },
);

it('finds an address by its index', async () => {
  const plan = await planOf('FIND_FEED', [Buffer.alloc(32)]);
  expect(plan).toContain('watchlist_feed_hash_key');
});
