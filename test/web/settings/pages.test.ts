import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { visitor, type WebVisitor } from '../../support/visiting.js';
import { watch } from '../../support/watching.js';

let app: TestApp;
let owner: TestAccount;
let web: WebVisitor;

beforeAll(async () => {
  app = await startApp();
  owner = await app.createAccount({ email: 'Kim@example.org' });
  web = await visitor(app, owner);
});
afterAll(async () => app.stop());

const account = async () => (await app.call('GET', '/v1/account', { token: owner.token })).body;

describe('the settings of time', () => {
  it('take a zone, and say what is wrong with one that is none', async () => {
    const wrong = await web.submit('/settings', '/settings/time-zone', { timeZone: 'Middle/Earth' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('value="Middle/Earth"');
    expect((await account()).timeZone).toBe('UTC');
    const saved = await web.submit('/settings', '/settings/time-zone', { timeZone: 'Asia/Kolkata' });
    expect(saved.location).toBe('/settings?said=zone');
    expect((await account()).timeZone).toBe('Asia/Kolkata');
  });

  it('take quiet hours of every day and of single ones, and show them again as they are', async () => {
    const saved = await web.submit('/settings', '/settings/quiet-hours', {
      quiet: 'on',
      from: '21:30',
      to: '06:15',
      breakThrough: 'high',
      'day-saturday': 'own',
      'day-saturday-from': '00:00',
      'day-saturday-to': '00:00',
      'day-monday': 'none',
    });
    expect(saved.location).toBe('/settings?said=quiet');
    const hours = {
      from: '21:30',
      to: '06:15',
      breakThrough: 'high',
      days: { monday: null, saturday: { from: '00:00', to: '24:00' } },
    };
    expect((await account()).quietHours).toEqual(hours);
    await web.submit('/settings', '/settings/quiet-hours');
    expect((await account()).quietHours).toEqual(hours);
  });

  it('come back filled in when they leave no time, with the fault beside its day', async () => {
    const { status, text } = await web.submit('/settings', '/settings/quiet-hours', {
      quiet: 'on',
      from: '20:00',
      to: '20:00',
      'day-tuesday': 'own',
      'day-tuesday-from': '09:00',
      'day-tuesday-to': '09:00',
    });
    expect(status).toBe(422);
    expect(text).toContain('href="#to"');
    expect(text).toContain('id="day-tuesday-fault"');
    expect(text).toContain('value="20:00"');
  });

  it('end quiet hours', async () => {
    const ended = await web.submit('/settings', '/settings/quiet-hours', { quiet: 'off' });
    expect(ended.location).toBe('/settings?said=loud');
    expect((await account()).quietHours).toBeNull();
  });

  it('say which watchlists gather, and when they send', async () => {
    const cadence = { mode: 'weekly', on: 'monday', at: '08:00' };
    const id = await watch(app, owner, [], { name: 'Weekly review', cadence });
    const { text } = await web.get('/settings');
    expect(text).toContain(`href="/watchlists/${id}"`);
    expect(text).toContain('Every Monday at 08:00');
  });
});

describe('the tokens', () => {
  it('are made, shown once, and withdrawn', async () => {
    const made = await web.submit('/settings/tokens', '/settings/tokens', { name: 'nightly <job>' });
    const token = /toc_[\w-]{43}/.exec(made.text)?.[0] ?? '';
    expect(made.text).toContain(`data-copy="${token}"`);
    expect((await app.call('GET', '/v1/account', { token })).status).toBe(200);
    const list = await web.get('/settings/tokens');
    expect(list.text).not.toContain(token);
    expect(list.text).toContain('nightly &lt;job>');
    const { items } = (await app.call('GET', '/v1/account/tokens', { token: owner.token })).body;
    const way = `/settings/tokens/${items.at(-1).id}/withdraw`;
    expect((await web.submit('/settings/tokens', way)).location).toBe('/settings/tokens?said=withdrawn');
    expect((await app.call('GET', '/v1/account', { token })).status).toBe(401);
  });

  it('need a name', async () => {
    const { status, text } = await web.submit('/settings/tokens', '/settings/tokens', { name: ' ' });
    expect(status).toBe(422);
    expect(text).toContain('href="#name"');
  });
});

describe('the sessions', () => {
  it('are ended one by one, or all others at once', async () => {
    const [second, third] = [await visitor(app, owner), await visitor(app, owner)];
    const { text } = await web.get('/settings/sessions');
    expect(text.match(/class="place-row"/g)).toHaveLength(3);
    expect(text.match(/this browser/g)).toHaveLength(1);
    const [, end] = /action="(\/settings\/sessions\/\d+\/end)"/.exec(text)!;
    expect((await web.submit('/settings/sessions', end!)).location).toBe('/settings/sessions?said=ended');
    const open = await Promise.all([second, third].map(async (one) => (await one.get('/settings')).status));
    expect(new Set(open)).toEqual(new Set([200, 303]));
    await web.submit('/settings/sessions', '/settings/sessions/end-others');
    for (const one of [second, third]) expect((await one.get('/settings')).status).toBe(303);
    expect((await web.get('/settings')).status).toBe(200);
  });
});

describe('the plan', () => {
  it('shows what is used of what the tier holds, and what others hold', async () => {
    const free = await app.createAccount({ tier: 'free' });
    await watch(
      app,
      free,
      [
        ['entity', 'a'],
        ['entity', 'b'],
      ],
      {},
    );
    const { text } = await (await visitor(app, free)).get('/settings/plan');
    expect(text).toContain('1 of 1');
    expect(text).toContain('2 of 3');
    expect(text).toContain('5,000');
  });
});

describe('addresses that get no mail', () => {
  it('are listed with why, and lifted', async () => {
    const { items } = (await app.call('GET', '/v1/destinations', { token: owner.token })).body;
    await app.database.execute(
      `update destination set status = 'paused', reason = 'unsubscribed', unsubscribed_at = now() where id = $1`,
      [items[0].id],
    );
    await watch(app, owner, [], { name: 'Leads nowhere', destinationIds: [] });
    const { text } = await web.get('/settings/suppressions');
    expect(text).toContain('Unsubscribed');
    expect(text).toContain('Leads nowhere');
    const way = `/settings/suppressions/${items[0].id}-unsubscribe/lift`;
    expect((await web.submit('/settings/suppressions', way)).location).toBe(
      '/settings/suppressions?said=lifted',
    );
    expect((await web.get('/settings/suppressions')).text).toContain('Every address of yours gets its mail.');
  });
});

describe('what is another account’s', () => {
  it('is out of reach', async () => {
    const stranger = await visitor(app, await app.createAccount());
    const page = await stranger.get('/settings/tokens');
    const form_token = /name="form_token" value="([^"]+)"/.exec(page.text)![1]!;
    const { items } = (await app.call('GET', '/v1/account/tokens', { token: owner.token })).body;
    const sessions = await web.get('/settings/sessions');
    const own = await app.database.query<{ id: string }>('select id from session where account_id = $1', [
      owner.id,
    ]);
    const destination = (await app.call('GET', '/v1/destinations', { token: owner.token })).body.items[0].id;
    for (const path of [
      `/settings/tokens/${items[0].id}/withdraw`,
      `/settings/sessions/${own[0]!.id}/end`,
      `/settings/suppressions/${destination}-unsubscribe/lift`,
      '/settings/tokens/abc/withdraw',
      '/settings/sessions/0/end',
    ]) {
      expect((await stranger.post(path, { form_token })).status, path).toBe(404);
    }
    expect(sessions.status).toBe(200);
    expect((await web.get('/settings')).status).toBe(200);
    expect((await app.call('GET', '/v1/account', { token: owner.token })).status).toBe(200);
    const nobody = await visitor(app);
    for (const part of ['', '/tokens', '/sessions', '/plan', '/data', '/data/export', '/suppressions']) {
      expect((await nobody.get(`/settings${part}`)).location, part).toContain('/sign-in');
    }
  });
});

describe('one’s data', () => {
  it('can be taken along as a file', async () => {
    const { status, text, headers } = await web.get('/settings/data/export');
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="tocsin-\d{4}-\d\d-\d\d\.json"$/,
    );
    expect(headers.get('content-type')).toContain('application/json');
    expect(headers.get('cache-control')).toContain('no-store');
    expect(JSON.parse(text).account.email).toBe('Kim@example.org');
  });

  it('is erased when the address is typed, and only then', async () => {
    const wrong = await web.submit('/settings/data', '/settings/data/delete', { address: 'kim@example.com' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('value="kim@example.com"');
    expect((await web.get('/settings')).status).toBe(200);
    const done = await web.submit('/settings/data', '/settings/data/delete', {
      address: ' kim@EXAMPLE.org ',
    });
    expect(done.location).toBe('/goodbye');
    expect((await web.get('/goodbye')).text).toContain('Your account is deleted');
    expect(web.cookie()).not.toContain('tocsin-session');
    expect((await web.get('/settings')).location).toContain('/sign-in');
    expect((await app.call('GET', '/v1/account', { token: owner.token })).status).toBe(401);
    expect(await app.database.query('select id from account where id = $1', [owner.id])).toEqual([]);
  });
});
