import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { provisionEvent } from '../../support/events.js';
import { visitor } from '../../support/visiting.js';
import { watch } from '../../support/watching.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await app.postEvents([provisionEvent({ entity: 'acme' })]);
});
afterAll(async () => app.stop());

const followsOf = async ({ token }: TestAccount, id: string) =>
  (await app.call('GET', `/v1/watchlists/${id}/follows`, { token })).body.items.map(
    (one: any) => `${one.kind}:${one.key}`,
  );

describe('what a watchlist follows', () => {
  it('grows by search and by key, shows names, and shrinks by many at once, which can be undone', async () => {
    const account = await app.createAccount();
    const who = await visitor(app, account);
    const id = await watch(app, account, [
      ['document', 'acme-terms'],
      ['entity', 'unknown'],
    ]);
    const path = `/watchlists/${id}`;
    expect((await who.get(`${path}?q=acm`)).text).toMatch(/<button name="add" value="entity:acme"/);
    expect((await who.submit(path, `${path}/follow`, { add: 'entity:acme' })).location).toBe(
      `${path}?said=followed#follows`,
    );
    await who.submit(path, `${path}/follow`, { newKind: 'category', newKey: 'privacy' });
    const { text } = await who.get(path);
    expect(text).toMatch(/<a href="\/documents\/acme-terms"><bdi>Terms of acme<\/bdi><\/a>/);
    expect(text).toContain('<bdi>unknown</bdi>');
    const refused = await who.submit(path, `${path}/follow`, { newKind: 'category', newKey: 'No slug' });
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('must be a slug')]);
    const gone = await who.submit(path, `${path}/unfollow`, {
      follow: ['entity:acme', 'entity:unknown', 'category:privacy'],
    });
    expect(await followsOf(account, id)).toEqual(['document:acme-terms']);
    const told = gone.location!.replace('#follows', '');
    const { text: undoable } = await who.get(told);
    expect(undoable).toMatch(/It no longer follows <bdi>Acme<\/bdi> and 2 more/i);
    const form_token = /name="form_token" value="([^"]+)"/.exec(undoable)![1]!;
    const add = [...undoable.matchAll(/<input type="hidden" name="add" value="([^"]+)"/g)].map(
      ([, value]) => value!,
    );
    await who.post(`${path}/follow`, { form_token, add });
    expect((await followsOf(account, id)).length).toBe(4);
  });

  it('keeps the search while more of what it found is added, and passes over an undo of nonsense', async () => {
    const account = await app.createAccount();
    const who = await visitor(app, account);
    const path = `/watchlists/${await watch(app, account, [])}`;
    const added = await who.submit(`${path}?q=acm`, `${path}/follow`, { add: 'entity:acme' });
    expect(added.location).toBe(`${path}?said=followed&q=acm#follows`);
    const { text } = await who.get(added.location!.replace('#follows', ''));
    expect(text).toMatch(/<button name="add" value="entity:acme"[^>]* disabled[^>]*>Added/);
    expect(text).toMatch(/<button name="add" value="document:acme-terms"[^>]*>Add</);
    const nonsense = await who.get(`${path}?said=unfollowed&undo=nonsense&undo=category:No%20slug`);
    expect([nonsense.status, nonsense.text.includes('Undo')]).toEqual([200, false]);
  });

  it('says how much of the plan is used, and what is full before it is asked for', async () => {
    const account = await app.createAccount({ tier: 'free' });
    const who = await visitor(app, account);
    expect((await who.get('/watchlists')).text).toContain('You have 0 of 1 watchlist and 0 of 3 follows.');
    const id = await watch(app, account, [
      ['entity', 'a'],
      ['entity', 'b'],
      ['entity', 'c'],
    ]);
    const { text } = await who.get('/watchlists');
    expect(text).toContain('The free tier holds 1 watchlist, and there is room for no more.');
    expect(text).toContain('The watcher tier holds 250.');
    expect(text).not.toContain('New watchlist');
    expect((await who.get('/watchlists/new')).text).toContain('The watcher tier holds 20.');
    expect((await who.get(`/watchlists/${id}`)).text).toContain('The free tier holds 3 follows');
  });

  it('is paged', async () => {
    const account = await app.createAccount();
    const keys = Array.from(
      { length: 60 },
      (_, index) => ['entity', `e${String(index).padStart(2, '0')}`] as const,
    );
    const id = await watch(app, account, keys);
    const who = await visitor(app, account);
    const { text } = await who.get(`/watchlists/${id}`);
    expect(text).toContain('60 follows, 50 of them here');
    const next = /<a rel="next" href="([^"#]+)/.exec(text)![1]!;
    const second = await who.get(next);
    expect([second.text.includes('e49'), second.text.includes('e59')]).toEqual([false, true]);
  });
});
