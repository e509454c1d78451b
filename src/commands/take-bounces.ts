import { createReadStream, fstatSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { ConfigError, type Config } from '../config.js';
import { splitMbox } from '../mail-reports/mbox.js';
import { longestReport } from '../mail-reports/parse-report.js';
import { MailReports } from '../suppressions/mail-reports.service.js';
import { withApp } from './with-app.js';

/** EX_TEMPFAIL of sysexits.h: a mail server that handed the mail to us keeps it and tries again. */
const tryAgain = 75;

/**
 * Takes in bounces and complaints: one mail, or a mailbox file of them. What is none is counted and no error, and what was
 * taken before changes nothing. Ends with status 75 when they could not be taken now, for want of a database or whatever.
 *
 * @param file a path, or `-` for standard input
 * @throws ConfigError when nothing can be taken at all
 */
export async function takeBounces(config: Config, file: string): Promise<void> {
  if (config.mailBounceAddress === null) {
    throw new ConfigError(
      'MAIL_BOUNCE_ADDRESS is missing: without it no mail has a return path by which a bounce can prove what it is about',
    );
  }
  const input = open(file);
  try {
    const totals = await withApp(config, async (app) => takeAll(app.get(MailReports), input));
    process.stdout.write(
      `${totals.mails} mails, ${totals.findings} findings, ${totals.suppressed} of them suppressed an address.\n`,
    );
  } catch (error) {
    process.stderr.write(`tocsin: the mails could not be taken now: ${(error as Error).message}\n`);
    process.exitCode = tryAgain;
  }
}

async function takeAll(reports: MailReports, input: Readable) {
  const totals = { mails: 0, findings: 0, suppressed: 0 };
  for await (const mail of splitMbox(input, longestReport)) {
    const { findings, suppressed } = await reports.take(mail);
    totals.mails++;
    totals.findings += findings;
    totals.suppressed += suppressed;
  }
  return totals;
}

function open(file: string): Readable {
  if (file === '-') return process.stdin;
  try {
    const descriptor = openSync(file, 'r');
    if (fstatSync(descriptor).isDirectory()) throw new Error('it is a folder');
    return createReadStream(file, { fd: descriptor });
  } catch (cause) {
    throw new ConfigError(`cannot read ${file}: ${(cause as Error).message}`, { cause });
  }
}
