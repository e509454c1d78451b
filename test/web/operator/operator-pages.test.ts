import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { provisionEvent, side } from '../../support/events.js';
import { visitor, type WebVisitor } from '../../support/visiting.js';
import { watch, webhookTo } from '../../support/watching.js';

let app: TestApp;
let operator: WebVisitor;
let account: TestAccount;
let hookId: string;

beforeAll(async () => {
  app = await startApp();
  operator = await visitor(app, 'operator');
  account = await app.createAccount({ email: 'reader@example.org' });
  const hook = await webhookTo(app, account, 'http://127.0.0.1:4999/nothing');
  hookId = hook.id;
  await watch(app, account, [['entity', 'acme']], { name: 'Terms of acme', destinationIds: [hook.id] });
});
afterAll(async () => app.stop());

const paths = [
  '/operator',
  '/operator/pulse',
  '/operator/inspector',
  '/operator/inspector?sample=rise',
  '/operator/destinations',
  '/operator/dead',
  '/operator/suppressed',
  '/operator/why',
  '/operator/accounts',
  '/operator/accounts/new',
];

it.each(paths)('shows %s to the operator, and to nobody else', async (path) => {
  expect((await operator.get(path)).status).toBe(200);
  for (const other of [await visitor(app), await visitor(app, account)]) {
    const { status, location } = await other.get(path);
    expect(status).toBe(303);
    expect(location).toContain('/operator/sign-in');
  }
});

describe('the inspector', () => {
  const count = async () =>
    (await app.database.query<{ n: number }>('select count(*)::integer as n from change'))[0]!.n;

  it('says whom an event would reach, keeps nothing, and sends it when told to', async () => {
    const event = provisionEvent({ entity: 'acme', after: side('high', 'You <b>may</b> not leave.') });
    const before = await count();
    const seen = await operator.submit('/operator/inspector', '/operator/inspector', {
      event: JSON.stringify(event),
    });
    expect(seen.status).toBe(200);
    expect(seen.text).toContain('1 account<');
    expect(seen.text).toContain('Webhook, at once');
    expect(seen.text).toContain('reader@example.org');
    expect(seen.text).not.toContain('<b>may</b>');
    expect(await count()).toBe(before);

    const form = /name="form_token" value="([^"]+)"/.exec(seen.text)![1]!;
    const sent = await operator.post('/operator/inspector/send', {
      form_token: form,
      event: JSON.stringify(event),
    });
    expect(sent.text).toContain('Sent. It goes the way of every event now.');
    expect(await count()).toBe(before + 1);

    const again = await operator.submit('/operator/inspector', '/operator/inspector', {
      event: JSON.stringify(event),
    });
    expect(again.text).toContain('It was taken before');
    expect(again.text).not.toContain('Send it for real');
  });

  it('says by path why intake would refuse an event, and keeps what was typed', async () => {
    const event = provisionEvent({ entity: 'acme' });
    const wrong = { ...event, data: { ...event.data, after: { severity: 'dire', text: 'x' } } };
    const seen = await operator.submit('/operator/inspector', '/operator/inspector', {
      event: JSON.stringify(wrong),
    });
    expect(seen.status).toBe(422);
    expect(seen.text).toContain('<code>data.after.severity</code>');
    expect(seen.text).toContain('dire');
    const gone = provisionEvent({ provision: 'never-there', after: null });
    const refused = await operator.submit('/operator/inspector', '/operator/inspector', {
      event: JSON.stringify(gone),
    });
    expect(refused.status).toBe(422);
    expect((await operator.submit('/operator/inspector', '/operator/inspector', { event: '{' })).status).toBe(
      400,
    );
  });

  it('waits for nobody who holds the entity, and takes no lock that lasts', async () => {
    const event = JSON.stringify(provisionEvent({ entity: 'acme', provision: 'held-1' }));
    await app.database.transaction(async (tx) => {
      await tx.query(`select from entity where id = 'acme' for update`);
      const { status, text } = await operator.submit('/operator/inspector', '/operator/inspector', { event });
      expect(status).toBe(503);
      expect(text).toContain('Try it again in a few seconds');
    });
    const locks = await app.database.query(
      // Other databases of the server have locks of their own.
      `select from pg_locks join pg_stat_activity using (pid)
       where locktype = 'transactionid' and pid <> pg_backend_pid() and datname = current_database()`,
    );
    expect(locks).toEqual([]);
  });
});

describe('dead deliveries', () => {
  const bury = async (n: number, reason: string) => {
    for (let i = 0; i < n; i++) {
      await app.database.execute(
        `insert into delivery (account_id, destination_id, kind, lane, state, reason, due_at, created_at, died_at)
         values ($1, $2, 'test', 'webhook', 'dead', $3, $4, $4, $4)`,
        [account.id, hookId, reason, app.clock.now()],
      );
    }
  };
  const dead = async () =>
    (
      await app.database.query<{ n: number }>(
        `select count(*)::integer as n from delivery where died_at is not null`,
      )
    )[0]!.n;

  it('are listed, counted before anything is done, and sent again as far as the filter shows them', async () => {
    await bury(130, 'the endpoint answered 500');
    await bury(3, 'no such host');
    const list = await operator.get('/operator/dead?reason=answered');
    expect(list.text).toContain('130 deliveries were given up');
    const path = '/operator/dead/replay?reason=answered';
    expect((await operator.get(path)).text).toContain('Send 130 again?');
    const done = await operator.submit(path, '/operator/dead/replay');
    expect(done.text).toContain('130 are on their way again');
    expect(await dead()).toBe(3);
    // Repeated, it finds nothing to do.
    expect((await operator.submit(path, '/operator/dead/replay')).text).toContain('0 are on their');
    expect(await dead()).toBe(3);
  });

  it('are sent again one by one', async () => {
    const { text } = await operator.get('/operator/dead');
    const action = /action="(\/operator\/dead\/\d+\/replay)"/.exec(text)![1]!;
    expect((await operator.submit('/operator/dead', action)).location).toBe('/operator/dead?said=replayed');
    expect(await dead()).toBe(2);
    expect((await operator.get('/operator/dead?since=nonsense')).status).toBe(422);
  });

  it('are listed and sent again by the API, for the operator alone', async () => {
    const list = '/v1/operator/dead-deliveries';
    const token = app.operatorToken;
    expect((await app.call('GET', list, { token })).body.items).toHaveLength(2);
    expect((await app.call('GET', list, { token: account.token })).status).toBe(403);
    const body = { lane: 'webhook' };
    expect((await app.call('POST', `${list}/replay`, { token: account.token, body })).status).toBe(403);
    expect((await app.call('POST', `${list}/replay`, { token, body })).body).toEqual({
      replayed: 2,
      skipped: 0,
      next: null,
    });
  });
});

describe('accounts', () => {
  it('are found by address, id and tier', async () => {
    const other = await app.createAccount({ email: 'Zoe_100%@example.org', tier: 'professional' });
    const found = async (query: string) => (await operator.get(`/operator/accounts?${query}`)).text;
    expect(await found('q=zoe_')).toContain('Zoe_100%@example.org');
    expect(await found('q=zoe%25')).toContain('No account matches');
    expect(await found(`q=${other.id}`)).toContain('Zoe_100%@example.org');
    expect(await found('tier=professional')).not.toContain('reader@example.org');
    const listed = await app.call('GET', '/v1/operator/accounts?limit=1', { token: app.operatorToken });
    expect(listed.body).toMatchObject({ items: [{ id: other.id }], nextCursor: expect.any(String) });
    const rest = `/v1/operator/accounts?limit=1&cursor=${listed.body.nextCursor}`;
    expect((await app.call('GET', rest, { token: app.operatorToken })).body.items[0].id).toBe(account.id);
  });

  it('are made, changed, signed out, given tokens and erased', async () => {
    const made = await operator.submit('/operator/accounts/new', '/operator/accounts/new', {
      email: 'new@example.org',
      tier: 'free',
    });
    const path = made.location!.split('?')[0]!;
    const id = path.split('/').at(-1)!;
    expect((await operator.get(made.location!)).text).toContain('The account is made');
    await operator.submit(path, path, { tier: 'watcher', timeZone: 'Asia/Tokyo' });
    const { body } = await app.call('GET', `/v1/accounts/${id}`, { token: app.operatorToken });
    expect(body).toMatchObject({ tier: 'watcher', timeZone: 'Asia/Tokyo' });
    const wrong = await operator.submit(path, path, { tier: 'watcher', timeZone: 'Mars/Olympus' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Mars/Olympus');

    const token = /toc_[\w-]+/.exec(
      (await operator.submit(path, `${path}/tokens`, { name: 'A script' })).text,
    )![0];
    expect((await app.call('GET', '/v1/account', { token })).status).toBe(200);
    expect((await operator.get(path)).text).not.toContain(token);

    const member = await visitor(app, { id });
    expect((await operator.get(path)).text).toContain('1 browser<');
    await operator.submit(path, `${path}/sessions/end`);
    expect((await operator.get(path)).text).toContain('0 browsers');
    expect(member.cookie()).not.toBe('');

    const kept = await operator.submit(path, `${path}/erase`, { address: 'other@example.org' });
    expect(kept.status).toBe(422);
    expect((await operator.submit(path, `${path}/erase`, { address: 'NEW@example.org' })).location).toBe(
      '/operator/accounts?said=erased',
    );
    expect((await operator.get(path)).status).toBe(404);
  });
});

it('takes a destination out of work with a word to its owner, and puts it back', async () => {
  const path = `/operator/destinations/${hookId}/disable`;
  expect((await operator.submit(path, path, { reason: ' ' })).status).toBe(422);
  const done = await operator.submit(path, path, { reason: 'it sends us nothing but errors' });
  expect(done.location).toBe('/operator/destinations?said=disabled');
  const list = await operator.get('/operator/destinations?status=disabled');
  expect(list.text).toContain('by the operator: it sends us nothing but errors');
  const [notice] = await app.database.query<{ reason: string }>(
    `select notice ->> 'reason' as reason from delivery where kind = 'notice' and account_id = $1`,
    [account.id],
  );
  expect(notice?.reason).toContain('it sends us nothing but errors');
  await operator.submit('/operator/destinations', `/operator/destinations/${hookId}/enable`);
  expect((await operator.get('/operator/destinations')).text).not.toContain('it sends us nothing');
});

it('says what is wrong in words, on top of the pulse', async () => {
  expect((await operator.get('/operator')).text).toContain('Nothing is wrong');
  await app.database.execute(
    `insert into delivery (account_id, destination_id, kind, lane, state, due_at, created_at, died_at)
     values ($1, $2, 'test', 'webhook', 'dead', $3, $3, $3)`,
    [account.id, hookId, app.clock.now()],
  );
  app.clock.advance(14 * 60);
  const { text } = await operator.get('/operator/pulse');
  expect(text).toContain('1 delivery was given up');
  expect(text).toMatch(/Webhook: \d+ wait, the oldest is 14 min late/);
  expect(text).not.toContain('<html');
});

it('answers why an account was told of a change, or that there is none', async () => {
  const [change] = await app.database.query<{ id: string }>('select id from change order by id limit 1');
  const { text } = await operator.get(`/operator/why?account=reader@example.org&change=${change!.id}`);
  expect(text).toContain('Terms of acme');
  expect((await operator.get('/operator/why?account=nobody@example.org&change=1')).status).toBe(404);
  expect((await operator.get('/operator/why?account=1&change=999999')).status).toBe(404);
});

it('searches what stands against an address by a form that is posted', async () => {
  const path = '/operator/suppressed';
  const found = await operator.submit(path, path, { address: 'clean@example.org' });
  expect(found.text).toContain('Nothing stands against');
  expect((await operator.submit(path, path, { address: 'x' })).status).toBe(422);
});
