import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FeedService } from '../../src/feeds/feed.service.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { webhookTo, watch } from '../support/watching.js';
import { feedOf, provisionsOf, readFeed, textsOf } from './feed-reader.js';

let app: TestApp;
let account: TestAccount;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

/** Each test has an account and an entity of its own. */
let entity: string;
let number = 0;
beforeEach(async () => {
  entity = `entity-${++number}`;
  account = await app.createAccount({ tier: 'professional' });
});

/** Of a provision that no other test knows. */
const eventOf = (name: string, options: object = {}) =>
  provisionEvent({ entity, provision: `${name}-of-${entity}`, ...options });
const patch = async (watchlist: string, body: unknown) =>
  app.call('PATCH', `/v1/watchlists/${watchlist}`, { token: account.token, body });
const setTier = async (tier: string) =>
  app.call('PATCH', `/v1/accounts/${account.id}`, { token: app.operatorToken, body: { tier } });

describe('what stands in a feed', () => {
  it('is what was there before the watchlist, newest first, and what comes, without any alert', async () => {
    await app.postEvents([eventOf('first'), eventOf('second')]);
    const path = await feedOf(app, account, await watch(app, account, [['entity', entity]]));
    expect(provisionsOf((await readFeed(app, path)).text)).toEqual(['second', 'first']);

    await app.postEvents([eventOf('third'), provisionEvent({ entity: 'somebody-else' })]);
    expect(provisionsOf((await readFeed(app, path)).text)).toEqual(['third', 'second', 'first']);
  });

  it('says of a change that it went back, in what readers show once more, and tells no return as news', async () => {
    const path = await feedOf(app, account, await watch(app, account, [['entity', entity]]));
    const [low, high] = [side('low', 'You may leave.'), side('high', 'You may not leave.')];
    await app.postEvents([eventOf('back', { after: low }), eventOf('back', { after: high })]);
    const before = await readFeed(app, path);
    app.clock.advance(3_600_000);
    await app.postEvents([eventOf('back', { after: low })]);
    const { text } = await readFeed(app, path);
    const [title, ...others] = textsOf(text, 'title').slice(1);
    expect(title).toMatch(/^Went back: \[High ▲\]/);
    expect(others).toHaveLength(1);
    expect(others[0]).not.toContain('Went back');
    expect(textsOf(text, 'id')).toEqual(textsOf(before.text, 'id'));
    const [feedUpdated, entryUpdated] = textsOf(text, 'updated');
    expect([feedUpdated, entryUpdated]).toEqual([
      app.clock.now().toISOString(),
      app.clock.now().toISOString(),
    ]);
    expect(text).toMatch(/Went back on [^<]+ UTC\./);
  });

  it('needs no destination: neither those that are paused nor none at all', async () => {
    const { id } = await webhookTo(app, account, 'https://hooks.example.org/');
    await app.call('PATCH', `/v1/destinations/${id}`, { token: account.token, body: { status: 'paused' } });
    for (const destinationIds of [[id], []]) {
      const watchlist = await watch(app, account, [['entity', entity]], { destinationIds });
      const path = await feedOf(app, account, watchlist);
      await app.postEvents([eventOf(`to-${destinationIds.length}`)]);
      expect(provisionsOf((await readFeed(app, path)).text)[0]).toBe(`to-${destinationIds.length}`);
    }
  });

  it('goes by follows of every kind, counting what several of them cover once', async () => {
    const analysis = { agencies: [{ code: `agency-of-${entity}` }] };
    const options = { clauseType: `${entity}-type`, categories: [`${entity}-category`], analysis };
    await app.postEvents([eventOf('whole', { document: `${entity}-doc`, ...options })]);
    const follows = [
      ['entity', entity],
      ['document', `${entity}-doc`],
      ['provision', `whole-of-${entity}`],
      ['clause-type', `${entity}-type`],
      ['category', `${entity}-category`],
      ['agency', `agency-of-${entity}`],
    ] as const;
    for (const follow of follows) {
      const path = await feedOf(app, account, await watch(app, account, [follow]));
      expect(provisionsOf((await readFeed(app, path)).text), follow[0]).toEqual(['whole']);
    }
    const all = await watch(app, account, [...follows, ['everything', '*']]);
    const read = await readFeed(app, await feedOf(app, account, all));
    expect(provisionsOf(read.text).filter((one) => one === 'whole')).toHaveLength(1);
    expect(
      provisionsOf((await readFeed(app, await feedOf(app, account, await watch(app, account, [])))).text),
    ).toEqual([]);
  });

  it('goes by the rule and the follows as they are now', async () => {
    await app.postEvents([
      eventOf('low', { before: null, after: side('low', 'They keep it.') }),
      eventOf('high', { before: null, after: side('high', 'You waive every class action.') }),
    ]);
    const watchlist = await watch(app, account, [['entity', entity]]);
    const path = await feedOf(app, account, watchlist);
    const shown = async () => provisionsOf((await readFeed(app, path)).text);

    await patch(watchlist, { rule: { minSeverity: 'high' } });
    expect(await shown()).toEqual(['high']);
    await patch(watchlist, { rule: { minSeverity: 'low', keywords: 'keep' } });
    expect(await shown()).toEqual(['low']);
    await patch(watchlist, { rule: { keywords: null, direction: 'falls' } });
    expect(await shown()).toEqual([]);
    await patch(watchlist, { rule: { direction: 'any' } });
    expect(await shown()).toEqual(['high', 'low']);
    await app.call('DELETE', `/v1/watchlists/${watchlist}/follows/entity/${entity}`, {
      token: account.token,
    });
    expect(await shown()).toEqual([]);
  });

  it('leaves out what alerts nobody: silent history, and what came late', async () => {
    await app.postEvents([eventOf('there', { time: '2026-06-01T00:00:00Z' })]);
    await app.postEvents([eventOf('silent')]);
    await app.database.execute(`update change set silent = true where provision_id like 'silent-of-%'`);
    await app.postEvents([eventOf('there', { time: '2026-05-01T00:00:00Z', after: side('low') })]);
    const path = await feedOf(app, account, await watch(app, account, [['entity', entity]]));
    expect(provisionsOf((await readFeed(app, path)).text)).toEqual(['there']);
  });

  it('is the newest fifty, and fewer when their texts are long', async () => {
    const events = Array.from({ length: 60 }, (_, n) => eventOf(`n${n}`));
    await app.postEvents(events);
    const path = await feedOf(app, account, await watch(app, account, [['entity', entity]]));
    const names = provisionsOf((await readFeed(app, path)).text);
    expect(names).toEqual(Array.from({ length: 50 }, (_, n) => `n${59 - n}`));

    await app.database.execute(`update change set after_text = repeat('long ', 60000) where entity_id = $1`, [
      entity,
    ]);
    expect(provisionsOf((await readFeed(app, path)).text)).toEqual(names.slice(0, 6));
  });

  it('locks what the tier does not hold, and never shows one tier what another one holds', async () => {
    const analysis = {
      summary: 'Why it matters to all.',
      regulatoryCitations: [{ citation: 'the citation' }],
      complianceMemo: 'the memo',
    };
    await app.postEvents([eventOf('locked', { analysis })]);
    const path = await feedOf(app, account, await watch(app, account, [['entity', entity]]));
    const read = async () => (await readFeed(app, path)).text;

    expect(await read()).toMatch(/Why it matters to all[^]*the citation[^]*the memo/);
    await setTier('watcher');
    const watcher = await read();
    expect(watcher).toContain('the citation');
    expect(watcher).not.toContain('the memo');
    expect(watcher).toContain('Compliance memo: in the professional tier');
    await setTier('professional');
    expect(await read()).toContain('the memo');
  });
});

describe('an answer with a feed', () => {
  it('is for nobody else: not for caches, search engines, or who is linked to', async () => {
    const path = await feedOf(app, account, await watch(app, account, []));
    const { status, headers } = await readFeed(app, path);
    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/atom+xml; charset=utf-8',
      'cache-control': 'private, no-cache',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
      etag: expect.stringMatching(/^W\/"[\w-]{27}"$/),
      'last-modified': expect.stringMatching(/ GMT$/),
    });
  });

  it('is 304 without a body while nothing changed, to GET and to HEAD, by tag and by time', async () => {
    await app.postEvents([eventOf('one')]);
    const path = await feedOf(app, account, await watch(app, account, [['entity', entity]]));
    const first = await readFeed(app, path);
    app.clock.advance(3_600);
    const tag = first.headers.get('etag')!;
    const since = first.headers.get('last-modified')!;
    for (const method of ['GET', 'HEAD']) {
      const asked = async (headers: Record<string, string>) => {
        const answer = await app.call(method, path, { headers });
        return [
          answer.status,
          answer.text.length,
          answer.headers.get('etag'),
          answer.headers.get('last-modified'),
        ];
      };
      const length = method === 'GET' ? first.text.length : 0;
      const unchanged = [304, 0, tag, since];
      expect(await asked({ 'if-none-match': tag })).toEqual(unchanged);
      expect(await asked({ 'if-none-match': `"x", ${tag.slice(2)}` })).toEqual(unchanged);
      expect(await asked({ 'if-none-match': '*' })).toEqual(unchanged);
      expect(await asked({ 'if-modified-since': since })).toEqual(unchanged);
      expect(await asked({})).toEqual([200, length, tag, since]);
      expect(await asked({ 'if-none-match': '"x"', 'if-modified-since': since })).toEqual([
        200,
        length,
        tag,
        since,
      ]);
    }
    const head = await app.call('HEAD', path);
    expect(head.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    expect(Number(head.headers.get('content-length'))).toBe(Buffer.byteLength(first.text));
  });

  it('is a new one whenever its bytes are, within the same second too', async () => {
    await app.postEvents([eventOf('one', { analysis: { complianceMemo: 'the memo' } })]);
    const watchlist = await watch(app, account, [['entity', entity]]);
    const path = await feedOf(app, account, watchlist);
    const changes: (() => Promise<unknown>)[] = [
      async () => patch(watchlist, { name: 'Renamed' }),
      async () => setTier('watcher'),
      async () => app.postEvents([eventOf('two')]),
      async () => patch(watchlist, { rule: { minSeverity: 'high' } }),
      async () => patch(watchlist, { rule: { minSeverity: 'low' } }),
    ];
    let former = await readFeed(app, path);
    let since = former.headers.get('last-modified')!;
    for (const change of changes) {
      await change();
      const asked = [
        { 'if-none-match': former.headers.get('etag')! },
        { 'if-modified-since': since },
      ] as Record<string, string>[];
      for (const headers of asked) expect((await readFeed(app, path, headers)).status).toBe(200);
      const answer = await readFeed(app, path);
      expect(answer.text).not.toBe(former.text);
      const dated = answer.headers.get('last-modified');
      expect(dated === null || Date.parse(dated) <= app.clock.now().getTime()).toBe(true);
      since = dated ?? new Date(Date.parse(since) + 1_000).toUTCString();
      former = answer;
    }
    app.clock.advance(60);
    expect((await readFeed(app, path, { 'if-modified-since': since })).status).toBe(304);
    expect((await readFeed(app, path)).text).toBe(former.text);
  });

  it('has another tag under another name of the archive, and the same from every process', async () => {
    const path = await feedOf(app, account, await watch(app, account, []));
    const { headers } = await readFeed(app, path);
    const service = app.app.get(FeedService);
    const token = path.replace('/feeds/', '');
    const elsewhere = (archiveName: string) => {
      const config = { ...(service as any).config, archiveName };
      return new FeedService(app.database, app.clock, (service as any).reader, config).open(token);
    };
    expect((await elsewhere((service as any).config.archiveName)).tag).toBe(headers.get('etag'));
    expect((await elsewhere('Another Archive')).tag).not.toBe(headers.get('etag'));
  });
});

describe('an entry', () => {
  it('has an id of its event, the same in every feed', async () => {
    await app.postEvents([eventOf('one', { id: `id-of-${entity}` })]);
    const follows = [['entity', entity]] as const;
    const paths = [
      await feedOf(app, account, await watch(app, account, follows)),
      await feedOf(app, account, await watch(app, account, follows)),
    ];
    const [a = [], b = []] = await Promise.all(
      paths.map(async (path) => textsOf((await readFeed(app, path)).text, 'id')),
    );
    expect(a[0]).not.toBe(b[0]);
    expect(a[1]).toBe(b[1]);
    for (const id of [...a, ...b]) expect(id).toMatch(/^urn:uuid:[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  });

  it('is dated when the archive saw the change, and when it came', async () => {
    await app.postEvents([eventOf('one', { time: '2026-03-24T10:00:00+01:00' })]);
    const { text } = await readFeed(
      app,
      await feedOf(app, account, await watch(app, account, [['entity', entity]])),
    );
    expect(textsOf(text, 'published')).toEqual(['2026-03-24T09:00:00.000Z']);
    const [row] = await app.database.query<any>('select received_at from change where entity_id = $1', [
      entity,
    ]);
    expect(textsOf(text, 'updated')).toEqual(Array(2).fill(row.received_at.toISOString()));
  });
});
