import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { visitor } from '../support/visiting.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';
import { askFor, linkTo, use } from '../web/sign-in/sign-in-steps.js';

const mark = 'erasemeplease';

let app: TestApp;
let receiver: WebhookReceiver;

beforeAll(async () => {
  app = await startApp();
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await app.stop();
  await receiver.close();
});

async function tables(): Promise<string[]> {
  const rows = await app.database.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`,
  );
  return rows.map((row) => row.name);
}

/** In how many rows of which tables the mark still stands. */
async function traces(): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const table of await tables()) {
    const [row] = await app.database.query<{ count: number }>(
      `select count(*)::integer as count from ${table} t where t::text ilike '%${mark}%'`,
    );
    if (row && row.count > 0) found[table] = row.count;
  }
  return found;
}

/** Every table that says whose its rows are. */
async function tablesOfAccounts(): Promise<string[]> {
  const rows = await app.database.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'account_id' order by 1`,
  );
  return rows.map(({ name }) => name);
}

async function rowsOf(accountId: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const name of await tablesOfAccounts()) {
    const [row] = await app.database.query<{ count: number }>(
      `select count(*)::integer as count from "${name}" where account_id = $1`,
      [accountId],
    );
    if (row && row.count > 0) found[name] = row.count;
  }
  return found;
}

/** An account that has left something wherever it can. */
async function lastingAccount(): Promise<{ id: string; token: string }> {
  const account = await app.createAccount({ email: `${mark}@example.org`, tier: 'professional' });
  const { id, token } = account;
  const post = async (path: string, body?: unknown) => app.call('POST', path, { token, body });
  receiver.script(`/${mark}`, { status: 500, body: `no ${mark} here` });
  const destination = await post('/v1/destinations', {
    kind: 'webhook',
    label: `label ${mark}`,
    settings: { url: receiver.url(`/${mark}`) },
  });
  const watchlist = await post('/v1/watchlists', {
    name: `list ${mark}`,
    destinationIds: [destination.body.id],
  });
  await app.call('PUT', `/v1/watchlists/${watchlist.body.id}/follows/entity/${mark}`, { token });
  await app.call('PUT', `/v1/watchlists/${watchlist.body.id}/follows/everything/*`, { token });
  await post(`/v1/destinations/${destination.body.id}/test`);
  await app.database.execute(`insert into entity (id, name, updated_at) values ('e', 'E', now())`);
  await app.database.execute(
    `insert into document (id, entity_id, title, updated_at) values ('d', 'e', 'D', now())`,
  );
  await app.database.execute(
    `with r as (insert into revision (source, document_id, entity_id) values ('s', 'd', 'e') returning id),
     a as (insert into alert (revision_id, account_id, change_ids, watchlist_ids, created_at)
       select id, $1, '{}', '{}', now() from r returning id)
     insert into delivery (account_id, alert_id, destination_id, lane, parcel_id, due_at, created_at)
     select $1, id, $2, 'nobody', 0, now(), now() from a`,
    [id, destination.body.id],
  );
  await app.database.execute(
    `insert into bundle (delivery_id, destination_id, account_id, began_at)
     select id, destination_id, account_id, created_at from delivery where account_id = $1 limit 1`,
    [id],
  );
  await app.database.execute(
    `insert into slack_workspace (account_id, team_id, team_name, status, installed_at)
     values ($1, 'T1', $2, 'removed', now())`,
    [id, `workspace ${mark}`],
  );
  await app.database.execute(
    `insert into slack_installation (hash, account_id, expires_at) values ('a hash', $1, now())`,
    [id],
  );
  await app.database.execute(
    `insert into account_identity (issuer, subject, account_id, created_at) values ('i', $2, $1, now())`,
    [id, `subject ${mark}`],
  );
  await app.database.execute(
    `insert into alert_note (alert_id, account_id, text, at) select id, $1, $2, now() from alert where account_id = $1 limit 1`,
    [id, `note ${mark}`],
  );
  await app.call('PUT', `/v1/mutes/document/${mark}`, { token });
  await post('/v1/destinations', { kind: 'email', settings: { address: `${mark}-2@example.org` } });
  await signInAndAskAgain(account);
  await app.work();
  return { id, token };
}

/** A browser that is signed in, a link that was not used, and attempts that were counted. */
async function signInAndAskAgain({ email }: { email: string }): Promise<void> {
  const browser = await visitor(app);
  await askFor(app, browser, email);
  await use(browser, (await linkTo(app, email))!);
  await app.database.execute(`update session set device = $1`, [`device ${mark}`]);
  await askFor(app, await visitor(app), email, { next: `/entities/${mark}` });
}

it('erases everything that is kept of an account, and nothing of others', async () => {
  const { id, token } = await lastingAccount();
  const other = await app.createAccount({ email: 'other@example.org' });
  const before = await traces();
  expect(Object.keys(before)).toEqual(
    expect.arrayContaining(['account', 'destination', 'watchlist', 'follow', 'delivery_attempt']),
  );
  // Whatever table comes to say whose its rows are, this account has to have one there.
  expect(Object.keys(await rowsOf(id))).toEqual(await tablesOfAccounts());
  expect(await app.database.query(`select 1 from attempt_count`)).not.toEqual([]);
  const { text } = await app.call('GET', '/v1/account/export', { token });
  for (const word of ['label', 'list', 'note', 'subject', 'device', 'workspace']) {
    expect(text).toContain(`${word} ${mark}`);
  }

  const { status } = await app.call('DELETE', `/v1/accounts/${id}`, { token: app.operatorToken });

  expect(status).toBe(204);
  expect(await traces()).toEqual({});
  expect(await rowsOf(id)).toEqual({});
  expect(await app.database.query('select * from delivery_attempt')).toEqual([]);
  expect((await app.call('GET', '/v1/account', { token })).status).toBe(401);
  expect((await app.call('GET', '/v1/account', { token: other.token })).status).toBe(200);
  expect((await app.call('DELETE', `/v1/accounts/${id}`, { token: app.operatorToken })).status).toBe(404);
});

it('gives the address free', async () => {
  const { id } = await app.createAccount({ email: 'again@example.org' });
  await app.call('DELETE', `/v1/accounts/${id}`, { token: app.operatorToken });

  await expect(app.createAccount({ email: 'again@example.org' })).resolves.toMatchObject({
    email: 'again@example.org',
  });
});
