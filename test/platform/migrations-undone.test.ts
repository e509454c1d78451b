import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrations } from '../../migrations/all.js';
import { DeliveryEngine1796083200000 } from '../../migrations/1796083200000-delivery-engine.js';
import { Silence1797120000000 } from '../../migrations/1797120000000-silence.js';
import { ingestLines } from '../../src/commands/ingest-file.js';
import { Intake } from '../../src/intake/intake.js';
import { Database } from '../../src/platform/database.js';
import { migrate } from '../../src/platform/migrate.js';
import type { TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { livedIn } from '../support/lived-in.js';
import { createTestDatabase } from '../support/postgres.js';
import { visitor } from '../support/visiting.js';

let app: TestApp;
let member: { id: string; email: string };
let admin: Database;

beforeAll(async () => {
  ({ app, member } = await livedIn());
  admin = await Database.connect((app.database.source.options as any).url, { migrations });
  // Something in every table that came with the web application.
  const reader = await visitor(app, member);
  const { text } = await reader.get('/inbox');
  const alert = /href="(\/alerts\/\d+)"/.exec(text)![1]!;
  expect((await reader.submit(alert, `${alert}/note`, { text: 'Kept?' })).status).toBe(303);
  await (await visitor(app)).submit('/sign-in', '/sign-in', { email: member.email });
  await app.call('GET', '/v1/account', { token: 'wrong' });
  await app.database.execute(
    `insert into account_identity (issuer, subject, account_id, created_at) values ('i', 's', $1, now())`,
    [member.id],
  );
});
afterAll(async () => {
  await admin.close();
  await app.stop();
});

/** What the schema is made of, apart from the order of columns and the partitions that come with the months. */
async function schemaOf(database: Database): Promise<string[]> {
  const rows = await database.query<{ line: string }>(
    `with own as (
       select c.oid, c.relname, c.relkind from pg_class c
       where c.relnamespace = 'public'::regnamespace and not c.relispartition and c.relname not like 'migration%'
     )
     select format('%s.%s %s %s %s', o.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
         pg_get_expr(d.adbin, d.adrelid)) as line
       from own o join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped
       left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
       where o.relkind in ('r', 'p')
     union all select pg_get_indexdef(i.indexrelid) from pg_index i join own o on o.oid = i.indrelid
     union all select format('%s: %s', o.relname, pg_get_constraintdef(c.oid)) from pg_constraint c join own o on o.oid = c.conrelid
     union all select pg_get_triggerdef(t.oid) from pg_trigger t join own o on o.oid = t.tgrelid where not t.tgisinternal
     union all select pg_get_functiondef(p.oid) from pg_proc p where p.pronamespace = 'public'::regnamespace
     order by 1`,
  );
  return rows.map(({ line }) => line);
}

/** The schema that the first migrations of the list make by themselves. */
async function schemaAfter(count: number): Promise<string[]> {
  const empty = await createTestDatabase();
  const database = await Database.connect(empty.url, { migrations: migrations.slice(0, count) });
  try {
    await database.execute(`drop schema public cascade`);
    await database.execute(`create schema public`);
    await migrate(database);
    return await schemaOf(database);
  } finally {
    await database.close();
    await empty.drop();
  }
}

const undoLast = async (count: number) => {
  for (let n = 0; n < count; n++) await admin.source.undoLastMigration({ transaction: 'each' });
};

const kept = async () => {
  const [row] = await app.database.query(
    `select (select count(*) from account) as accounts, (select count(*) from alert) as alerts,
       (select count(*) from delivery) as deliveries, (select count(*) from follow) as follows,
       (select count(*) from api_token) as tokens`,
  );
  return row;
};

it('is undone to before the web application and done again, with all that it does not keep alone', async () => {
  const before = migrations.indexOf(Silence1797120000000) + 1;
  const [whole, rows] = [await schemaOf(app.database), await kept()];

  await undoLast(migrations.length - before);

  expect(await schemaOf(app.database)).toEqual(await schemaAfter(before));
  expect(await kept()).toEqual(rows);
  // Meanwhile the version from before it is at work: intake is the same.
  const events = [1, 2, 3].map((n) =>
    provisionEvent({
      entity: 'meanwhile',
      clauseType: 'between-versions',
      after: side(n === 2 ? 'high' : 'low', `Words ${n}.`),
    }),
  );
  const lines = Readable.from(events.map((event) => `${JSON.stringify(event)}\n`));
  await ingestLines(app.app.get(Intake), lines, true, { advance: () => undefined });

  const done = await migrate(admin);

  expect(done).toEqual(migrations.slice(before).map(({ name }) => name));
  expect(await schemaOf(app.database)).toEqual(whole);
  expect(await kept()).toEqual(rows);
  const [week] = await app.database.query<{ low: string; high: string }>(
    `select sum(low) as low, sum(high) as high from document_week where document_id like 'meanwhile%'`,
  );
  expect(week).toEqual({ low: '1', high: '2' });
  expect(
    await app.database.query(`select slug from clause_type where slug = 'between-versions'`),
  ).toHaveLength(1);
  const reader = await visitor(app, member);
  for (const path of [
    '/overview',
    '/inbox',
    '/search?q=meanwhile',
    '/recent?entity=meanwhile',
    '/entities/meanwhile',
  ]) {
    expect((await reader.get(path)).status, path).toBe(200);
  }
});

it('is undone as far as it ever was to be, and done again', async () => {
  const whole = await schemaAfter(migrations.length);
  const engine = migrations.indexOf(DeliveryEngine1796083200000) + 1;
  // The delivery engine says itself that it can't be undone.
  await undoLast(migrations.length - engine);
  expect(await schemaOf(app.database)).toEqual(await schemaAfter(engine));
  await expect(undoLast(1)).rejects.toThrow('restore a backup');
  await migrate(admin);
  expect(await schemaOf(app.database)).toEqual(whole);
});
