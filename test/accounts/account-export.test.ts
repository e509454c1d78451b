import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportedTables } from '../../src/accounts/export/kept.store.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent } from '../support/events.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';
import { visitor } from '../support/visiting.js';
import { watch, webhookTo } from '../support/watching.js';

let app: TestApp;
let receiver: WebhookReceiver;
let owner: TestAccount;
let stranger: TestAccount;
let secret: string;

beforeAll(async () => {
  [app, receiver] = await Promise.all([startApp(), startWebhookReceiver()]);
  [owner, stranger] = [await app.createAccount(), await app.createAccount()];
  receiver.script('/down', { status: 500, body: 'out of order' });
  const hook = await webhookTo(app, owner, receiver.url('/down'));
  secret = hook.secret;
  await watch(app, owner, [['entity', 'mine']], { name: 'Cloud terms', destinationIds: [hook.id] });
  await app.call('PUT', '/v1/mutes/document/boring', { token: owner.token, body: {} });
  await app.call('POST', '/v1/destinations', {
    token: owner.token,
    body: { kind: 'email', settings: { address: 'friend@example.org' } },
  });
  await visitor(app, owner);
  for (const { id } of [owner, stranger]) {
    await app.database.execute(
      `insert into slack_workspace (account_id, team_id, team_name, status, sealed, installed_at)
       values ($1, 'T1', $2, 'active', 'sealed', now())`,
      [id, `Team of ${id}`],
    );
    await app.database.execute(
      `insert into slack_installation (hash, account_id, expires_at) values ($2, $1, now())`,
      [id, Buffer.from(id)],
    );
  }
  await app.postEvents([provisionEvent({ entity: 'mine' })]);
  await app.work();
});
afterAll(async () => {
  await app.stop();
  await receiver.close();
});

const exported = async (who: TestAccount) => app.call('GET', '/v1/account/export', { token: who.token });

describe('the export of an account', () => {
  it('covers every table whose rows belong to accounts', async () => {
    const tables = await app.database.query<{ name: string }>(
      `select c.table_name as name from information_schema.columns c
       join pg_class k on k.relname = c.table_name and k.relnamespace = 'public'::regnamespace and not k.relispartition
       where c.table_schema = 'public' and c.column_name = 'account_id'`,
    );
    expect(exportedTables.toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
  });

  it('holds what was made, alerts and deliveries with their attempts', async () => {
    const { status, body, headers } = await exported(owner);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('application/json');
    expect(body.account).toMatchObject({ id: owner.id, email: owner.email });
    expect(body.exportedAt).toBe(app.clock.now().toISOString());
    expect(body.tokens).toMatchObject([{ name: 'test' }]);
    expect(body.sessions).toMatchObject([{ device: 'a test' }]);
    expect(body.destinations).toHaveLength(3);
    expect(body.watchlists).toMatchObject([{ name: 'Cloud terms', destinationIds: [expect.any(String)] }]);
    expect(body.follows).toMatchObject([{ kind: 'entity', key: 'mine' }]);
    expect(body.mutes).toMatchObject([{ kind: 'document', key: 'boring' }]);
    expect(body.slackWorkspaces).toMatchObject([{ teamName: `Team of ${owner.id}` }]);
    expect(body.confirmationMails).toHaveLength(1);
    expect(body.alerts).toHaveLength(1);
    const failed = body.deliveries.find(({ lane }: any) => lane === 'webhook');
    expect(failed.failedAttempts).toMatchObject([{ status: 500, excerpt: 'out of order' }]);
  });

  it('goes on beyond a page', async () => {
    await app.database.execute(
      `insert into alert (revision_id, account_id, change_ids, watchlist_ids, created_at)
       select -n, $1::bigint, '{}', '{}', now() from generate_series(1, 1100) n`,
      [owner.id],
    );
    const { body } = await exported(owner);
    expect(body.alerts).toHaveLength(1_101);
    expect(new Set(body.alerts.map(({ id }: any) => id)).size).toBe(1_101);
  });

  it('holds no secret, no hash, and nothing of anybody else', async () => {
    const { text } = await exported(owner);
    expect(text).not.toContain(secret);
    expect(text).not.toContain(owner.token);
    expect(text).not.toContain('"Buffer"');
    expect(text).not.toMatch(/"(hash|sealed|addressHash|familyHash|operatorHash)":(?!null)/);
    const { body: other, text: othersText } = await exported(stranger);
    expect(othersText).not.toContain('Cloud terms');
    expect(other.account.id).toBe(stranger.id);
    expect(other.alerts).toEqual([]);
    expect(other.deliveries).toEqual([]);
    expect(other.slackWorkspaces).toMatchObject([{ teamName: `Team of ${stranger.id}` }]);
  });

  it('needs every secret column to be of type bytea', async () => {
    const columns = await app.database.query<{ name: string; type: string }>(
      `select table_name || '.' || column_name as name, data_type as type from information_schema.columns
       where table_schema = 'public' and table_name = any ($1)
         and column_name ~ 'hash|sealed|secret|token|password'`,
      [exportedTables],
    );
    expect(columns.length).toBeGreaterThan(3);
    expect(columns.filter(({ type }) => type !== 'bytea')).toEqual([]);
  });
});
