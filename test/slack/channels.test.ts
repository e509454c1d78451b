import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestAccount } from '../support/app.js';
import { startSlackStage, type SlackStage } from './slack-stage.js';

const teams = Array.from({ length: 30 }, (_, n) => `team-${String(n).padStart(2, '0')}`);

let stage: SlackStage;
let account: TestAccount;
let workspace: string;

beforeAll(async () => {
  stage = await startSlackStage({ channels: ['ärger', ...teams] });
});
beforeEach(async () => {
  stage.front.script('conversations.list', null);
  stage.app.clock.advance(3_600);
  account = await stage.app.createAccount();
  workspace = await stage.install(account);
});
afterAll(async () => stage.stop());

async function find(query = '') {
  return stage.app.call('GET', `/v1/slack/workspaces/${workspace}/channels${query}`, {
    token: account.token,
  });
}

function reads(): number {
  return stage.front.calls.filter(({ method }) => method === 'conversations.list').length;
}

function names({ body }: { body: any }): string[] {
  return body.items.map((item: { name: string }) => item.name);
}

describe('the channels of a workspace', () => {
  it('are the public ones that are not archived, by name', async () => {
    const found = await find('?limit=200');

    expect(found.status).toBe(200);
    expect(names(found)).toEqual(names(found).toSorted());
    expect(names(found)).toEqual(expect.arrayContaining(['general', 'policy-alerts', ...teams]));
    expect(names(found)).not.toContain('old-news');
    expect(names(found)).not.toContain('board-room');
    expect(found.body).toMatchObject({ nextCursor: null, isComplete: true });
    expect(found.body.items.find((item: any) => item.name === 'policy-alerts')).toEqual({
      id: stage.emulator.channel.id,
      name: 'policy-alerts',
      isMember: expect.any(Boolean),
      memberCount: expect.any(Number),
    });
  });

  it('come page by page, each once', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const page = await find(`?limit=7${cursor}`);
      seen.push(...names(page));
      if (page.body.nextCursor === null) break;
      cursor = `&cursor=${page.body.nextCursor}`;
    }

    expect(seen).toEqual(names(await find('?limit=200')));
  });

  it.each([
    ['TEAM-1', teams.slice(10, 20)],
    ['%23policy', ['policy-alerts']],
    ['a%CC%88rger', ['ärger']],
    ['nothing-like-it', []],
  ])('are found by part of the name: %s', async (search, expected) => {
    const found = await find(`?search=${search}&limit=100`);
    expect(names(found)).toEqual(expected);
  });

  it('are found page by page, too', async () => {
    const first = await find('?search=team&limit=20');
    const second = await find(`?search=team&limit=20&cursor=${first.body.nextCursor}`);

    expect([...names(first), ...names(second)]).toEqual(teams);
    expect(second.body.nextCursor).toBeNull();
  });

  it.each(['?limit=0', '?limit=201', '?cursor=nonsense', `?search=${'a'.repeat(81)}`])(
    'are not asked for by %s',
    async (query) => expect((await find(query)).status).toBe(422),
  );
});

describe('reading them', () => {
  it('is done once a minute, however many ask', async () => {
    const before = reads();

    await Promise.all(['', '?search=a', '?search=b', '?limit=1'].map(find));
    stage.app.clock.advance(59);
    await find();
    expect(reads()).toBe(before + 1);

    stage.app.clock.advance(1);
    await find();
    expect(reads()).toBe(before + 2);
  });

  it('goes on from page to page, by as many as Slack gives at a time', async () => {
    stage.front.script('conversations.list', async (form, passOn) => {
      const all = ((await passOn()) as { channels: unknown[] }).channels;
      const from = Number(form.get('cursor') ?? 0);
      const next = from + 10 < all.length ? String(from + 10) : '';
      return {
        body: { ok: true, channels: all.slice(from, from + 10), response_metadata: { next_cursor: next } },
      };
    });
    const before = reads();

    const found = await find('?limit=200');

    expect(names(found)).toEqual(expect.arrayContaining(teams));
    expect(reads()).toBeGreaterThan(before + 2);
    expect(
      stage.front.calls.findLast(({ method }) => method === 'conversations.list')?.form.get('limit'),
    ).toBe('999');
  });

  it('ends somewhere, and says so', async () => {
    let page = 0;
    stage.front.script('conversations.list', () => {
      const channels = [{ id: `C${++page}`, name: `c${page}` }];
      return { body: { ok: true, channels, response_metadata: { next_cursor: String(page) } } };
    });

    const found = await find('?limit=200');

    expect(page).toBe(15);
    expect(found.body).toMatchObject({ isComplete: false, nextCursor: null });
    expect(found.body.items).toHaveLength(15);
  });

  it('waits as long as Slack asks, and asks nothing meanwhile', async () => {
    stage.front.script('conversations.list', () => ({ status: 429, headers: { 'retry-after': '40' } }));

    const limited = await find();
    expect(limited.status).toBe(429);
    expect(limited.headers.get('retry-after')).toBe('40');
    expect(limited.body.detail).toContain('40 seconds');

    stage.front.script('conversations.list', null);
    const before = reads();
    stage.app.clock.advance(30);
    const later = await find();
    expect([later.status, later.headers.get('retry-after'), reads() - before]).toEqual([429, '10', 0]);

    stage.app.clock.advance(10);
    expect((await find()).status).toBe(200);
  });

  it.each([
    ['an error page', { status: 502 }, 503],
    ['a way to elsewhere', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }, 503],
    ['more than there can be', { body: { ok: true, channels: [], more: 'x'.repeat(9_000_000) } }, 503],
    ['no JSON', { body: 'nonsense' }, 503],
    ['a list of nothing that is known', { body: { ok: true, channels: [{ id: 1 }] } }, 503],
    ['the end of the token', { body: { ok: false, error: 'token_revoked' } }, 409],
    ['a scope that is missing', { body: { ok: false, error: 'missing_scope' } }, 409],
  ])('fails in words with %s, and is tried again by the next who asks', async (_, answer, status) => {
    stage.front.script('conversations.list', () => answer);
    const failed = await find();
    stage.front.script('conversations.list', null);

    expect(failed.status).toBe(status);
    expect(failed.headers.get('content-type')).toContain('problem+json');
    expect((await find()).status).toBe(200);
  });

  it('is done anew for a workspace that was added again', async () => {
    await find();
    const before = reads();
    stage.app.clock.advance(1);
    await stage.install(account);

    await find();

    expect(reads()).toBe(before + 1);
  });
});
