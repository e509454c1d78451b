import { expect } from 'vitest';
import { startApp, type Answer, type TestAccount, type TestApp } from '../support/app.js';
import { startSmtpSink, type SinkAnswer, type SmtpSink, type SunkMail } from '../support/smtp-sink.js';

/** The address of `owner`. */
export const gone = 'gone@example.net';

export const as = ({ token }: TestAccount) => ({ token });

/** The service with return paths, and a mail server behind it. */
export type Stage = {
  app: TestApp;
  sink: SmtpSink;
  /** How the mail server meets recipients, from now on. */
  answers: Record<string, SinkAnswer>;
  owner: TestAccount;
  log: Record<string, unknown>[];
  /** Hands a mail over that came to the address for bounces. */
  report(mail: string): Promise<Answer>;
  listOf(account: TestAccount): Promise<any[]>;
  destinationsOf(account: TestAccount): Promise<any[]>;
  /** Makes an email destination. */
  add(account: TestAccount, address: string): Promise<Answer>;
  /** Makes somebody's address a destination that was confirmed. @returns its id */
  addConfirmed(account: TestAccount, address: string): Promise<string>;
  lift(account: TestAccount, id: string): Promise<Answer>;
  /** A mail to the owner's own address, as the mail server got it. */
  alertMail(): Promise<SunkMail>;
  stop(): Promise<void>;
};

export async function startStage(): Promise<Stage> {
  const answers: Record<string, SinkAnswer> = {};
  const log: Record<string, unknown>[] = [];
  const sink = await startSmtpSink({ answers });
  const app = await startApp(
    {
      SMTP_URL: sink.smtpUrl,
      MAIL_FROM: 'Tocsin <alerts@example.org>',
      MAIL_BOUNCE_ADDRESS: 'bounce@example.org',
      LOG_LEVEL: 'info',
    },
    { write: (line) => void log.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const owner = await app.createAccount({ email: gone });
  const destinationsOf = async (account: TestAccount): Promise<any[]> =>
    (await app.call('GET', '/v1/destinations', as(account))).body.items;
  const add = async (account: TestAccount, address: string) => {
    const body = { kind: 'email', settings: { address } };
    return app.call('POST', '/v1/destinations', { ...as(account), body });
  };
  return {
    app,
    sink,
    answers,
    owner,
    log,
    async report(mail) {
      const headers = { 'content-type': 'message/rfc822' };
      return app.call('POST', '/v1/mail-reports', { token: app.operatorToken, body: mail, headers });
    },
    listOf: async (account) => (await app.call('GET', '/v1/suppressions', as(account))).body.items,
    destinationsOf,
    add,
    async addConfirmed(account, address) {
      const { id } = (await add(account, address)).body;
      await app.database.execute(`update destination set status = 'active' where id = $1`, [id]);
      return id;
    },
    lift: async (account, id) => app.call('DELETE', `/v1/suppressions/${id}`, as(account)),
    async alertMail() {
      const { length } = sink.mails;
      const [destination] = await destinationsOf(owner);
      const sent = await app.call('POST', `/v1/destinations/${destination.id}/test`, as(owner));
      expect(sent.status, sent.text).toBe(202);
      await app.work();
      const mail = sink.mails[length];
      if (!mail) throw new Error('no mail went out');
      return mail;
    },
    async stop() {
      await app.stop();
      await sink.stop();
    },
  };
}
