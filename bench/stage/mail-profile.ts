import { simpleParser } from 'mailparser';
import type { PlainMail } from '../bare/nodemailer-pool.js';
import type { SampleMail } from '../sinks/smtp-session.js';
import { dispatch } from './dispatch.js';
import type { Environment } from './service.js';
import type { Stage } from './stage.js';

/** What a worker sends, and over how many connections: what the bare ones do alike. */
export type MailProfile = {
  connections: number;
  /** To the byte. */
  samples: readonly SampleMail[];
  /** The same mails taken apart, for a program that composes them. */
  plain: readonly PlainMail[];
};

export const mailSender = 'Tocsin <alerts@bench.example>';
const followers = 300;

/** Looks at a worker that sends a few mails. */
export async function mailProfile(stage: Stage, environment: Environment): Promise<MailProfile> {
  const { mail } = stage.sinks;
  await mail.reset({ samples: followers });
  await dispatch(stage, { kind: 'email', followers, environment }, async () => mail.tally());
  const samples = await mail.samples();
  const { mostConnections } = await mail.tally();
  return {
    connections: mostConnections,
    samples,
    plain: await Promise.all(samples.map(async (sample) => plainMail(sample))),
  };
}

async function plainMail({ recipient, bytes }: SampleMail): Promise<PlainMail> {
  const mail = await simpleParser(bytes);
  const headers = mail.headerLines
    .filter(({ key }) => /^(list-|auto-|feedback-|x-)/.test(key))
    .map(({ line }): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    });
  return {
    from: mailSender,
    to: recipient,
    subject: mail.subject ?? '',
    html: mail.html || '',
    text: mail.text ?? '',
    headers: Object.fromEntries(headers),
  };
}
