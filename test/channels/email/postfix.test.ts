import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { program } from '../../../src/commands/program.js';
import { verifyDkim } from './dkim-verifier.js';
import { startApp, type Answer, type TestAccount, type TestApp } from '../../support/app.js';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { startSmtpSink, type SinkAnswer, type SmtpSink, type SunkMail } from '../../support/smtp-sink.js';
import { startPostfix, whyNoPostfix, type Postfix } from './postfix.js';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const environment = {
  SECRET_KEY: 'a secret key for tests, long enough to be one',
  MAIL_BOUNCE_ADDRESS: 'bounce@tocsin.example',
};

/** However busy the machine is: Postfix hands on in its own time. */
const eventually = async <Found>(find: () => Found | Promise<Found>) =>
  vi.waitUntil(find, { timeout: 30_000, interval: 50 });

describe.skipIf(whyNoPostfix !== null)(
  `with a real Postfix${whyNoPostfix ? ` (${whyNoPostfix})` : ''}`,
  () => {
    let sink: SmtpSink;
    let postfix: Postfix;
    let app: TestApp;
    let owner: TestAccount;
    let database: TestDatabase;
    const answers: Record<string, SinkAnswer> = {};

    beforeAll(async () => {
      sink = await startSmtpSink({ answers });
      postfix = await startPostfix(Number(new URL(sink.smtpUrl).port));
      database = await createTestDatabase();
      app = await startApp({
        ...environment,
        DATABASE_URL: database.url,
        SMTP_URL: postfix.smtpUrl,
        MAIL_FROM: 'Tocsin <alerts@tocsin.example>',
        DKIM_DOMAIN: 'tocsin.example',
        DKIM_SELECTOR: 's1',
        DKIM_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        RETRY_SCHEDULE_S: '60,60,60',
      });
      owner = await app.createAccount({ tier: 'professional' });
    });
    afterAll(async () => {
      await app?.stop();
      await postfix?.stop();
      await sink?.stop();
      await database?.drop();
    });

    const call = async (method: string, path: string, body?: unknown): Promise<Answer> =>
      app.call(method, path, { token: owner.token, body });

    /** Has a test mail sent to an address that counts as confirmed. @returns its delivery */
    async function sendTo(address: string): Promise<any> {
      const { id } = (await call('POST', '/v1/destinations', { kind: 'email', settings: { address } })).body;
      await app.database.execute(`update destination set status = 'active' where id = $1`, [id]);
      await app.database.execute(`delete from delivery where destination_id = $1`, [id]);
      const { body } = await call('POST', `/v1/destinations/${id}/test`);
      await app.work();
      return deliveryOf(body.deliveryId);
    }

    const deliveryOf = async (id: string) => (await call('GET', `/v1/deliveries/${id}`)).body;
    const mailFor = async (address: string): Promise<SunkMail> =>
      eventually(() => sink.mails.find(({ to }) => to.includes(address)));

    it('hands mail over after STARTTLS and a login, and its DKIM signature holds on the other side', async () => {
      const delivery = await sendTo('ada+tocsin@reader.example');
      expect(delivery).toMatchObject({
        state: 'delivered',
        attempts: [{ outcome: 'delivered', status: 250 }],
      });

      const mail = await mailFor('ada+tocsin@reader.example');
      expect(mail.from).toMatch(/^bounce\+[a-z2-7]{32}@tocsin\.example$/);
      expect(mail.source).toMatch(/^Received: .*ESMTPSA/s);
      expect(mail.parsed.messageId).toMatch(/@tocsin\.example>$/);
      const verdict = verifyDkim(mail.source, publicKey);
      expect(verdict).toMatchObject({ bodyHolds: true, headersHold: true });
      expect(verdict.tags['h']?.split(':')).toEqual(
        expect.arrayContaining(['from', 'to', 'subject', 'date']),
      );
      const log = await postfix.log();
      expect(log).toContain('sasl_method=PLAIN, sasl_username=tocsin');
      expect(delivery.attempts[0].excerpt).toMatch(/^250 2\.0\.0 Ok: queued as \w+$/);
    });

    it.each([
      ['"john doe"@reader.example', '"john doe"@reader.example'],
      ['user@bücher.example', 'user@xn--bcher-kva.example'],
      ['用户@reader.example', '用户@reader.example'],
    ])('hands over mail to %s', async (address, wire) => {
      expect(await sendTo(address)).toMatchObject({ state: 'delivered' });
      const mail = await eventually(() =>
        sink.mails.find(({ source }) => source.includes(`\nTo: ${wire}\r\n`)),
      );
      expect(verifyDkim(mail.source, publicKey)).toMatchObject({ bodyHolds: true, headersHold: true });
    });

    it('tries again what is greylisted', async () => {
      postfix.rulings.set('grey@reader.example', { reply: '450 4.2.0 Greylisted, see you later', times: 1 });
      const { id, ...first } = await sendTo('grey@reader.example');
      expect(first).toMatchObject({ state: 'due', attempts: [{ outcome: 'retry', status: 450 }] });
      expect(first.attempts[0].excerpt).not.toContain('grey@');
      app.clock.advance(120);
      await app.work();
      expect(await deliveryOf(id)).toMatchObject({
        state: 'delivered',
        attempts: [{ outcome: 'retry' }, { outcome: 'delivered' }],
      });
    });

    it.each([
      ['nobody@reader.example', '550 5.1.1 No such user', 'dead', 'bounce'],
      ['policy@reader.example', '554 5.7.1 Not from you', 'due', null],
    ])('takes a refusal of %s for what it says: %s', async (address, reply, state, suppressed) => {
      postfix.rulings.set(address, { reply, times: 100 });
      const delivery = await sendTo(address);
      expect(delivery).toMatchObject({ state, attempts: [{ status: Number(reply.slice(0, 3)) }] });
      const { items } = (await call('GET', '/v1/suppressions')).body;
      const reasons = items.filter((one: any) => one.address === address).map((one: any) => one.reason);
      expect(reasons).toEqual(suppressed === null ? [] : [suppressed]);
    });

    it('sends its own bounce to the return path, which suppresses the address', async () => {
      answers['gone@reader.example'] = { refuse: 'recipient', code: 550, text: '5.1.1 User unknown' };
      expect(await sendTo('gone@reader.example')).toMatchObject({ state: 'delivered' });
      const bounce = await eventually(() =>
        sink.mails.find(({ from, to }) => from === '' && to[0]?.startsWith('bounce+')),
      );
      expect(bounce.source).toContain('Content-Type: message/delivery-status');

      const dir = await mkdtemp(join(tmpdir(), 'tocsin-bounces-'));
      try {
        await writeFile(join(dir, 'bounce.eml'), bounce.source);
        const printed: string[] = [];
        vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
        await program({
          ...environment,
          DATABASE_URL: database.url,
          DATA_DIR: dir,
          LOG_LEVEL: 'silent',
        }).parseAsync(['bounces', join(dir, 'bounce.eml')], { from: 'user' });
        vi.restoreAllMocks();
        expect(printed.join('')).toBe('1 mails, 1 findings, 1 of them suppressed an address.\n');
      } finally {
        process.exitCode = 0;
        await rm(dir, { recursive: true, force: true });
      }
      const { items } = (await call('GET', '/v1/suppressions')).body;
      expect(items).toContainEqual(
        expect.objectContaining({ reason: 'bounce', address: 'gone@reader.example', liftable: true }),
      );
    });

    it('refuses who does not log in, and the mail is kept for when that is put right', async () => {
      const other = await startApp({
        SMTP_URL: `smtp://127.0.0.1:${postfix.port}?requireTLS=true&tls.rejectUnauthorized=false`,
        MAIL_FROM: 'Tocsin <alerts@tocsin.example>',
      });
      try {
        const { token } = await other.createAccount();
        const [{ id }] = (await other.call('GET', '/v1/destinations', { token })).body.items;
        const { deliveryId } = (await other.call('POST', `/v1/destinations/${id}/test`, { token })).body;
        await other.work();
        const { body } = await other.call('GET', `/v1/deliveries/${deliveryId}`, { token });
        expect(body).toMatchObject({ state: 'due', attempts: [{ outcome: 'retry' }] });
        expect(body.reason).toBeTruthy();
      } finally {
        await other.stop();
      }
    });
  },
);
