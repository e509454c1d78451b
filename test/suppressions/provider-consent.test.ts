import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DestinationService } from '../../src/destinations/destination.service.js';
import type { AccountId } from '../../src/domain/ids.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { mailTo } from '../support/inbox-of-mail.js';

const secret = 'a secret of Postmark and ours';

let app: TestApp;
let account: TestAccount;
let made = 0;
beforeAll(async () => {
  app = await startApp({ POSTMARK_WEBHOOK_SECRET: secret });
});
beforeEach(async () => {
  account = await app.createAccount({ email: `reader${++made}@example.net`, tier: 'professional' });
  app.clock.advance(60);
});
afterAll(async () => app.stop());

const destination = async (of = account) =>
  (await app.call('GET', '/v1/destinations', { token: of.token })).body.items[0];
const reasons = async (of = account): Promise<string[]> =>
  (await app.call('GET', '/v1/suppressions', { token: of.token })).body.items.map((one: any) => one.reason);
const enable = async () => {
  const { id } = await destination();
  return app.call('POST', `/v1/destinations/${id}/enable`, { token: account.token });
};
const post = async (report: object) => {
  const headers = { 'x-webhook-secret': secret };
  const answer = await app.call('POST', '/v1/mail-reports/postmark', { body: report, headers });
  expect(answer.body).toEqual({ findings: 1, suppressed: 0 });
};
const change = (SuppressSending: boolean, at = app.clock.now(), others: object = {}) => ({
  RecordType: 'SubscriptionChange',
  Recipient: account.email.toUpperCase(),
  Origin: 'Recipient',
  SuppressSending,
  SuppressionReason: SuppressSending ? 'ManualSuppression' : null,
  ChangedAt: at.toISOString(),
  ...others,
});

const paused = { status: 'paused', reason: 'unsubscribed' };
const active = { status: 'active', reason: null };

describe('a reader who uses the link of Postmark', () => {
  it.each([
    ['on its list', () => change(true)],
    ['in a report by mail', () => ({ RecordType: 'Bounce', TypeCode: 16, Email: account.email })],
  ])('has unsubscribed, for all that goes to the address, and is no complaint: %s', async (_, report) => {
    const other = await app.createAccount({ tier: 'professional' });
    const [{ id }] = (await app.call('GET', '/v1/destinations', { token: other.token })).body.items;
    await app.database.execute(
      `update destination set settings = jsonb_build_object('address', $2::text) where id = $1`,
      [id, account.email],
    );
    await post(report());
    for (const one of [account, other]) {
      expect(await destination(one)).toMatchObject(paused);
      expect(await reasons(one)).toEqual(['unsubscribe']);
    }
    expect(await app.database.query('select 1 from suppression')).toEqual([]);
    expect((await enable()).body).toMatchObject(active);
  });

  it('takes it back by the same, and only for what it was', async () => {
    await post(change(true));
    app.clock.advance(60);
    // By somebody else, or for another reason: no word of the reader's.
    await post(change(false, undefined, { Origin: 'Customer' }));
    await post(change(false, undefined, { SuppressionReason: 'HardBounce' }));
    expect(await destination()).toMatchObject(paused);
    await post(change(false));
    expect(await destination()).toMatchObject(active);
    expect(await reasons()).toEqual([]);
  });

  it('takes back nothing that was stopped by the link in a mail', async () => {
    const of = { accountId: account.id as AccountId, destinationId: (await destination()).id };
    await app.app.get(DestinationService).unsubscribeAll(of);
    app.clock.advance(60);
    await post(change(false));
    expect(await destination()).toMatchObject(paused);
    await enable();
    await post(change(true));
    app.clock.advance(60);
    await enable();
    await app.app.get(DestinationService).unsubscribeAll(of);
    await post(change(false));
    expect(await destination()).toMatchObject(paused);
  });

  it('leaves paused what its owner had paused', async () => {
    const { id } = await destination();
    const body = { status: 'paused' };
    await app.call('PATCH', `/v1/destinations/${id}`, { token: account.token, body });
    await post(change(true));
    expect(await destination()).toMatchObject(paused);
    app.clock.advance(60);
    await post(change(false));
    expect(await destination()).toMatchObject({ status: 'paused', reason: null });
  });

  it('is not heard again when an old word is repeated', async () => {
    const stop = change(true);
    await post(stop);
    app.clock.advance(60);
    await enable();
    await post(stop);
    expect(await destination()).toMatchObject(active);
    app.clock.advance(60);
    const resume = change(false);
    app.clock.advance(60);
    await post(change(true));
    await post(resume);
    expect(await destination()).toMatchObject(paused);
  });

  it('is heard late by who was only asked since, and not by who has confirmed since', async () => {
    const other = await app.createAccount({ tier: 'professional' });
    const body = { kind: 'email', settings: { address: account.email } };
    const make = async () =>
      (await app.call('POST', '/v1/destinations', { token: other.token, body })).body.id as string;
    const set = async (id: string, status: string) =>
      app.call('PATCH', `/v1/destinations/${id}`, { token: other.token, body: { status } });
    const confirm = async () => {
      await app.work();
      const [mail] = (await mailTo(app, account.email)).toReversed();
      expect((await app.call('POST', /\/confirm\/[\w-]+/.exec(mail!.text)![0])).status).toBe(200);
    };
    const states = async (): Promise<string[]> => {
      const { items } = (await app.call('GET', '/v1/destinations', { token: other.token })).body;
      return items.slice(1).map(({ status }: { status: string }) => status);
    };
    const first = await make();
    const early = app.clock.now();
    app.clock.advance(60);
    await confirm();
    await post(change(true, early));
    expect(await states()).toEqual(['active']);

    app.clock.advance(60);
    const later = app.clock.now();
    app.clock.advance(60);
    await set(first, 'paused');
    await make();
    await app.work();
    await set(first, 'active');
    expect(await states()).toEqual(['active', 'pending']);
    await post(change(true, later));
    expect(await states()).toEqual(['paused', 'pending']);
  });

  it('does not have mail go where it was complained of meanwhile', async () => {
    await post(change(true));
    const headers = { 'x-webhook-secret': secret };
    const body = { RecordType: 'SpamComplaint', Email: account.email };
    expect((await app.call('POST', '/v1/mail-reports/postmark', { body, headers })).body.suppressed).toBe(1);
    app.clock.advance(60);
    await post(change(false));
    expect(await destination()).toMatchObject(paused);
    await app.database.execute('delete from suppression');
  });
});
