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

const webhook = { kind: 'webhook', settings: { url: 'https://hooks.example.org/a' } };
const slack = {
  kind: 'slack',
  settings: { token: 'xoxb-not-a-real-token-of-anybody', channel: '#policy' },
};

async function deliveries(): Promise<unknown[]> {
  return app.database.query(
    `select kind, lane, state, destination_id as "destinationId" from delivery where account_id = $1 order by id`,
    [account.id],
  );
}

describe('making a destination', () => {
  it('shows a signing secret for a webhook, once', async () => {
    const { status, body } = await call('POST', '/v1/destinations', { ...webhook, label: 'Our hook' });

    const { secret, ...destination } = body;
    expect(status).toBe(201);
    expect(destination).toEqual({
      id: expect.stringMatching(/^\d+$/),
      kind: 'webhook',
      label: 'Our hook',
      status: 'active',
      reason: null,
      settings: webhook.settings,
      createdAt: app.clock.now().toISOString(),
    });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect((await call('GET', `/v1/destinations/${body.id}`)).body).toEqual(destination);
    expect(JSON.stringify((await call('GET', '/v1/destinations')).body)).not.toContain('whsec_');
  });

  it('never gives a Slack token back', async () => {
    const { status, body } = await call('POST', '/v1/destinations', slack);

    expect(status).toBe(201);
    expect(body).toMatchObject({ kind: 'slack', status: 'active', label: null });
    expect(body).not.toHaveProperty('secret');
    expect(body.settings).not.toHaveProperty('token');
  });

  it('asks the owner of another email address to confirm it', async () => {
    const { status, body } = await call('POST', '/v1/destinations', {
      kind: 'email',
      settings: { address: 'colleague@example.org' },
    });

    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'pending', settings: { address: 'colleague@example.org' } });
    expect(await deliveries()).toEqual([
      { kind: 'confirm', lane: 'email', state: 'due', destinationId: body.id },
    ]);
  });

  it("needs no confirming of the account's own address, whatever its case", async () => {
    const { body } = await call('POST', '/v1/destinations', {
      kind: 'email',
      settings: { address: account.email.toUpperCase() },
    });

    expect(body.status).toBe('active');
    expect(await deliveries()).toEqual([]);
  });

  it.each([
    [{ settings: {} }, 'kind'],
    [{ kind: 'pigeon', settings: {} }, 'kind'],
    [{ kind: 'constructor', settings: {} }, 'kind'],
    [{ kind: 'webhook' }, 'settings'],
    [{ kind: 'webhook', settings: [] }, 'settings'],
    [{ kind: 'webhook', settings: {} }, 'settings.url'],
    [{ kind: 'webhook', settings: { url: 'ftp://example.org/' } }, 'settings.url'],
    [{ kind: 'email', settings: { address: 'nobody' } }, 'settings.address'],
    [{ kind: 'slack', settings: { channel: '#policy' } }, 'settings'],
    [{ ...webhook, label: ' ' }, 'label'],
    [{ ...webhook, label: 'a\u0000b' }, 'label'],
  ])('refuses %j and names the fault by its path', async (given, path) => {
    const { status, body } = await call('POST', '/v1/destinations', given);

    expect(status).toBe(422);
    expect(body.errors.map((fault: { path: string }) => fault.path)).toContainEqual(
      expect.stringContaining(path),
    );
  });

  it.each([
    [{ ...webhook, status: 'active' }, 'status'],
    [{ ...webhook, settings: { ...webhook.settings, method: 'GET' } }, 'method'],
  ])('refuses fields that it does not know: %j', async (given, field) => {
    const { status, body } = await call('POST', '/v1/destinations', given);

    expect(status).toBe(422);
    expect(JSON.stringify(body.errors)).toContain(field);
  });
});

describe('on a tier that holds the own address alone', () => {
  beforeEach(async () => {
    account = await app.createAccount({ tier: 'free' });
  });
  const refusal = { limit: 'destinations', allowed: 'own-email', tier: 'free', liftedBy: 'watcher' };

  it.each([webhook, slack, { kind: 'email', settings: { address: 'colleague@example.org' } }])(
    'refuses any other place: %j',
    async (given) => {
      const { status, body } = await call('POST', '/v1/destinations', given);

      expect(status).toBe(403);
      expect(body).toMatchObject(refusal);
      expect(body.detail).toContain('watcher');
      expect(await deliveries()).toEqual([]);
    },
  );

  it('takes the own address, and lets it become no other', async () => {
    const own = { kind: 'email', settings: { address: account.email } };
    const made = await call('POST', '/v1/destinations', own);

    const changed = await call('PATCH', `/v1/destinations/${made.body.id}`, {
      settings: { address: 'colleague@example.org' },
    });

    expect(made.status).toBe(201);
    expect(changed.status).toBe(403);
    expect(changed.body).toMatchObject(refusal);
  });

  it('puts what is from a higher tier back to work no more', async () => {
    const higher = { token: app.operatorToken, body: { tier: 'watcher' } };
    await app.call('PATCH', `/v1/accounts/${account.id}`, higher);
    const { id } = (await call('POST', '/v1/destinations', webhook)).body;
    await call('PATCH', `/v1/destinations/${id}`, { status: 'paused' });
    await app.call('PATCH', `/v1/accounts/${account.id}`, { ...higher, body: { tier: 'free' } });

    const enabled = await call('POST', `/v1/destinations/${id}/enable`);
    const activated = await call('PATCH', `/v1/destinations/${id}`, { status: 'active' });

    expect([enabled.status, activated.status]).toEqual([403, 403]);
  });
});

describe('changing a destination', () => {
  it('changes the label and nothing else', async () => {
    const made = await call('POST', '/v1/destinations', webhook);
    const { secret: _, ...shown } = made.body;
    const path = `/v1/destinations/${made.body.id}`;

    const named = await call('PATCH', path, { label: 'Ours' });
    const unnamed = await call('PATCH', path, { label: null });

    expect(named.body).toEqual({ ...shown, label: 'Ours' });
    expect(unnamed.body).toEqual(shown);
  });

  it('replaces settings whole', async () => {
    const made = await call('POST', '/v1/destinations', slack);
    const path = `/v1/destinations/${made.body.id}`;

    const partly = await call('PATCH', path, { settings: { channel: '#other' } });
    const whole = await call('PATCH', path, { settings: { ...slack.settings, channel: '#other' } });

    expect(partly.status).toBe(422);
    expect(whole.status).toBe(200);
    expect(whole.body).toMatchObject({ status: 'active', settings: { channel: '#other' } });
  });

  it('asks to confirm a new address, but not the same one nor the own one', async () => {
    const { id } = (await call('GET', '/v1/destinations')).body.items[0];
    const patch = async (address: string) =>
      (await call('PATCH', `/v1/destinations/${id}`, { settings: { address } })).body;

    expect(await patch('new@example.org')).toMatchObject({ status: 'pending' });
    expect(await patch('NEW@example.org')).toMatchObject({ status: 'pending' });
    expect(await deliveries()).toMatchObject([{ kind: 'confirm', destinationId: id }]);
    expect(await patch(account.email)).toMatchObject({ status: 'active' });
    expect(await deliveries()).toHaveLength(1);
  });

  it('changes nothing when a part is refused', async () => {
    const made = await call('POST', '/v1/destinations', {
      kind: 'email',
      settings: { address: 'a@example.org' },
    });
    const path = `/v1/destinations/${made.body.id}`;

    const refused = await call('PATCH', path, { label: 'L', status: 'active' });

    expect(refused.status).toBe(409);
    expect((await call('GET', path)).body).toEqual(made.body);
  });

  it.each([
    [{ kind: 'email' }, 'kind'],
    [{ status: 'disabled' }, 'status'],
    [{ settings: { url: 'nowhere' } }, 'settings.url'],
  ])('refuses %j', async (changes, fault) => {
    const { id } = (await call('POST', '/v1/destinations', webhook)).body;

    const { status, body } = await call('PATCH', `/v1/destinations/${id}`, changes);

    expect(status).toBe(422);
    expect(JSON.stringify(body.errors)).toContain(fault);
  });
});

it('deletes a destination with its deliveries; its watchlists keep the others', async () => {
  const own = (await call('GET', '/v1/destinations')).body.items[0].id;
  const { id } = (await call('POST', '/v1/destinations', webhook)).body;
  const list = await call('POST', '/v1/watchlists', { name: 'A', destinationIds: [own, id] });
  const { deliveryId } = (await call('POST', `/v1/destinations/${id}/test`)).body;
  await app.database.execute(
    `insert into delivery_attempt (delivery_id, at, outcome, ms) values ($1, now(), 'retry', 1)`,
    [deliveryId],
  );

  expect((await call('DELETE', `/v1/destinations/${id}`)).status).toBe(204);

  expect((await call('DELETE', `/v1/destinations/${id}`)).status).toBe(404);
  expect((await call('GET', `/v1/watchlists/${list.body.id}`)).body.destinationIds).toEqual([own]);
  expect(await deliveries()).toEqual([]);
  expect(
    await app.database.query('select * from delivery_attempt where delivery_id = $1', [deliveryId]),
  ).toEqual([]);
});

it('pages through destinations, oldest first', async () => {
  for (const label of ['a', 'b', 'c', 'd']) await call('POST', '/v1/destinations', { ...webhook, label });

  const seen: (string | null)[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page = await call('GET', `/v1/destinations?limit=2${cursor && `&cursor=${cursor}`}`);
    seen.push(...page.body.items.map((item: { label: string | null }) => item.label));
    cursor = page.body.nextCursor as string | null;
  }

  expect(seen).toEqual([null, 'a', 'b', 'c', 'd']);
});
