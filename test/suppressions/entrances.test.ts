import { sign } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { TokenService } from '../../src/accounts/token.service.js';
import { SesReportsController } from '../../src/suppressions/ses-reports.controller.js';
import { signer } from '../mail-reports/certificate.js';
import { sample } from '../mail-reports/sample.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';

const secret = 'a secret of Postmark and ours';
const topicArn = 'arn:aws:sns:eu-west-1:123456789012:tocsin-mail';
const certificateUrl = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem';

let app: TestApp;
let account: TestAccount;
let made = 0;

beforeAll(async () => {
  app = await startApp({ SES_TOPIC_ARNS: topicArn, POSTMARK_WEBHOOK_SECRET: secret });
});
beforeEach(async () => {
  account = await app.createAccount({ email: `bounced${++made}@example.net` });
});
afterEach(() => void vi.restoreAllMocks());
afterAll(async () => app.stop());

async function reasons(): Promise<string[]> {
  const { body } = await app.call('GET', '/v1/suppressions', { token: account.token });
  return body.items.map(({ reason }: { reason: string }) => reason);
}

describe('Postmark', () => {
  const bounce = () => ({
    RecordType: 'Bounce',
    TypeCode: 1,
    Email: account.email,
    Details: 'smtp;550 5.1.1 unknown',
    MessageID: '883953f4-6105-42a2-a16a-77a8eac79483',
  });
  const post = async (body: unknown, headers: Record<string, string> = {}) =>
    app.call('POST', '/v1/mail-reports/postmark', { body, headers });
  const basic = (password: string) => ({
    authorization: `Basic ${Buffer.from(`postmark:${password}`).toString('base64')}`,
  });

  it('is heard with the secret, as a password or in a header', async () => {
    expect((await post(bounce(), basic(secret))).body).toEqual({ findings: 1, suppressed: 1 });
    expect(await reasons()).toEqual(['bounce']);
    const complaint = { RecordType: 'SpamComplaint', Email: account.email };
    expect((await post(complaint, { 'x-webhook-secret': secret })).status).toBe(200);
    expect(await reasons()).toEqual(['bounce', 'complaint']);
  });

  it('is not heard without it', async () => {
    for (const headers of [{}, basic('wrong'), basic(''), { authorization: `Bearer ${app.operatorToken}` }]) {
      expect((await post(bounce(), headers)).status).toBe(401);
    }
    expect(await reasons()).toEqual([]);
  });

  it('says nothing of addresses that nobody has, and nothing that is none of its reports', async () => {
    const stranger = { ...bounce(), Email: 'nobody.here@example.net' };
    expect((await post(stranger, basic(secret))).body).toEqual({ findings: 1, suppressed: 0 });
    for (const body of [{}, [], 'x', { RecordType: 'Other' }]) {
      expect((await post(body, basic(secret))).status).toBe(422);
    }
  });
});

describe('Amazon SES', () => {
  const now = Date.now();
  const amazon = signer({ from: new Date(now - 86_400_000), to: new Date(now + 86_400_000) });
  const message = (changes: Record<string, string>) => {
    const all: Record<string, string> = {
      Type: 'Notification',
      MessageId: 'c4a1b2f0-5b0e-5c2d-8f00-0d2f4f1e9a77',
      TopicArn: topicArn,
      Timestamp: '2026-11-23T09:59:58.123Z',
      SignatureVersion: '2',
      SigningCertURL: certificateUrl,
      ...changes,
    };
    const names = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
    const text = names.flatMap((name) => (all[name] === undefined ? [] : [name, all[name]])).join('\n');
    const Signature = sign('RSA-SHA256', Buffer.from(`${text}\n`), amazon.privateKey).toString('base64');
    return JSON.stringify({ Signature, ...all });
  };
  const bounce = () => {
    const notification = {
      notificationType: 'Bounce',
      mail: { messageId: '0100', source: 'alerts@example.org' },
      bounce: {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: [{ emailAddress: account.email, status: '5.1.1' }],
      },
    };
    return message({ Message: JSON.stringify(notification) });
  };
  const post = async (body: string) =>
    app.call('POST', '/v1/mail-reports/ses', {
      body,
      headers: { 'content-type': 'text/plain; charset=UTF-8' },
    });
  /** Amazon cannot be reached from a test: what would be fetched there is given. */
  const fetched = (answer: () => Promise<string>) => {
    const controller = app.app.get(SesReportsController);
    return vi
      .spyOn(controller as unknown as { fetch: () => Promise<string> }, 'fetch')
      .mockImplementation(answer);
  };

  it('is asked to come again while its certificate cannot be fetched', async () => {
    fetched(() => Promise.reject(new Error('no way')));
    expect((await post(bounce())).status).toBe(503);
    expect(await reasons()).toEqual([]);
  });

  it('is heard with its signature', async () => {
    fetched(() => Promise.resolve(amazon.pem));
    expect((await post(bounce())).body).toEqual({ findings: 1, suppressed: 1 });
    expect(await reasons()).toEqual(['bounce']);
  });

  it('is not heard without it, or on another topic', async () => {
    fetched(() => Promise.resolve(amazon.pem));
    const forged = bounce().replace(account.email.slice(0, 4), 'else');
    const other = message({ TopicArn: topicArn.replace('123456789012', '999999999999'), Message: '{}' });
    for (const body of [forged, other, '', '{}', 'nonsense']) expect((await post(body)).status).toBe(403);
    expect(await reasons()).toEqual([]);
  });

  it('has its subscription confirmed at Amazon alone', async () => {
    const fetching = fetched(() => Promise.resolve(amazon.pem));
    const subscription = {
      Type: 'SubscriptionConfirmation',
      Message: 'You have chosen to subscribe',
      Token: '2336412f37fb687f5d51e6e2',
    };
    const SubscribeURL = `https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topicArn}`;
    expect((await post(message({ ...subscription, SubscribeURL }))).status).toBe(200);
    expect(fetching).toHaveBeenLastCalledWith(new URL(SubscribeURL));
    const calls = fetching.mock.calls.length;
    const elsewhere = { ...subscription, SubscribeURL: 'https://evil.example/?Action=ConfirmSubscription' };
    expect((await post(message(elsewhere))).status).toBe(403);
    expect(fetching).toHaveBeenCalledTimes(calls);
  });
});

describe('entrances that are not set up', () => {
  it('are not there', async () => {
    const bare = await startApp();
    const token = bare.operatorToken;
    const headers = { 'content-type': 'message/rfc822' };
    expect((await bare.call('POST', '/v1/mail-reports', { token, headers, body: 'x' })).status).toBe(404);
    for (const path of ['/v1/mail-reports/ses', '/v1/mail-reports/postmark']) {
      expect((await bare.call('POST', path, { body: {} })).status, path).toBe(404);
    }
    await bare.stop();
  });
});

describe('the entrance for mails', () => {
  it('takes mails alone, of any size, from the operator or with a token for bounces', async () => {
    const open = await startApp({ MAIL_BOUNCE_ADDRESS: 'bounce@example.org' });
    const someone = await open.createAccount();
    const tokens = open.app.get(TokenService);
    const [bounces, ingest] = [
      await tokens.create('bounces', 'mx'),
      await tokens.create('ingest', 'archive'),
    ];
    const headers = { 'content-type': 'message/rfc822' };
    const post = async (token: string | undefined, body: string, others = {}) =>
      (
        await open.call('POST', '/v1/mail-reports', {
          ...(token && { token }),
          body,
          headers: { ...headers, ...others },
        })
      ).status;
    expect(await post(undefined, 'x')).toBe(401);
    expect(await post(someone.token, 'x')).toBe(403);
    expect(await post(ingest, 'x')).toBe(403);
    expect(await post(bounces, 'x')).toBe(202);
    expect(await post(bounces, '')).toBe(202);
    expect(await post(open.operatorToken, 'x', { 'content-type': 'text/plain' })).toBe(415);
    expect(await post(open.operatorToken, 'x'.repeat(1_024 * 1_024))).toBe(202);
    expect(await post(bounces, 'x'.repeat(20 * 1_024 * 1_024))).toBe(202);
    expect(await post(undefined, 'x'.repeat(2 * 1_024 * 1_024))).toBe(401);
    // What stands on the machine that takes mail in reaches nothing else.
    for (const [method, path, body] of [
      ['POST', '/v1/events', {}],
      ['GET', '/v1/operator/overview', undefined],
      ['GET', '/v1/operator/suppressions', undefined],
      ['GET', '/v1/account', undefined],
      ['GET', '/v1/changes', undefined],
    ] as const) {
      const refused = await open.call(method, path, { token: bounces, ...(body && { body }) });
      expect(refused.status, path).toBe(403);
    }
    await open.stop();
  });

  it('reads the beginning of a big mail, and answers once it has come to its end', async () => {
    const open = await startApp({ MAIL_BOUNCE_ADDRESS: 'bounce@example.org' });
    const mail = `${sample('postfix-unknown-user.eml').toString().trimEnd()}\n${'x\n'.repeat(2_000_000)}`;
    const headers = { 'content-type': 'message/rfc822' };
    const answer = await open.call('POST', '/v1/mail-reports', {
      token: open.operatorToken,
      headers,
      body: mail,
    });
    expect(answer.body).toEqual({ findings: 1, suppressed: 0 });
    expect((await open.call('GET', '/metrics')).text).toContain(
      'tocsin_mail_findings_total{finding="unproven"} 1',
    );
    await open.stop();
  });
});
