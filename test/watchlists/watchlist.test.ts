import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';

let app: TestApp;
let account: TestAccount;

beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  account = await app.createAccount({ tier: 'watcher' });
});
afterAll(async () => app.stop());

function call(method: string, path: string, body?: unknown) {
  return app.call(method, path, { token: account.token, body });
}

const defaults = {
  minSeverity: 'low',
  direction: 'any',
  minChange: 0,
  kinds: ['introduced', 'withdrawn', 'escalated', 'eased', 'reworded'],
  keywords: null,
};

describe('making a watchlist', () => {
  it('needs a name alone: everything but cosmetic changes, at once, to the own address', async () => {
    const own = await call('GET', '/v1/destinations');

    const { status, body } = await call('POST', '/v1/watchlists', { name: 'Cloud' });

    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^\d+$/),
      name: 'Cloud',
      rule: defaults,
      cadence: { mode: 'instant' },
      confirmAfter: null,
      destinationIds: [own.body.items[0].id],
      snoozedUntil: null,
      createdAt: app.clock.now().toISOString(),
    });
    expect((await call('GET', `/v1/watchlists/${body.id}`)).body).toEqual(body);
  });

  it('is weekly by default on a tier that holds no instant alerts', async () => {
    account = await app.createAccount({ tier: 'free' });

    const { body } = await call('POST', '/v1/watchlists', { name: 'Weekly' });

    expect(body.cadence).toEqual({ mode: 'weekly', on: 'monday', at: '08:00' });
  });

  it('keeps a whole rule, cadence and destinations', async () => {
    const webhook = await call('POST', '/v1/destinations', {
      kind: 'webhook',
      settings: { url: 'https://hooks.example.org/a' },
    });
    const given = {
      name: 'Arbitration ⚖️ עברית',
      rule: {
        minSeverity: 'high',
        direction: 'rises',
        minChange: 2,
        kinds: ['escalated', 'introduced', 'escalated'],
        keywords: ' "class action" -trial ',
      },
      cadence: { mode: 'daily', at: '06:30' },
      destinationIds: [webhook.body.id, webhook.body.id],
    };

    const { body } = await call('POST', '/v1/watchlists', given);

    expect(body).toMatchObject({
      name: given.name,
      rule: { ...given.rule, kinds: ['escalated', 'introduced'], keywords: '"class action" -trial' },
      cadence: given.cadence,
      destinationIds: [webhook.body.id],
    });
  });

  it('may have no destination: its alerts are in the inbox alone', async () => {
    const { status, body } = await call('POST', '/v1/watchlists', { name: 'Quiet', destinationIds: [] });

    expect(status).toBe(201);
    expect(body.destinationIds).toEqual([]);
  });

  it.each([
    [{}, 'name'],
    [{ name: '   ' }, 'name'],
    [{ name: '\u200b' }, 'name'],
    [{ name: 'x'.repeat(81) }, 'name'],
    [{ name: 'a\u0000b' }, 'name'],
    [{ name: 'x', rule: { minSeverity: 'grave' } }, 'rule.minSeverity'],
    [{ name: 'x', rule: { direction: 'up' } }, 'rule.direction'],
    [{ name: 'x', rule: { minChange: 4 } }, 'rule.minChange'],
    [{ name: 'x', rule: { kinds: [] } }, 'rule.kinds'],
    [{ name: 'x', rule: { kinds: ['escalated', 'vanished'] } }, 'rule.kinds[1]'],
    [{ name: 'x', rule: { keywords: '' } }, 'rule.keywords'],
    [{ name: 'x', rule: { keywords: '!!! ""' } }, 'rule.keywords'],
    [{ name: 'x', rule: { keywords: 'a\u0000b' } }, 'rule.keywords'],
    [{ name: 'x', cadence: { mode: 'yearly' } }, 'cadence'],
    [{ name: 'x', cadence: { mode: 'daily' } }, 'cadence.at'],
    [{ name: 'x', cadence: { mode: 'weekly', on: 'someday', at: '08:00' } }, 'cadence.on'],
    [{ name: 'x', destinationIds: ['999999'] }, 'destinationIds[0]'],
    [{ name: 'x', destinationIds: ['none', '0'] }, 'destinationIds[1]'],
  ])('refuses %j and names the fault by its path', async (given, path) => {
    const { status, body } = await call('POST', '/v1/watchlists', given);

    expect(status).toBe(422);
    expect(body.errors.map((fault: { path: string }) => fault.path)).toContainEqual(
      expect.stringContaining(path),
    );
  });

  it.each([
    [{ name: 'x', colour: 'red' }, 'colour'],
    [{ name: 'x', rule: { loudness: 11 } }, 'loudness'],
    [{ name: 'x', cadence: { mode: 'instant', at: '08:00' } }, 'at'],
  ])('refuses fields that it does not know: %j', async (given, field) => {
    const { status, body } = await call('POST', '/v1/watchlists', given);

    expect(status).toBe(422);
    expect(JSON.stringify(body.errors)).toContain(field);
  });
});

describe('changing a watchlist', () => {
  it('leaves what is not given, inside the rule too', async () => {
    const made = await call('POST', '/v1/watchlists', {
      name: 'Before',
      rule: { minSeverity: 'medium', keywords: 'arbitration', kinds: ['escalated'] },
      cadence: { mode: 'hourly' },
    });

    const { status, body } = await call('PATCH', `/v1/watchlists/${made.body.id}`, {
      rule: { direction: 'rises' },
    });

    expect(status).toBe(200);
    expect(body).toEqual({ ...made.body, rule: { ...made.body.rule, direction: 'rises' } });
  });

  it('changes every field that is given, and takes keywords away with null', async () => {
    const made = await call('POST', '/v1/watchlists', { name: 'A', rule: { keywords: 'arbitration' } });
    const changes = {
      name: 'B',
      rule: { minSeverity: 'high', minChange: 1, kinds: ['eased'], keywords: null },
      cadence: { mode: 'weekly', on: 'friday', at: '17:00' },
      destinationIds: [],
    };

    const { body } = await call('PATCH', `/v1/watchlists/${made.body.id}`, changes);

    expect(body).toEqual({
      ...made.body,
      ...changes,
      rule: { ...made.body.rule, ...changes.rule },
    });
  });

  it('replaces its destinations', async () => {
    const made = await call('POST', '/v1/watchlists', { name: 'A' });
    const ids = [];
    for (const path of ['a', 'b']) {
      const settings = { url: `https://hooks.example.org/${path}` };
      ids.push((await call('POST', '/v1/destinations', { kind: 'webhook', settings })).body.id);
    }

    const { body } = await call('PATCH', `/v1/watchlists/${made.body.id}`, { destinationIds: ids });

    expect(body.destinationIds).toEqual(ids);
  });

  it('loses no change of many that are made at once', async () => {
    const made = await call('POST', '/v1/watchlists', { name: 'A' });
    const path = `/v1/watchlists/${made.body.id}`;

    await Promise.all([
      call('PATCH', path, { rule: { minSeverity: 'high' } }),
      call('PATCH', path, { rule: { direction: 'falls' } }),
      call('PATCH', path, { rule: { minChange: 3 } }),
      call('PATCH', path, { rule: { keywords: 'data' } }),
      call('PATCH', path, { name: 'B' }),
    ]);

    expect((await call('GET', path)).body).toMatchObject({
      name: 'B',
      rule: { minSeverity: 'high', direction: 'falls', minChange: 3, keywords: 'data' },
    });
  });

  it('changes nothing when a part is refused', async () => {
    const made = await call('POST', '/v1/watchlists', { name: 'A' });
    const path = `/v1/watchlists/${made.body.id}`;

    const refused = await call('PATCH', path, { name: 'B', destinationIds: ['999999'] });

    expect(refused.status).toBe(422);
    expect((await call('GET', path)).body).toEqual(made.body);
  });
});

it('deletes a watchlist with its follows', async () => {
  const made = await call('POST', '/v1/watchlists', { name: 'A' });
  const path = `/v1/watchlists/${made.body.id}`;
  await call('PUT', `${path}/follows/entity/amazon`);

  expect((await call('DELETE', path)).status).toBe(204);

  expect((await call('GET', path)).status).toBe(404);
  expect((await call('DELETE', path)).status).toBe(404);
  expect(await app.database.query('select * from follow')).toEqual([]);
});

describe('the list of watchlists', () => {
  it('pages through them, oldest first', async () => {
    const names = ['one', 'two', 'three', 'four', 'five'];
    for (const name of names) await call('POST', '/v1/watchlists', { name });

    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await call('GET', `/v1/watchlists?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page.body.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.body.items.map((item: { name: string }) => item.name));
      cursor = page.body.nextCursor as string | null;
    }

    expect(seen).toEqual(names);
  });

  it.each(['limit=0', 'limit=201', 'limit=x', 'cursor=x', 'cursor=WyJkZXN0aW5hdGlvbnMiLCIxIl0'])(
    'refuses ?%s',
    async (query) => {
      expect((await call('GET', `/v1/watchlists?${query}`)).status).toBe(422);
    },
  );
});
