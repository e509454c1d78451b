import { oneLine } from '../domain/plain-text.js';
import { finding, type Finding } from './finding.js';
import { addressIn } from './report-address.js';
import { replyCodeIn, statusIn } from './status-code.js';
import type { MailParts } from './mail-parts.js';

const mostRecipients = 100;

/** Bounces of mail systems that do without RFC 3464: qmail, and Exim before 4.85. None when it is neither. */
export function plainFindings({ header, text }: MailParts, known: Partial<Finding>): Finding[] {
  const lines = text.replaceAll('\r', '');
  const failed = header.get('x-failed-recipients')?.flatMap((value) => value.split(',')) ?? [];
  const reasons = failed.length > 0 ? eximReasons(lines, failed) : qmailReasons(lines);
  return reasons.slice(0, mostRecipients).map(({ recipient, reason }) =>
    finding('bounce', {
      ...known,
      recipient,
      status: statusIn(reason),
      reply: replyCodeIn(reason),
      diagnostic: reason,
    }),
  );
}

type Reason = { recipient: string; reason: string };

/**
 * The qmail-send bounce message format (cr.yp.to/proto/qsbmf.txt): paragraphs, of which one that begins with `<address>:`
 * is about a recipient, and one that begins with a hyphen ends them.
 */
function qmailReasons(text: string): Reason[] {
  if (!/^\s*Hi\. This is the\b/.test(text)) return [];
  const reasons: Reason[] = [];
  for (const paragraph of text.trimStart().split(/\n[ \t]*\n/)) {
    if (paragraph.startsWith('-')) break;
    const [, named, reason] = /^(<[^<>\n]+>):?[ \t]*\n?([^]*)$/.exec(paragraph) ?? [];
    const recipient = addressIn(named);
    if (recipient !== null) reasons.push({ recipient, reason: oneLine(reason ?? '') });
  }
  return reasons;
}

/** The header names the recipients; in the text each stands on a line, the reason indented below it. */
function eximReasons(text: string, failed: readonly string[]): Reason[] {
  const lines = text.split('\n');
  return failed.slice(0, mostRecipients).flatMap((value) => {
    const recipient = addressIn(value);
    if (recipient === null) return [];
    const at = lines.findIndex((line) => line.trim().replaceAll(/^<|>$/g, '') === recipient);
    const below = at < 0 ? [] : lines.slice(at + 1);
    const end = below.findIndex((line) => !/^[ \t]{3,}\S/.test(line));
    return [{ recipient, reason: oneLine(below.slice(0, end < 0 ? undefined : end).join(' ')) }];
  });
}
