import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { provisionEvent, side } from '../../support/events.js';
import { visitor } from '../../support/visiting.js';
import { watch } from '../../support/watching.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await app.postEvents(
    ['low', 'high', 'medium'].map((severity, index) =>
      provisionEvent({
        entity: 'acme',
        after: side(severity as 'low', `You may ${['leave', 'stay', 'sue'][index]} us.`),
        time: new Date(app.clock.now().getTime() - (10 - index) * 86_400_000).toISOString(),
      }),
    ),
  );
});
afterAll(async () => app.stop());

const listOf = async ({ token }: TestAccount) =>
  (await app.call('GET', '/v1/watchlists', { token })).body.items;
const followsOf = async ({ token }: TestAccount, id: string) =>
  (await app.call('GET', `/v1/watchlists/${id}/follows`, { token })).body.items.map(
    (one: any) => `${one.kind}:${one.key}`,
  );

describe('making a watchlist', () => {
  it('takes every field of the rule and of the rhythm, and what was added before it was made', async () => {
    const account = await app.createAccount();
    const who = await visitor(app, account);
    const [own] = (await app.call('GET', '/v1/destinations', { token: account.token })).body.items;
    const made = await who.submit('/watchlists/new', '/watchlists/new', {
      do: 'save',
      name: 'Grave',
      direction: 'rises',
      minSeverity: 'high',
      minChange: '2',
      kinds: ['escalated', 'introduced'],
      keywords: ' "class action" -trial ',
      mode: 'weekly',
      on: 'friday',
      at: '09:30',
      heartbeat: 'yes',
      follow: ['entity:acme', 'everything:*'],
    });
    expect(made.status, made.text).toBe(303);
    const [list] = await listOf(account);
    expect(made.location).toBe(`/watchlists/${list.id}?said=made`);
    expect(list).toMatchObject({
      name: 'Grave',
      rule: {
        minSeverity: 'high',
        direction: 'rises',
        minChange: 2,
        kinds: ['escalated', 'introduced'],
        keywords: '"class action" -trial',
      },
      cadence: { mode: 'weekly', on: 'friday', at: '09:30', heartbeat: true },
      confirmAfter: null,
      destinationIds: [own.id],
    });
    expect(await followsOf(account, list.id)).toEqual(['entity:acme', 'everything:*']);
    const shown = await who.get(made.location!);
    expect(shown.text).toContain('Severity rises to High, by at least 2 steps');
    expect(shown.text).toContain('Every Friday at 09:30, even when nothing changed');
  });

  it('comes back filled in, with the faults beside the fields, and makes nothing', async () => {
    const account = await app.createAccount();
    const who = await visitor(app, account);
    const refused = await who.submit('/watchlists/new', '/watchlists/new', {
      do: 'save',
      name: 'Kept <b>',
      keywords: '!!',
      confirmAfter: '999',
      follow: 'entity:acme',
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('value="Kept &lt;b>"');
    expect(refused.text).toContain('value="!!"');
    expect(refused.text).toContain('value="entity:acme" checked');
    const words = await who.submit('/watchlists/new', '/watchlists/new', {
      do: 'save',
      name: 'A',
      keywords: '!!',
    });
    expect(words.text).toMatch(/id="keywords-fault"[^>]*>Must hold a word to search for/);
    expect(words.text).toMatch(/<input[^>]*id="keywords"[^>]*aria-invalid/);
    expect(await listOf(account)).toEqual([]);
  });

  it('adds by search and by key before it is made, without a script', async () => {
    const who = await visitor(app, await app.createAccount());
    const found = await who.submit('/watchlists/new', '/watchlists/new', {
      do: 'search',
      q: 'acm',
      name: 'Kept',
    });
    expect(found.text).toMatch(/<button name="add" value="entity:acme"/);
    expect(found.text).toContain('value="Kept"');
    const add = { add: 'entity:acme', q: 'acm', asked: 'acm' };
    const added = await who.submit('/watchlists/new', '/watchlists/new', add);
    expect(added.text).toMatch(/name="follow" value="entity:acme" checked/);
    expect(added.text).toMatch(/<input id="q"[^>]* value maxlength/);
    expect(added.text).toMatch(/value="entity:acme"[^>]* disabled[^>]*>Added/);
    const byKey = { do: 'add-key', newKind: 'clause-type', newKey: 'No slug' };
    const refused = await who.submit('/watchlists/new', '/watchlists/new', byKey);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('must be a slug');
    expect(refused.text).toContain('value="No slug"');
  });

  it('says what a larger plan lifts', async () => {
    const account = await app.createAccount({ tier: 'free' });
    const who = await visitor(app, account);
    await watch(app, account, []);
    const refused = await who.submit('/watchlists/new', '/watchlists/new', { do: 'save', name: 'Second' });
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('The watcher tier lifts this limit.');
    expect(refused.text).toMatch(/<option value="instant" disabled/);
  });
});

describe('a watchlist', () => {
  it('is saved, keeps a cadence from before a lower tier, and is listed in plain words', async () => {
    const account = await app.createAccount();
    const who = await visitor(app, account);
    const id = await watch(app, account, [['entity', 'acme']], { name: 'Old' });
    await app.call('PATCH', `/v1/accounts/${account.id}`, {
      token: app.operatorToken,
      body: { tier: 'free' },
    });
    const saved = await who.submit(`/watchlists/${id}`, `/watchlists/${id}`, {
      do: 'save',
      name: 'New',
      minSeverity: 'high',
    });
    expect(saved.location).toBe(`/watchlists/${id}?said=saved`);
    expect(await listOf(account)).toMatchObject([
      { name: 'New', rule: { minSeverity: 'high' }, cadence: { mode: 'instant' } },
    ]);
    const list = await who.get('/watchlists');
    expect(list.text).toContain('Any change of what is or was rated High.');
    expect(list.text).toContain(`Email: ${account.email}`);
    const refused = await who.submit(`/watchlists/${id}`, `/watchlists/${id}`, { do: 'save', mode: 'daily' });
    expect(refused.status).toBe(403);
    const stray = `cursor=${'x'.repeat(1_200)}`;
    for (const path of ['/watchlists', '/mutes'])
      expect((await who.get(`${path}?${stray}`)).status).toBe(422);
  });

  it('names a clause type it follows in words, with its key', async () => {
    const account = await app.createAccount();
    const id = await watch(app, account, [['clause-type', 'end-user-conduct']]);
    const { text } = await (await visitor(app, account)).get(`/watchlists/${id}`);
    expect(text).toContain('End user conduct');
    expect(text).toContain('<bdi>end-user-conduct</bdi>');
  });

  it('sleeps for a day or a week by one click', async () => {
    const account = await app.createAccount();
    const who = await visitor(app, account);
    const path = `/watchlists/${await watch(app, account, [])}`;
    await who.submit(path, `${path}/snooze`, { for: '7' });
    const [{ snoozedUntil }] = await listOf(account);
    expect(Date.parse(snoozedUntil) - app.clock.now().getTime()).toBe(7 * 86_400_000);
  });

  it('sleeps until a time on its owner’s clock, and wakes', async () => {
    const account = await app.createAccount();
    await app.call('PATCH', '/v1/account', { token: account.token, body: { timeZone: 'Europe/Berlin' } });
    const who = await visitor(app, account);
    const id = await watch(app, account, []);
    const path = `/watchlists/${id}`;
    const day = new Date(app.clock.now().getTime() + 5 * 86_400_000).toISOString().slice(0, 10);
    await who.submit(path, `${path}/snooze`, { until: `${day}T08:00` });
    const [{ snoozedUntil }] = await listOf(account);
    expect(new Date(snoozedUntil).toLocaleString('sv', { timeZone: 'Europe/Berlin' })).toBe(
      `${day} 08:00:00`,
    );
    expect((await who.get('/watchlists')).text).toContain('Snoozed until');
    await who.submit(path, `${path}/wake`);
    expect((await listOf(account))[0].snoozedUntil).toBeNull();
    for (const until of ['2020-01-01T08:00', '2026-02-30T08:00', 'soon']) {
      const refused = await who.submit(path, `${path}/snooze`, { until });
      expect(refused.status, until).toBe(422);
      expect(refused.text).toContain('until-fault');
    }
  });

  it('shows the address of its feed once, and revokes it', async () => {
    const account = await app.createAccount();
    const who = await visitor(app, account);
    const path = `/watchlists/${await watch(app, account, [])}`;
    const made = await who.submit(path, `${path}/feed`);
    const url = /<code>(http[^<]+\/feeds\/[^<]+)<\/code>/.exec(made.text)![1]!;
    expect((await fetch(url)).status).toBe(200);
    expect((await who.get(path)).text).not.toContain(url);
    await who.submit(path, `${path}/feed/revoke`);
    expect((await fetch(url)).status).toBe(404);
    const free = await app.createAccount({ tier: 'free' });
    const other = `/watchlists/${await watch(app, free, [])}`;
    const refused = await (await visitor(app, free)).submit(other, `${other}/feed`);
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('lifts this limit')]);
  });

  it('is deleted after it was asked', async () => {
    const account = await app.createAccount();
    const who = await visitor(app, account);
    const path = `/watchlists/${await watch(app, account, [])}`;
    expect((await who.get(`${path}/delete`)).text).toContain('Delete this watchlist?');
    expect((await who.submit(`${path}/delete`, `${path}/delete`)).location).toBe('/watchlists?said=removed');
    expect(await listOf(account)).toEqual([]);
  });

  it('is not there for another account, whatever is asked of it', async () => {
    const [owner, stranger] = [await app.createAccount(), await app.createAccount()];
    const id = await watch(app, owner, [['entity', 'acme']], { name: 'Secret' });
    const before = await listOf(owner);
    const who = await visitor(app, stranger);
    const { text } = await who.get('/watchlists/new');
    const form_token = /name="form_token" value="([^"]+)"/.exec(text)![1]!;
    for (const path of ['', '/delete']) expect((await who.get(`/watchlists/${id}${path}`)).status).toBe(404);
    const day = new Date(app.clock.now().getTime() + 5 * 86_400_000).toISOString().slice(0, 10);
    const fields = {
      form_token,
      do: 'save',
      name: 'Mine now',
      minSeverity: 'low',
      direction: 'any',
      minChange: '0',
      kinds: 'introduced',
      mode: 'instant',
      add: 'entity:x',
      follow: 'entity:acme',
      until: `${day}T08:00`,
    };
    for (const action of [
      '',
      '/follow',
      '/unfollow',
      '/snooze',
      '/wake',
      '/feed',
      '/feed/revoke',
      '/delete',
    ]) {
      expect((await who.post(`/watchlists/${id}${action}`, fields)).status, action).toBe(404);
    }
    expect(await listOf(owner)).toEqual(before);
    expect(await followsOf(owner, id)).toEqual(['entity:acme']);
    expect((await who.get('/watchlists')).text).not.toContain('Secret');
    const nobody = await visitor(app);
    expect((await nobody.get(`/watchlists/${id}`)).location).toContain('/sign-in?next=');
  });
});

describe('mutes', () => {
  it('are listed by name, and end', async () => {
    const [account, stranger] = [await app.createAccount(), await app.createAccount()];
    await app.call('PUT', '/v1/mutes/document/acme-terms', { token: account.token });
    const who = await visitor(app, account);
    expect((await who.get('/mutes')).text).toContain('<bdi>Terms of acme</bdi>');
    expect((await (await visitor(app, stranger)).get('/mutes')).text).toContain('Nothing is muted.');
    const ended = await who.submit('/mutes', '/mutes/end');
    expect(ended.location).toBe('/mutes?said=ended');
    expect((await who.get('/mutes')).text).toContain('Nothing is muted.');
  });
});
