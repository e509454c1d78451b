import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sesFindings } from '../../src/mail-reports/ses-notification.js';
import { MailReports } from '../../src/suppressions/mail-reports.service.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { mailTo } from '../support/inbox-of-mail.js';

const secret = 'a secret of Postmark and ours';
const day = 86_400;

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

const destinations = async (of = account): Promise<any[]> =>
  (await app.call('GET', '/v1/destinations', { token: of.token })).body.items;
const suppressions = async (of = account): Promise<any[]> =>
  (await app.call('GET', '/v1/suppressions', { token: of.token })).body.items;

const postmark = async (report: object) => {
  const headers = { 'x-webhook-secret': secret };
  return (await app.call('POST', '/v1/mail-reports/postmark', { body: report, headers })).body.suppressed;
};
/** @returns a function that has each provider tell what was so at the time, and gives how often it suppressed */
const tellers = {
  'SES, a bounce': async (at: Date) => {
    const notification = {
      notificationType: 'Bounce',
      mail: { timestamp: at.toISOString() },
      bounce: {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: [{ emailAddress: account.email, status: '5.1.1' }],
      },
    };
    const findings = sesFindings(JSON.stringify(notification));
    return (await app.app.get(MailReports).note(findings, { isProven: true })).suppressed;
  },
  'SES, a complaint': async (at: Date) => {
    const notification = {
      eventType: 'Complaint',
      mail: { timestamp: at.toISOString() },
      complaint: { complainedRecipients: [{ emailAddress: account.email }], complaintFeedbackType: 'abuse' },
    };
    const findings = sesFindings(JSON.stringify(notification));
    return (await app.app.get(MailReports).note(findings, { isProven: true })).suppressed;
  },
  'Postmark, a bounce': async (at: Date) =>
    postmark({
      RecordType: 'Bounce',
      TypeCode: 1,
      Email: account.email,
      Details: 'smtp;550 5.1.1 unknown',
      BouncedAt: at.toISOString(),
    }),
  'Postmark, a complaint': async (at: Date) =>
    postmark({ RecordType: 'SpamComplaint', Email: account.email, BouncedAt: at.toISOString() }),
  'Postmark, its list': async (at: Date) =>
    postmark({
      RecordType: 'SubscriptionChange',
      Recipient: account.email,
      Origin: 'Recipient',
      SuppressSending: true,
      SuppressionReason: 'HardBounce',
      ChangedAt: at.toISOString(),
    }),
};

describe.each(Object.entries(tellers))('a provider that tells again (%s)', (_, tell) => {
  it('says nothing new of an address that was lifted since', async () => {
    const at = app.clock.now();
    expect(await tell(at)).toBe(1);
    const [{ id }] = (await app.call('GET', '/v1/operator/suppressions', { token: app.operatorToken })).body
      .items;
    app.clock.advance(60);
    await app.call('DELETE', `/v1/operator/suppressions/${id}`, { token: app.operatorToken });
    const [{ id: destination }] = await destinations();
    await app.call('POST', `/v1/destinations/${destination}/enable`, { token: account.token });
    expect(await destinations()).toMatchObject([{ status: 'active' }]);
    app.clock.advance(60);
    expect(await tell(at)).toBe(0);
    expect(await destinations()).toMatchObject([{ status: 'active' }]);
    expect(await suppressions()).toEqual([]);
    expect(await tell(app.clock.now())).toBe(1);
    expect(await destinations()).toMatchObject([{ status: 'disabled' }]);
  });

  it('says nothing of what was made after it', async () => {
    const at = new Date(app.clock.now().getTime() - 61_000);
    expect(await tell(at)).toBe(0);
    expect(await destinations()).toMatchObject([{ status: 'active' }]);
  });
});

/** Sends what is due, and uses the link of the last mail that asked the account's reader. */
async function confirm(): Promise<void> {
  await app.work();
  const links = (await mailTo(app, account.email)).map(({ text }) => /\/confirm\/[\w-]+/.exec(text)?.[0]);
  const link = links.findLast((one) => one !== undefined);
  expect((await app.call('POST', link ?? '')).status).toBe(200);
}

describe('an address that was confirmed', () => {
  it('is not suppressed by what was reported before, and is by what is reported later', async () => {
    const tell = tellers['Postmark, a bounce'];
    const other = await app.createAccount({ tier: 'professional' });
    const body = { kind: 'email', settings: { address: account.email } };
    const { id } = (await app.call('POST', '/v1/destinations', { token: other.token, body })).body;
    const ofOther = async () => (await destinations(other)).find((one) => one.id === id);
    app.clock.advance(60);
    const at = app.clock.now();
    // It waits two days, and is asked again: then the report comes in late.
    app.clock.advance(2 * day);
    await app.call('POST', `/v1/destinations/${id}/confirmation`, { token: other.token });
    await confirm();
    await app.call('DELETE', `/v1/destinations/${(await destinations())[0].id}`, { token: account.token });
    expect(await tell(at)).toBe(0);
    expect(await ofOther()).toMatchObject({ status: 'active' });
    app.clock.advance(60);
    expect(await tell(app.clock.now())).toBe(1);
    expect(await ofOther()).toMatchObject({ status: 'disabled' });
  });

  it('has its complaint though it was asked since: nobody has answered', async () => {
    const other = await app.createAccount({ tier: 'professional' });
    const body = { kind: 'email', settings: { address: account.email } };
    const { id } = (await app.call('POST', '/v1/destinations', { token: other.token, body })).body;
    await confirm();
    const set = async (status: string) =>
      app.call('PATCH', `/v1/destinations/${id}`, { token: other.token, body: { status } });
    await app.call('DELETE', `/v1/destinations/${(await destinations())[0].id}`, { token: account.token });
    app.clock.advance(60);
    const at = app.clock.now();
    app.clock.advance(2 * day);
    await set('paused');
    const second = (await app.call('POST', '/v1/destinations', { token: other.token, body })).body;
    expect(second.status).toBe('pending');
    await app.work();
    expect((await set('active')).body).toMatchObject({ status: 'active' });
    expect(await tellers['Postmark, a complaint'](at)).toBe(1);
    expect((await destinations(other)).find((one) => one.id === id)).toMatchObject({ status: 'disabled' });
  });

  it('has its complaint though it is written otherwise since', async () => {
    const other = await app.createAccount({ tier: 'professional' });
    const body = { kind: 'email', settings: { address: account.email } };
    const { id } = (await app.call('POST', '/v1/destinations', { token: other.token, body })).body;
    await confirm();
    await app.call('DELETE', `/v1/destinations/${(await destinations())[0].id}`, { token: account.token });
    app.clock.advance(60);
    const at = app.clock.now();
    app.clock.advance(60);
    const changes = { settings: { address: account.email.toUpperCase() } };
    const changed = await app.call('PATCH', `/v1/destinations/${id}`, { token: other.token, body: changes });
    expect(changed.body.settings).toMatchObject(changes.settings);
    expect(await tellers['Postmark, a complaint'](at)).toBe(1);
    expect((await destinations(other)).find((one) => one.id === id)).toMatchObject({ status: 'disabled' });
  });
});
