import { createHash, sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { program } from '../../src/commands/program.js';
import { ConfigError } from '../../src/config.js';
import type { DeliveryId } from '../../src/domain/ids.js';
import { returnPaths } from '../../src/mail-reports/return-path.js';
import { SesReportsController } from '../../src/suppressions/ses-reports.controller.js';
import { signer } from '../mail-reports/certificate.js';
import { sample, sampleReturnPath } from '../mail-reports/sample.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

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
  it('takes mails alone, of 1 MiB, from the operator or with a token for ingest', async () => {
    const open = await startApp({ MAIL_BOUNCE_ADDRESS: 'bounce@example.org' });
    const someone = await open.createAccount();
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
    expect(await post(open.operatorToken, 'x', { 'content-type': 'text/plain' })).toBe(415);
    expect(await post(open.operatorToken, 'x'.repeat(1_024 * 1_024 + 1))).toBe(413);
    expect(await post(open.operatorToken, 'x'.repeat(1_024 * 1_024))).toBe(202);
    await open.stop();
  });
});

describe('tocsin bounces', () => {
  const secretKey = 'a secret key for tests, long enough to be one';
  let database: TestDatabase;
  let dir: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    dir = await mkdtemp(join(tmpdir(), 'tocsin-bounces-'));
  });
  afterAll(async () => {
    process.exitCode = 0;
    await database.drop();
    await rm(dir, { recursive: true, force: true });
  });

  async function run(file: string, environment: Record<string, string> = {}): Promise<string> {
    const printed: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    await program({
      DATABASE_URL: database.url,
      DATA_DIR: dir,
      SECRET_KEY: secretKey,
      LOG_LEVEL: 'silent',
      MAIL_BOUNCE_ADDRESS: 'bounce@example.org',
      ...environment,
    }).parseAsync(['bounces', file], { from: 'user' });
    return printed.join('');
  }

  it('takes a mail or a mailbox of them, counts what is none, and acts on what is proven', async () => {
    const one = join(dir, 'one.eml');
    await writeFile(one, sample('postfix-unknown-user.eml'));
    expect(await run(one)).toBe('1 mails, 1 findings, 0 of them suppressed an address.\n');

    const client = new Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query(`
      with a as (insert into account (email, tier, time_zone, created_at)
        values ('ada@example.net', 'free', 'UTC', current_timestamp) returning id),
      t as (insert into destination (account_id, kind, status, settings, created_at)
        select id, 'email', 'active', '{"address": "ada@example.net"}', current_timestamp from a returning id, account_id)
      insert into delivery (account_id, destination_id, kind, lane, state, due_at, created_at)
      select account_id, id, 'test', 'email', 'delivered', current_timestamp, current_timestamp from t returning id`);
    const path = returnPaths('bounce@example.org', secretKey).of({ deliveryId: rows[0].id as DeliveryId });
    const real = sample('postfix-unknown-user.eml').toString().replaceAll(sampleReturnPath, path);
    const mailbox = join(dir, 'mailbox');
    const from = 'From MAILER-DAEMON Mon Nov 23 09:14:07 2026\n';
    await writeFile(mailbox, [`${from}${real}`, `${from}nonsense\n`, `${from}${real}`].join('\n'));
    expect(await run(mailbox)).toMatch(/^3 mails, 3 findings, [12] of them suppressed an address\.\n$/);
    const { rows: states } = await client.query(`select status from destination`);
    expect(states).toEqual([{ status: 'disabled' }]);
    expect((await client.query('select reason from suppression')).rows).toEqual([{ reason: 'bounce' }]);
    await client.end();

    await writeFile(mailbox, createHash('sha512').update('x').digest());
    expect(await run(mailbox)).toMatch(/^1 mails, 1 findings, 0 /);
    await writeFile(mailbox, '');
    expect(await run(mailbox)).toMatch(/^0 mails/);
    expect(process.exitCode ?? 0).toBe(0);
  });

  it('says what is missing, and asks the mail server to try again when the database is away', async () => {
    await expect(run(join(dir, 'none'))).rejects.toThrow(ConfigError);
    await expect(run(dir, { MAIL_BOUNCE_ADDRESS: '' })).rejects.toThrow('MAIL_BOUNCE_ADDRESS is missing');
    const said: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const one = join(dir, 'one.eml');
    for (const [environment, why] of [
      [{ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, 'leads to no database'],
      [{ MAIL_BOUNCE_ADDRESS: `${'b'.repeat(40)}@example.org` }, 'must leave room'],
    ] as const) {
      process.exitCode = 0;
      expect(await run(one, environment)).toBe('');
      expect(process.exitCode).toBe(75);
      expect(said.join('')).toContain(why);
    }
  });
});
