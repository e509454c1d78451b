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
 * @param settings throws a ConfigError when one is wrong
 * @param file a path, or `-` for standard input
 * @throws ConfigError when a setting or the file is wrong. Never of standard input, which ends with 75 whatever is wrong: a
 * mail server hands it over, and sends a mail back for any other status
 */
export async function takeBounces(settings: () => Config, file: string): Promise<void> {
  let ready: { config: Config; input: Readable };
  try {
    ready = prepared(settings(), file);
  } catch (error) {
    if (file !== '-') throw error;
    putOff(error);
    return;
  }
  try {
    const totals = await withApp(ready.config, async (app) => takeAll(app.get(MailReports), ready.input));
    process.stdout.write(
      `${totals.mails} mails, ${totals.findings} findings, ${totals.suppressed} of them suppressed an address.\n`,
    );
  } catch (error) {
    putOff(error);
  }
}

function putOff(error: unknown): void {
  process.stderr.write(`tocsin: the mails could not be taken now: ${(error as Error).message}\n`);
  process.exitCode = tryAgain;
}

function prepared(config: Config, file: string) {
  if (config.mailBounceAddress === null) {
    throw new ConfigError(
      'MAIL_BOUNCE_ADDRESS is missing: without it no mail has a return path by which a bounce can prove what it is about',
    );
  }
  return { config, input: open(file) };
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
