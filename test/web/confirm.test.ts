import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { mailTo } from '../support/inbox-of-mail.js';

let app: TestApp;
let account: TestAccount;
let destination: string;
let path: string;

let addresses = 0;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

beforeEach(async () => {
  const address = `team${++addresses}@example.org`;
  account = await app.createAccount();
  const { body } = await app.call('POST', '/v1/destinations', {
    token: account.token,
    body: { kind: 'email', settings: { address } },
  });
  destination = body.id;
  await app.work();
  const [mail] = await mailTo(app, address);
  path = /(\/confirm\/[\w-]+)/.exec(mail!.text)![1]!;
});

async function status(): Promise<string> {
  return (await app.call('GET', `/v1/destinations/${destination}`, { token: account.token })).body.status;
}

it('asks with a button, and confirms nothing by being opened', async () => {
  const answer = await app.call('GET', path);

  expect(answer.status).toBe(200);
  expect(answer.text).toContain('<form method="post">');
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  expect(await status()).toBe('pending');
});

it('puts the address to work, and says so as often as it is asked', async () => {
  const first = await app.call('POST', path);
  const again = await app.call('POST', path, {
    body: '',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

  expect([first.status, again.status]).toEqual([200, 200]);
  expect(first.text).toContain('<h1>Confirmed</h1>');
  expect(again.text).toBe(first.text);
  expect(await status()).toBe('active');
});

it('works for seven days, then says how to get a new link', async () => {
  const other = await startApp();
  try {
    const { id, token } = await other.createAccount();
    const { body } = await other.call('POST', '/v1/destinations', {
      token,
      body: { kind: 'email', settings: { address: 'late@example.org' } },
    });
    await other.work();
    const [mail] = await mailTo(other, 'late@example.org');
    const late = /(\/confirm\/[\w-]+)/.exec(mail!.text)![1]!;

    other.clock.advance(7 * 86_400 - 60);
    expect((await other.call('GET', late)).status).toBe(200);
    other.clock.advance(60);
    for (const method of ['GET', 'POST']) {
      const { status: code, text } = await other.call(method, late);
      expect(code).toBe(410);
      expect(text).toContain('too old');
      expect(text).toContain('href="/destinations"');
    }
    const [row] = await other.database.query<{ status: string }>(
      'select status from destination where account_id = $1 and id = $2',
      [id, body.id],
    );
    expect(row!.status).toBe('pending');
  } finally {
    await other.stop();
  }
});

it('is not there when the link was altered, and confirms nothing', async () => {
  const altered = `${path.slice(0, 60)}${path[60] === 'A' ? 'B' : 'A'}${path.slice(61)}`;

  expect((await app.call('GET', altered)).status).toBe(404);
  expect((await app.call('POST', altered)).status).toBe(404);
  expect(await status()).toBe('pending');
});

it('confirms no other address than the one that it was sent to', async () => {
  await app.call('PATCH', `/v1/destinations/${destination}`, {
    token: account.token,
    body: { settings: { address: 'somebody-else@example.org' } },
  });

  expect((await app.call('POST', path)).status).toBe(404);
  expect(await status()).toBe('pending');
});
