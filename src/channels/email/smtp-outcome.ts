import { parseServerMessageId } from 'nodemailer/lib/smtp-connection/server-message-id.js';
import { excerptLength, type Outcome } from '../../domain/outcome.js';
import { oneLine } from '../../domain/plain-text.js';
import { cut } from '../../domain/shown-text.js';
import { meaningOf } from '../../mail-reports/status-meaning.js';
import type { SmtpFailure } from './smtp-error.js';

type Reply = { status?: number; excerpt?: string };

/**
 * The server took the mail on. That is no proof of arrival: a bounce may still come to the sender's mailbox.
 * @param host of the server: Amazon's ids are told by it
 */
export function delivered(response: string, address: string, host?: string): Outcome {
  const providerId = parseServerMessageId(response, host) ?? queueId(response);
  return {
    kind: 'delivered',
    ...(providerId === undefined ? {} : { providerId }),
    ...replyIn(response, address),
  };
}

/**
 * What an attempt that failed means, by reply code (RFC 5321), enhanced code (RFC 3463) and nodemailer's error code; by the
 * words of the server only beside an enhanced code that says too little, such as 5.2.1. Only what the recipient's mailbox or the message itself is refused for is permanent;
 * whatever the operator can put right is tried again, since the alert is not at fault. A mailbox that is not there gets no
 * more mail.
 */
export function failed(error: SmtpFailure, address: string): Outcome {
  const reply = replyIn(error.response, address);
  const { status } = reply;
  if (status === undefined) return withoutReply(error);
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(error.response ?? '')?.[1];
  const codes = enhanced === undefined ? `${status}` : `${status} ${enhanced}`;
  if (error.code === 'EAUTH' || isSetupRefusal(status, error.command)) {
    return { ...setupRefusal(codes), ...reply };
  }
  if (error.permanent !== true) {
    return { kind: 'retry', reason: `the mail server put the mail off (${codes})`, ...reply };
  }
  const words = enhanced === undefined ? null : (error.response ?? null);
  const meaning = meaningOf({
    status: enhanced ?? null,
    reply: status,
    diagnostic: words,
    recipient: address,
  });
  return { ...refusal(meaning, enhanced, codes), ...reply };
}

/** @param codes as the reason shows them */
function refusal(
  meaning: ReturnType<typeof meaningOf>,
  enhanced: string | undefined,
  codes: string,
): Outcome {
  switch (meaning) {
    case 'bad-mailbox':
      return { kind: 'permanent', reason: `the mailbox does not exist (${codes})`, disable: true };
    case 'mailbox-full':
      return { kind: 'retry', reason: `the mailbox is full (${codes})` };
    case 'temporary':
      return { kind: 'retry', reason: `the mail server put the mail off (${codes})` };
    case 'too-big':
      return { kind: 'permanent', reason: `the mail is too big for the mailbox (${codes})` };
    case 'policy': {
      const reason = `the mail server refused the mail by its policy (${codes}): the operator has to look into it`;
      return { kind: 'retry', reason, afterSeconds: policyRestS };
    }
    case 'protocol':
      // What stands in the mail (5.6.x) is refused each time; the rest is a matter of settings.
      return enhanced?.startsWith('5.6.') === true
        ? { kind: 'permanent', reason: `the mail server refused the mail (${codes})` }
        : setupRefusal(codes);
    default:
      return meaning satisfies never;
  }
}

/** Whoever goes on at once where reputation or a block list is the matter makes it worse. */
const policyRestS = 3_600;

function setupRefusal(codes: string): Outcome {
  const reason = `our mail server refused us (${codes}): the operator has to put the mail settings right`;
  return { kind: 'retry', reason };
}

/** Log in first, log-in refused, TLS first. */
const logInStatuses = new Set([530, 534, 535, 538]);

/** Refused before a recipient was named: that is about us. */
function isSetupRefusal(status: number, command: string | undefined): boolean {
  if (status < 500) return false;
  return logInStatuses.has(status) || (command !== undefined && command !== 'RCPT TO' && command !== 'DATA');
}

function withoutReply({ code, endpoint }: SmtpFailure): Outcome {
  if (code === 'EMESSAGE' || code === 'EENVELOPE') {
    return { kind: 'permanent', reason: 'the mail is not one that our mail server takes' };
  }
  if (code === 'ESMTPUTF8') {
    const reason =
      'the address has letters beyond ASCII before the "@", and our mail server takes none (it does not offer SMTPUTF8)';
    return { kind: 'permanent', reason };
  }
  const reason = brokenOff[code ?? ''] ?? 'the connection to the mail server failed';
  return { kind: 'retry', reason, ...(endpoint === undefined ? {} : { endpoint }) };
}

const logInFailed = 'we could not log in to our mail server: the operator has to put the mail settings right';
const notSafe = 'no safe connection to the mail server could be made';

/** By nodemailer's codes for what ends an attempt without a reply of the server. */
const brokenOff: Readonly<Record<string, string>> = {
  EABORT: 'the attempt took too long and was broken off',
  ESHUTDOWN: 'the sender was shut down',
  ETIMEDOUT: 'the mail server did not answer in time',
  EDNS: "the mail server's name could not be resolved",
  ETLS: notSafe,
  EREQUIRETLS: notSafe,
  EAUTH: logInFailed,
  ENOAUTH: logInFailed,
  EOAUTH2: logInFailed,
  ECONFIG: logInFailed,
};

function replyIn(response: string | undefined, address: string): Reply {
  const status = Number(/^(\d{3})[ -]/.exec(response ?? '')?.[1]);
  if (response === undefined || Number.isNaN(status)) return {};
  return { status, excerpt: cut(masked(oneLine(response), address), excerptLength) };
}

/** Servers like to repeat the address, whole, encoded (`ada=40example.org`) or its local part alone. */
function masked(response: string, address: string): string {
  const local = address.slice(0, address.lastIndexOf('@'));
  const others = response.replaceAll(/[^\s<>()"',;:]+(?:@|[=%]40)[^\s<>()"',;:]+/g, '…@…');
  // Most replies name nobody, and an expression for each address takes longer than handing the mail over.
  if (!others.toLowerCase().includes(local.toLowerCase())) return others;
  return others.replaceAll(new RegExp(`(?<![\\w.])${literally(local)}(?![\\w.])`, 'gi'), '…');
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

/** The id under which the receiving server logs the mail: Postfix, Exim, and others that say "queued as" or "id=". */
function queueId(response: string): string | undefined {
  return /\b(?:queued as|id=)\s*([\w.-]{4,80})/i.exec(response)?.[1];
}
