import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';

let app: TestApp;
let account: TestAccount;

beforeAll(async () => {
  app = await startApp();
  account = await app.createAccount();
});
afterAll(async () => app.stop());

const hourMs = 3_600_000;
/** A Monday at noon, UTC, some weeks before now. */
const monday = (() => {
  const date = new Date(Date.now() - 40 * 24 * hourMs);
  date.setUTCHours(12, 0, 0, 0);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.getTime();
})();
const after = (hours: number) => new Date(monday + hours * hourMs).toISOString();

async function backtest(entity: string, options: Record<string, unknown> = {}, query = '') {
  const answer = await app.call('POST', `/v1/watchlists/backtest${query}`, {
    token: account.token,
    body: { follows: [{ kind: 'entity', key: entity }], since: after(-1), ...options },
  });
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}

/** Changes of one provision of an entity, each after some hours. */
async function history(
  entity: string,
  steps: readonly [hours: number, after: ReturnType<typeof side> | null][],
) {
  for (const [hours, now] of steps)
    await app.postEvents([provisionEvent({ entity, time: after(hours), after: now })]);
}

describe('a backtest', () => {
  it('lists what an instant watchlist would have sent, by revision and by week, newest first', async () => {
    const entity = 'instant';
    for (const [revision, hours, size] of [
      ['one', 0, 2],
      ['two', 24 * 7, 1],
    ] as const) {
      for (let n = 0; n < size; n++) {
        await app.postEvents([
          provisionEvent({
            entity,
            provision: `${entity}-${n}`,
            time: after(hours + n),
            revision: { id: revision, size },
            after: side('high', `Words of ${revision}.`),
          }),
        ]);
      }
    }
    const answer = await backtest(entity);
    expect(answer.total).toEqual({ alerts: 2, digests: 0, changes: 3, reverts: 0 });
    expect(answer.items.map((item: any) => [item.kind, item.at, item.changes.length])).toEqual([
      ['alert', after(24 * 7), 1],
      ['alert', after(1), 2],
    ]);
    const monday0 = after(0).slice(0, 10);
    const monday1 = after(24 * 7).slice(0, 10);
    expect(answer.weeks.slice(0, 3)).toEqual([
      { week: monday0, alerts: 1, digests: 0, changes: 2 },
      { week: monday1, alerts: 1, digests: 0, changes: 1 },
      expect.objectContaining({ alerts: 0 }),
    ]);
    const [change] = answer.items[0].changes;
    expect(change).toMatchObject({
      entity: { id: entity, name: 'Instant' },
      provision: { id: `${entity}-0` },
      delta: { kind: 'reworded' },
      steps: [change.id],
    });
    const page = await app.call('GET', change.url.slice(app.url.length), { token: account.token });
    expect(page.status).toBe(200);
    expect(answer.nextCursor).toBeNull();
  });

  it('goes on after a cursor, and refuses one of another backtest', async () => {
    const seen: string[] = [];
    let query = '?limit=1';
    for (;;) {
      const page = await backtest('instant', {}, query);
      expect(page.total.alerts).toBe(2);
      seen.push(...page.items.map((item: any) => item.at));
      if (page.nextCursor === null) break;
      query = `?limit=1&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual([after(24 * 7), after(1)]);
    const { nextCursor } = await backtest('instant', {}, '?limit=1');
    const refused = await app.call('POST', `/v1/watchlists/backtest?cursor=${nextCursor}`, {
      token: account.token,
      body: { follows: [{ kind: 'entity', key: 'other' }], since: after(-1) },
    });
    expect(refused.status).toBe(422);
  });

  it('counts an alert of what went back afterwards, and that it did', async () => {
    await history('back', [
      [0, side('low', 'One.')],
      [24, side('high', 'Two.')],
      [30, side('low', 'One.')],
    ]);
    const answer = await backtest('back');
    expect(answer.total).toEqual({ alerts: 2, digests: 0, changes: 2, reverts: 1 });
    expect(answer.suppressed).toMatchObject({ reverted: 1, flapping: 0 });
    expect(answer.items.map(({ at, revertedAt }: any) => [at, revertedAt])).toEqual([
      [after(24), after(30)],
      [after(0), null],
    ]);
  });

  it('tells nothing of what went back before its revision was complete', async () => {
    await history('open', [[0, side('low', 'One.')]]);
    const revision = { id: 'r', size: 2 };
    const long = { entity: 'open', document: 'open-terms' };
    await app.postEvents([
      provisionEvent({
        ...long,
        provision: 'open-terms-1',
        time: after(10),
        revision,
        after: side('high', 'Two.'),
      }),
    ]);
    await history('open', [[11, side('low', 'One.')]]);
    await app.postEvents([
      provisionEvent({ ...long, provision: 'open-terms-2', time: after(12), revision, after: side('low') }),
    ]);
    const answer = await backtest('open');
    expect(answer.total).toMatchObject({ alerts: 2, changes: 2, reverts: 0 });
    expect(answer.suppressed.reverted).toBe(2);
  });

  it('gathers a digest by window: net changes, without what came to nothing', async () => {
    const entity = 'digest';
    await history(entity, [
      [0, side('low', 'One.')],
      [1, side('medium', 'Two.')],
      [30, side('high', 'Three.')],
      [31, side('medium', 'Four.')],
    ]);
    const cadence = { mode: 'daily', at: '08:00' };
    const answer = await backtest(entity, { cadence, timeZone: 'Asia/Kolkata' });
    const eight = 24 + 2.5 - 12; // hours from Monday noon UTC to 08:00 in India on Tuesday
    expect(answer.timeZone).toBe('Asia/Kolkata');
    expect(answer.total).toEqual({ alerts: 0, digests: 2, changes: 2, reverts: 0 });
    expect(answer.items.map(({ kind, from, until }: any) => [kind, from, until])).toEqual([
      ['digest', after(eight), after(eight + 24)],
      ['digest', after(eight - 24), after(eight)],
    ]);
    const [[second], [first]] = answer.items.map((item: any) => item.changes);
    expect(first.delta).toMatchObject({ kind: 'introduced', after: 'medium' });
    expect(first.steps).toHaveLength(2);
    expect(second.delta).toMatchObject({ kind: 'reworded', before: 'medium', after: 'medium' });
  });

  it('makes no digest of a window that came to nothing', async () => {
    const entity = 'nothing';
    await history(entity, [
      [0, side('low', 'One.')],
      [24, side('high', 'Two.')],
      [26, side('low', 'One!')],
    ]);
    const cadence = { mode: 'daily', at: '08:00' };
    const answer = await backtest(entity, { cadence });
    expect(answer.total).toMatchObject({ digests: 1, changes: 1 });
    expect(answer.suppressed).toMatchObject({ reverted: 2, cancelledOut: 0 });
  });

  it('counts what goes back after its digest', async () => {
    const entity = 'digest-back';
    await history(entity, [
      [0, side('low', 'One.')],
      [1, side('high', 'Two.')],
      [30, side('low', 'One.')],
    ]);
    const { total, suppressed } = await backtest(entity, { cadence: { mode: 'daily', at: '08:00' } });
    expect(total).toEqual({ alerts: 0, digests: 1, changes: 1, reverts: 1 });
    expect(suppressed.reverted).toBe(1);
  });

  it('counts what is kept back by its reason', async () => {
    const entity = 'reasons';
    await history(entity, [
      [0, side('high', 'One word.')],
      [2, side('high', 'One, WORD.')],
      [4, side('high', 'Another word.')],
      [1, side('low', 'Too late.')],
    ]);
    const rule = { keywords: 'another' };
    const { total, suppressed } = await backtest(entity, { rule });
    expect(total).toMatchObject({ alerts: 1 });
    expect(suppressed).toEqual({
      late: 1,
      silent: 0,
      cosmetic: 1,
      rule: 1,
      reverted: 0,
      retracted: 0,
      flapping: 0,
      cancelledOut: 0,
    });
    await history(
      'flaps',
      Array.from({ length: 11 }, (_, n) => [n, side('low', n % 2 ? 'a' : 'b')]),
    );
    const flaps = await backtest('flaps');
    // Introduced, told three times and taken back, and told once more as flapping.
    expect(flaps.suppressed).toMatchObject({ reverted: 3, flapping: 2 });
    expect(flaps.total).toMatchObject({ alerts: 6, reverts: 4 });
  });

  it.each([
    ['a time too long ago', { since: new Date(Date.now() - 731.5 * 24 * hourMs).toISOString() }, ['since']],
    ['a time ahead', { since: new Date(Date.now() + hourMs).toISOString() }, ['since']],
    ['a time that is none', { since: 'yesterday' }, ['since']],
    ['nothing that is followed', { follows: [] }, ['follows']],
    [
      'keys that are none',
      {
        follows: [
          { kind: 'entity', key: 'fine' },
          { kind: 'category', key: '!!' },
          { kind: 'everything', key: 'x' },
        ],
      },
      ['follows[1].key', 'follows[2].key'],
    ],
    ['keywords that are none', { rule: { keywords: '!!' } }, ['rule.keywords']],
    ['a zone that is none', { timeZone: 'Mars' }, ['timeZone']],
    ['a field that it does not know', { name: 'A' }, ['name']],
  ])('refuses %s', async (_what, options, paths) => {
    const answer = await app.call('POST', '/v1/watchlists/backtest', {
      token: account.token,
      body: { follows: [{ kind: 'entity', key: 'a' }], since: after(0), ...options },
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map(({ path }: any) => path)).toEqual(paths);
  });

  it('holds the limits of the tier', async () => {
    const free = await app.createAccount({ tier: 'free' });
    const follow = (n: number) => ({ kind: 'entity', key: `e${n}` });
    const ask = async (options: Record<string, unknown>) =>
      app.call('POST', '/v1/watchlists/backtest', {
        token: free.token,
        body: { follows: [follow(0)], since: after(0), ...options },
      });
    const weekly = await ask({});
    expect(weekly.status).toBe(200);
    expect((await ask({ cadence: { mode: 'instant' } })).body).toMatchObject({
      status: 403,
      limit: 'cadence',
    });
    expect((await ask({ follows: [0, 1, 2, 3].map(follow) })).body).toMatchObject({
      status: 403,
      limit: 'follows',
      allowed: 3,
    });
    expect((await app.call('POST', '/v1/watchlists/backtest', { body: {} })).status).toBe(401);
    expect(
      (await app.call('POST', '/v1/watchlists/backtest', { token: app.operatorToken, body: {} })).status,
    ).toBe(403);
  });
});
