import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { mailTo } from '../support/inbox-of-mail.js';

let app: TestApp;
let account: TestAccount;
let id: string;
let names = 0;
let fresh: string;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());
beforeEach(async () => {
  fresh = `right${++names}@example.net`;
  account = await app.createAccount();
  const body = { kind: 'email', settings: { address: `wrong${names}@example.net` } };
  id = (await app.call('POST', '/v1/destinations', { token: account.token, body })).body.id;
  // What asks the former address has gone out.
  await app.work();
});

async function become(status: string, reason: string | null): Promise<void> {
  await app.database.execute(`update destination set status = $2, reason = $3 where id = $1`, [
    id,
    status,
    reason,
  ]);
}

const change = async (address: string, more: { status?: string } = {}) =>
  app.call('PATCH', `/v1/destinations/${id}`, {
    token: account.token,
    body: { settings: { address }, ...more },
  });

const gone = ['disabled', 'the mailbox does not exist (5.1.1)'] as const;
const stopped = ['paused', 'unsubscribed'] as const;

describe('a new address that has to be confirmed', () => {
  it.each([
    [...gone, {}],
    [...gone, { status: 'active' }],
    [...stopped, { status: 'active' }],
    ['active', null, { status: 'active' }],
    ['pending', null, { status: 'active' }],
  ] as const)('is asked where the former one was %s (%s), with %j', async (status, reason, more) => {
    await become(status, reason);
    const answer = await change(fresh, more);
    expect([answer.status, answer.body]).toMatchObject([200, { status: 'pending', reason: null }]);

    await app.work();
    const mails = await mailTo(app, fresh);
    expect(mails).toHaveLength(1);
    await app.call('POST', /(\/confirm\/[\w-]+)/.exec(mails[0]!.text)![1]!);
    const { body } = await app.call('GET', `/v1/destinations/${id}`, { token: account.token });
    expect(body).toMatchObject({ status: 'active', reason: null });
  });

  it('cannot be paused before it is, which its owner is told as it is', async () => {
    await become('active', null);
    const { status, body } = await change(fresh, { status: 'paused' });
    expect(status).toBe(409);
    expect(body.detail).toContain('has to be confirmed');
    expect(body.detail).not.toContain('was sent');
  });
});

describe('the own address of the account', () => {
  it.each([gone, stopped])('is at work where the former one was %s (%s)', async (status, reason) => {
    await become(status, reason);
    const answer = await change(account.email);
    expect([answer.status, answer.body]).toMatchObject([200, { status: 'active', reason: null }]);
  });

  it('stays paused where its owner had paused it, and goes to work when told so', async () => {
    await become('paused', null);
    expect((await change(account.email)).body).toMatchObject({ status: 'paused', reason: null });
    await become('paused', null);
    expect((await change(account.email, { status: 'active' })).body).toMatchObject({ status: 'active' });
  });
});

it('keeps what became of the same mailbox written otherwise', async () => {
  await become(...gone);
  const answer = await change(`WRONG${names}@example.net`);
  expect(answer.body).toMatchObject({ status: gone[0], reason: gone[1] });
});
