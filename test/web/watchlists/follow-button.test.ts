import { render } from 'preact-render-to-string';
import { h } from 'preact';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SITE } from '../../../src/web/frame/site.js';
import type { Reader, Visit } from '../../../src/web/frame/visit.js';
import { FollowButton } from '../../../src/web/watchlists/follow-button.js';
import { wayBack } from '../../../src/web/watchlists/way-back.js';
import { QuickFollowService } from '../../../src/watchlists/quick-follow.service.js';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { visitor, type WebVisitor } from '../../support/visiting.js';
import { watch } from '../../support/watching.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

const target = { kind: 'entity', key: 'acme' } as const;

async function click(who: WebVisitor, fields: Record<string, string>, headers = {}) {
  const { text } = await who.get('/watchlists/new');
  const form_token = /name="form_token" value="([^"]+)"/.exec(text)![1]!;
  return who.post(
    '/follow',
    { form_token, ...target, want: 'follow', back: '/changes/1', ...fields },
    headers,
  );
}

async function followsOf(account: TestAccount): Promise<{ list: string; follows: string[] }[]> {
  const { body } = await app.call('GET', '/v1/watchlists', { token: account.token });
  return Promise.all(
    body.items.map(async ({ id, name }: { id: string; name: string }) => {
      const follows = await app.call('GET', `/v1/watchlists/${id}/follows`, { token: account.token });
      return { list: name, follows: follows.body.items.map((one: any) => `${one.kind}:${one.key}`) };
    }),
  );
}

describe('a click on Follow', () => {
  it('makes a first watchlist, with the best cadence of the tier, to the own address', async () => {
    for (const [tier, mode] of [
      ['free', 'weekly'],
      ['watcher', 'instant'],
    ] as const) {
      const account = await app.createAccount({ tier });
      const answer = await click(await visitor(app, account), {});
      expect([answer.status, answer.location]).toEqual([303, '/changes/1?said=followed']);
      expect(await followsOf(account)).toEqual([{ list: 'Following', follows: ['entity:acme'] }]);
      const [made] = (await app.call('GET', '/v1/watchlists', { token: account.token })).body.items;
      expect(made.cadence.mode).toBe(mode);
      expect(made.destinationIds).toHaveLength(1);
    }
  });

  it('goes into the only watchlist, or the one last followed into, or the one that is named', async () => {
    const account = await app.createAccount();
    const who = await visitor(app, account);
    const first = await watch(app, account, [], { name: 'First' });
    await click(who, {});
    app.clock.advance(60);
    await watch(app, account, [['entity', 'other']], { name: 'Second' });
    app.clock.advance(60);
    await click(who, { key: 'third' });
    await click(who, { key: 'fourth', watchlist: first });
    expect(await followsOf(account)).toEqual([
      { list: 'First', follows: ['entity:acme', 'entity:fourth'] },
      { list: 'Second', follows: ['entity:other', 'entity:third'] },
    ]);
  });

  it('follows once however often it is clicked, and unfollows everywhere', async () => {
    const account = await app.createAccount();
    const who = await visitor(app, account);
    await watch(app, account, [['entity', 'acme']], { name: 'First' });
    await watch(
      app,
      account,
      [
        ['entity', 'acme'],
        ['entity', 'b'],
      ],
      { name: 'Second' },
    );
    await click(who, {});
    const gone = await click(who, { want: 'unfollow' });
    expect(gone.location).toBe('/changes/1?said=unfollowed');
    expect(await followsOf(account)).toEqual([
      { list: 'First', follows: [] },
      { list: 'Second', follows: ['entity:b'] },
    ]);
  });

  it('says kindly what lifts a limit, and follows nothing', async () => {
    const account = await app.createAccount({ tier: 'free' });
    const who = await visitor(app, account);
    await watch(app, account, [
      ['entity', 'a'],
      ['entity', 'b'],
      ['entity', 'c'],
    ]);
    const refused = await click(who, {});
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('The watcher tier lifts this limit.');
    expect(refused.text).toContain('href="/changes/1"');
    const part = await click(who, {}, { 'hx-request': 'true' });
    expect(part.status).toBe(403);
    expect(part.text).toMatch(/^<form.*value="follow".*The watcher tier lifts this limit\./s);
    expect((await followsOf(account))[0]!.follows).not.toContain('entity:acme');
  });

  it('answers a script with the button alone', async () => {
    const account = await app.createAccount();
    const who = await visitor(app, account);
    const part = await click(who, { name: '<b>Acme</b>' }, { 'hx-request': 'true' });
    expect(part.status).toBe(200);
    expect(part.text).toMatch(/^<form[^>]*class="follow".*value="unfollow".*<\/form>$/s);
    expect(part.text).toContain('&lt;b>Acme');
    expect(part.text).toContain('In your watchlist “Following”.');
    const again = await click(who, { want: 'unfollow' }, { 'hx-request': 'true' });
    expect(again.text).toContain('value="follow"');
  });

  it('is refused without the form token, and for a watchlist of another account', async () => {
    const [owner, stranger] = [await app.createAccount(), await app.createAccount()];
    const theirs = await watch(app, owner, []);
    const who = await visitor(app, stranger);
    expect((await who.post('/follow', { ...target, want: 'follow' })).status).toBe(403);
    expect((await click(who, { watchlist: theirs })).status).toBe(404);
    expect((await click(who, { kind: 'nonsense' })).status).toBe(422);
    expect(await followsOf(owner)).toEqual([{ list: 'Watch', follows: [] }]);
  });

  it('knows of many targets at once which are followed, by this account alone', async () => {
    const [owner, stranger] = [await app.createAccount(), await app.createAccount()];
    await watch(app, owner, [
      ['entity', 'acme'],
      ['document', 'terms'],
    ]);
    const service = app.app.get(QuickFollowService);
    const targets = [target, { kind: 'document', key: 'terms' }, { kind: 'entity', key: 'terms' }] as const;
    const of = async (account: TestAccount) => {
      const isFollowed = await service.followed(account.id as never, targets);
      return targets.map(isFollowed);
    };
    expect(await of(owner)).toEqual([true, true, false]);
    expect(await of(stranger)).toEqual([false, false, false]);
  });
});

describe('the way back', () => {
  it('stays on paths of ours', () => {
    const of = (back: string) => wayBack(back, '/watchlists', 'x');
    expect(of('/changes/1?a=b&said=y')).toBe('/changes/1?a=b&said=x');
    expect(of('/')).toBe('/?said=x');
    for (const bad of [
      '',
      'https://evil.test/',
      '//evil.test',
      '/\\evil.test',
      '/.//evil.test',
      '/a/..//evil.test',
      '/\t/evil.test',
      'javascript:alert(1)',
      '\\\\evil.test',
    ]) {
      expect(of(bad), bad).toBe('/watchlists?said=x');
    }
  });
});

describe('the button', () => {
  const shown = (reader: Reader, isFollowed = false) => {
    const visit: Visit = {
      site: app.app.get(SITE),
      reader,
      path: '/entities/acme?x=1',
      formToken: () => 't',
    };
    return render(h(FollowButton, { visit, target, name: 'Acme "<', isFollowed }) as never);
  };

  it('leads visitors to sign in and back, and is not there for the operator', () => {
    expect(shown({ kind: 'visitor' })).toContain('href="/sign-in?next=%2Fentities%2Facme%3Fx%3D1"');
    expect(shown({ kind: 'operator' })).toBe('');
  });

  it('names what it follows, for whoever does not see where it stands', () => {
    const member = { kind: 'member', accountId: '1' } as never;
    expect(shown(member)).toMatch(/<button[^>]*>Follow<span class="unseen"> Acme &quot;&lt;<\/span>/);
    expect(shown(member, true)).toContain('Stop following Acme');
  });
});
