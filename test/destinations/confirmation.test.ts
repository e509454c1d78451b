import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { mailTo } from '../support/inbox-of-mail.js';

let app: TestApp;
let account: TestAccount;
beforeEach(async () => {
  app = await startApp();
  account = await app.createAccount();
});
afterEach(async () => app.stop());

function call(method: string, path: string, body?: unknown, { token } = account) {
  return app.call(method, path, { token, body });
}

async function add(address: string, by = account) {
  return call('POST', '/v1/destinations', { kind: 'email', settings: { address } }, by);
}

async function statuses(by = account): Promise<string[]> {
  const { items } = (await call('GET', '/v1/destinations', undefined, by)).body;
  return items.slice(1).map(({ status }: { status: string }) => status);
}

/** Sends what is due. @returns the links of the mails that have come to the address, oldest first */
async function linksAt(address: string): Promise<string[]> {
  await app.work();
  const mails = await mailTo(app, address);
  return mails.map(({ text }) => /(\/confirm\/[\w-]+)/.exec(text)![1]!);
}

const hour = 3_600;
const day = 24 * hour;

describe('one mail for all that waits at an address', () => {
  it('goes out however many destinations are made of it, and its link confirms them all', async () => {
    for (const address of ['team@example.org', 'Team@Example.org', '"team"@example.org']) {
      expect((await add(address)).body.status).toBe('pending');
    }
    const links = await linksAt('team@example.org');
    expect(links).toHaveLength(1);

    app.clock.advance(hour);
    await add('team@example.org');
    expect(await linksAt('team@example.org')).toEqual(links);

    const page = await app.call('GET', links[0]!);
    expect(page.text).toContain('t…@e…');
    expect(page.text).toContain('4 destinations');
    expect(page.text).toContain('7 days');
    await app.call('POST', links[0]!);
    expect(await statuses()).toEqual(['active', 'active', 'active', 'active']);
  });

  it('is not asked of an address that works for the account already', async () => {
    await add('team@example.org');
    const [link] = await linksAt('team@example.org');
    await app.call('POST', link!);

    expect((await add('TEAM@example.org')).body.status).toBe('active');
    expect(await linksAt('team@example.org')).toHaveLength(1);
  });

  it('confirms for the account alone that asked', async () => {
    const other = await app.createAccount();
    await add('team@example.org');
    const [link] = await linksAt('team@example.org');
    await add('team@example.org', other);
    expect(await linksAt('team@example.org')).toHaveLength(2);

    await app.call('POST', link!);
    expect([await statuses(), await statuses(other)]).toEqual([['active'], ['pending']]);
  });

  it('goes out though the destination that it was made for is deleted before', async () => {
    const first = (await add('team@example.org')).body;
    await add('team@example.org');
    await call('DELETE', `/v1/destinations/${first.id}`);

    const links = await linksAt('team@example.org');
    expect(links).toHaveLength(1);
    await app.call('POST', links[0]!);
    expect(await statuses()).toEqual(['active']);
  });

  it('says how long its link works', async () => {
    await add('team@example.org');
    await app.work();
    const [mail] = await mailTo(app, 'team@example.org');
    expect(mail!.text).toContain('7 days');
    expect(mail!.html).toContain('7 days');
  });
});

describe('changing an address', () => {
  it('asks the new one, and leaves the old link dead', async () => {
    const { id } = (await add('old@example.org')).body;
    const [link] = await linksAt('old@example.org');
    await call('PATCH', `/v1/destinations/${id}`, { settings: { address: 'new@example.org' } });

    expect((await app.call('GET', link!)).status).toBe(404);
    expect((await app.call('POST', link!)).status).toBe(404);
    expect(await statuses()).toEqual(['pending']);
    const [fresh] = await linksAt('new@example.org');
    await app.call('POST', fresh!);
    expect(await statuses()).toEqual(['active']);
  });

  it('sends the new one no mail that asked the old one and had not gone out', async () => {
    const { id } = (await add('a1@example.org')).body;
    for (const name of ['a2', 'a3', 'a4', 'a5', 'victim']) {
      await call('PATCH', `/v1/destinations/${id}`, { settings: { address: `${name}@example.org` } });
    }
    expect(await linksAt('victim@example.org')).toHaveLength(1);
    expect(await linksAt('a1@example.org')).toEqual([]);
  });

  it('leaves others that wait for the same mail a mail of their own', async () => {
    const { id } = (await add('team@example.org')).body;
    await add('team@example.org');
    await call('PATCH', `/v1/destinations/${id}`, { settings: { address: 'new@example.org' } });
    expect(await linksAt('team@example.org')).toHaveLength(1);
    expect(await linksAt('new@example.org')).toHaveLength(1);
  });
});

describe('asking once more', () => {
  it('sends a mail whose link works as the first one does, until there were three within a day', async () => {
    const { id } = (await add('team@example.org')).body;
    const again = async () => call('POST', `/v1/destinations/${id}/confirmation`);
    app.clock.advance(hour);
    const answers = [await again(), await again()];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(answers[0]!.body).toEqual({
      deliveryId: expect.stringMatching(/^\d+$/),
      expiresAt: new Date(app.clock.now().getTime() + 7 * day * 1_000).toISOString(),
    });

    const refused = await again();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe(String(day - hour));
    expect(refused.body).toMatchObject({ title: 'Too many requests', retryAfterS: day - hour });

    app.clock.advance(day - hour - 1);
    expect((await again()).status).toBe(429);
    app.clock.advance(1);
    expect((await again()).status).toBe(202);
    expect((await again()).status).toBe(429);

    const links = await linksAt('team@example.org');
    expect(links).toHaveLength(4);
    await app.call('POST', links.at(-1)!);
    expect((await again()).status).toBe(409);
  });

  it('is for those that wait alone, and for nobody else', async () => {
    const { id } = (await add('team@example.org')).body;
    const stranger = await app.createAccount();
    const own = (await call('GET', '/v1/destinations')).body.items[0].id;
    const ask = async (which: string, by = account) =>
      (await call('POST', `/v1/destinations/${which}/confirmation`, undefined, by)).status;
    expect(await ask(id, stranger)).toBe(404);
    expect(await ask('0')).toBe(404);
    expect(await ask(own)).toBe(409);
  });

  it('is not what replaying the delivery is for', async () => {
    await add('team@example.org');
    await linksAt('team@example.org');
    const [{ id }] = (await call('GET', '/v1/deliveries')).body.items;
    const replayed = await call('POST', `/v1/deliveries/${id}/replay`);
    expect(replayed.status).toBe(409);
    expect(replayed.body.detail).toContain('/confirmation');
    await call('POST', '/v1/deliveries/replay', { includeDelivered: true, since: '2020-01-01T00:00:00Z' });
    expect(await linksAt('team@example.org')).toHaveLength(1);
  });

  it('comes by itself a day later, to whoever makes another destination', async () => {
    await add('team@example.org');
    app.clock.advance(day);
    await add('team@example.org');
    expect(await linksAt('team@example.org')).toHaveLength(2);
  });

  it('is what enabling does once its reader has stopped what was confirmed', async () => {
    const { id } = (await add('team@example.org')).body;
    const [link] = await linksAt('team@example.org');
    await app.call('POST', link!);
    await app.database.execute(
      `update destination set status = 'paused', reason = 'unsubscribed' where id = $1`,
      [id],
    );

    expect((await call('POST', `/v1/destinations/${id}/enable`)).body.status).toBe('pending');
    expect(await linksAt('team@example.org')).toHaveLength(2);
  });
});

describe("a stranger's mailbox", () => {
  const victim = 'victim@example.org';

  it('gets few mails from an account that makes and deletes destinations over and over', async () => {
    const seen = new Set<number>();
    for (let turn = 0; turn < 20; turn++) {
      const { status, body } = await add(victim);
      seen.add(status);
      if (turn % 2 === 0) await app.work();
      if (status === 201) await call('DELETE', `/v1/destinations/${body.id}`);
    }
    expect([...seen]).toEqual([201, 429]);
    expect((await linksAt(victim)).length).toBeLessThanOrEqual(3);
    expect(await statuses()).toEqual([]);
  });

  it('gets few mails from one that changes an address to and fro', async () => {
    const { id } = (await add('mine@example.org')).body;
    for (let turn = 0; turn < 12; turn++) {
      const address = turn % 2 === 0 ? victim : 'mine@example.org';
      await call('PATCH', `/v1/destinations/${id}`, { settings: { address } });
      await app.work();
    }
    expect((await linksAt(victim)).length).toBeLessThanOrEqual(3);
  });

  it('gets few mails from many accounts, and by no other spelling of the address', async () => {
    const accounts = await Promise.all(Array.from({ length: 4 }, async () => app.createAccount()));
    // All of them at once: who counts, counts alone.
    await Promise.all(
      accounts.map(async (by, index) => {
        for (const address of [
          victim,
          `victim+${index}@example.org`,
          'VICTIM@example.org',
          '"victim"@EXAMPLE.ORG',
          `victim+x${index}@example.org`,
        ]) {
          await add(address, by);
        }
      }),
    );
    await app.work();
    const { body } = await app.call('GET', '/sandbox/mailbox.json');
    const toVictim = body.filter(({ to }: { to: string[] }) => /^victim/i.test(to[0]!));
    expect(toVictim).toHaveLength(6);
  });

  it('is forgotten neither with the destination nor with the account', async () => {
    const operator = { token: app.operatorToken };
    for (let turn = 0; turn < 8; turn++) {
      const by = await app.createAccount();
      await add(victim, by);
      await app.work();
      await app.call('DELETE', `/v1/accounts/${by.id}`, operator);
    }
    expect(await linksAt(victim)).toHaveLength(6);
  });

  it('is one of thirty that an account may ask within a day', async () => {
    const answers = [];
    for (let n = 0; n < 31; n++) answers.push((await add(`n${n}@d${n}.example`)).status);
    expect(answers).toEqual([...Array.from({ length: 30 }, () => 201), 429]);
    app.clock.advance(day);
    expect((await add('n31@example.org')).status).toBe(201);
  });

  it('is asked once by those who come at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, async () => add(victim)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(await linksAt(victim)).toHaveLength(1);
    expect(await app.database.query('select from confirmation_mail')).toHaveLength(1);
  });
});

it('forgets what counts no more', async () => {
  await add('a@example.org');
  app.clock.advance(day);
  await add('b@example.org');
  expect(await app.database.query('select from confirmation_mail')).toHaveLength(1);
});
