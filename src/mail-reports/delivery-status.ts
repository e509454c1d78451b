import { oneLine } from '../domain/plain-text.js';
import { finding, type Finding, type FindingKind } from './finding.js';
import { fieldGroups, valueOf, type Fields } from './mail-fields.js';
import { decodedWords } from './mail-parts.js';
import { addressIn, hostIn } from './report-address.js';
import { closestStatus, replyCodeIn } from './status-code.js';

/** A mail to one person has one recipient; a list behind the address may add some. */
const mostRecipients = 100;

/** RFC 3464, 2.3.3. "Relayed" and "expanded" are the last that is heard of a mail, and no failure. */
const kindOf: Readonly<Record<string, FindingKind>> = {
  failed: 'bounce',
  delayed: 'delayed',
  delivered: 'delivered',
  relayed: 'delivered',
  expanded: 'delivered',
};

/** By the class of the status, for those who say no action. */
const kindOfClass: Readonly<Record<string, FindingKind>> = {
  '2': 'delivered',
  '4': 'delayed',
  '5': 'bounce',
};

/**
 * Reads a `message/delivery-status` (RFC 3464, and RFC 6533 for addresses that are not ASCII): a finding for each recipient.
 *
 * @param known what the rest of the report tells about the mail
 */
export async function deliveryFindings(text: string, known: Partial<Finding>): Promise<Finding[]> {
  const groups = fieldGroups(text);
  const recipients = groups.filter(
    (group) => group.has('final-recipient') || group.has('original-recipient'),
  );
  // What is said of the whole mail stands before its recipients; a few systems leave out the line between.
  const ofMail = groups[0] ?? new Map();
  const found = recipients.slice(0, mostRecipients).map(async (group) => ofRecipient(group, ofMail, known));
  return Promise.all(found);
}

async function ofRecipient(group: Fields, ofMail: Fields, known: Partial<Finding>): Promise<Finding> {
  const words = await decodedWords(valueOf(group, 'diagnostic-code') ?? '');
  const field = valueOf(group, 'status');
  const status = closestStatus(field, words);
  const action = /^\s*([a-z]+)/i.exec(valueOf(group, 'action') ?? '')?.[1]?.toLowerCase();
  const original = addressIn(valueOf(group, 'original-recipient'));
  return finding(kindOf[action ?? ''] ?? kindOfClass[status?.[0] ?? ''] ?? 'other', {
    ...known,
    // Sendmail keeps the name of a list as the final recipient, and says here which member it is about.
    recipient: addressIn(valueOf(group, 'x-actual-recipient', 'final-recipient')) ?? original,
    originalRecipient: original,
    status,
    reply: replyCodeIn(words),
    // Whoever says nothing in the field for it may say it in a comment.
    diagnostic: diagnosticIn(words) || (/\(([^()]+)\)/.exec(field ?? '')?.[1] ?? null),
    messageId: known.messageId ?? valueOf(ofMail, 'x-original-message-id'),
    reportedBy: hostIn(valueOf(ofMail, 'reporting-mta')) ?? known.reportedBy ?? null,
    at: arrivalIn(valueOf(ofMail, 'arrival-date')) ?? known.at ?? null,
  });
}

/**
 * When the mail came to the system that reports (RFC 3464, 2.2.5), in the form of mail headers. Without an offset it is none:
 * nobody knows whose. Whole seconds stand for their end, so that what was sent within the same second is not later.
 */
function arrivalIn(field: string | null): Date | null {
  const [, day, time, zone] =
    /^(?:[a-z]{3,9}, *)?(\d{1,2} +[a-z]{3} +\d{4}) +(\d\d:\d\d(?::\d\d)?) +([+-]\d{4}|GMT|UTC?)\b/i.exec(
      field ?? '',
    ) ?? [];
  const ms = Date.parse(`${day} ${time} ${zone}`);
  return Number.isNaN(ms) ? null : new Date(ms + 999);
}

/** Without the type of its words, and of a reply of several lines the codes only once. */
function diagnosticIn(words: string): string {
  const text = oneLine(words.replace(/^\s*[\w-]+\s*;/, ''));
  const [codes, reply] = /^(\d{3})[ -](?:\d\.\d{1,3}\.\d{1,3} )?/.exec(text) ?? [];
  if (codes === undefined || reply === undefined) return text;
  const status = codes.slice(4);
  const again = text.slice(codes.length).replaceAll(`${reply}-${status}`, '');
  return codes.replace('-', ' ') + (status === '' ? again : again.replaceAll(`${reply} ${status}`, ''));
}
