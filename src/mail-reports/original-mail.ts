import { addressIn } from './report-address.js';
import { headerFields, valueOf, type Fields } from './mail-fields.js';
import type { MailParts } from './mail-parts.js';

/** What a report gives back of the mail that it is about. */
export type OriginalMail = {
  header: Fields;
  messageId: string | null;
  /** Where its return path may stand, the likeliest first. */
  returnPaths: string[];
};

const ofReports = [
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-envelope-to',
  'x-delivered-to',
  'x-forwarded-to',
  'x-rcpt-to',
  'to',
];
const ofOriginals = ['return-path', 'x-envelope-from', 'x-original-mail-from', 'sender', 'errors-to'];
const returned = new Set([
  'message/rfc822',
  'text/rfc822-headers',
  'message/global',
  'message/global-headers',
]);
/** A report that comes through many hands has many lines of the same kind. */
const mostPaths = 50;

/** Before the copy of the mail in bounces of qmail and of Exim before 4.85, which are plain text. */
const beforeCopy =
  /^(?:-{3} (?:Below this line|Enclosed)[^\n]*|-{4,} ?This is a copy of (?:the|your) message[^\n]*-{4,})$/m;

/** Finds the original in a report: as a part of its own, or behind the words of a plain bounce. */
export function originalMail({ header: report, text, parts }: MailParts): OriginalMail {
  const header = headerFields(parts.find(({ type }) => returned.has(type))?.text.trimStart() ?? copyIn(text));
  return {
    header,
    messageId: valueOf(header, 'message-id'),
    // A bounce is sent to the return path, so that is where its own envelope and header say it went.
    returnPaths: [
      ...addresses(report, ofReports),
      ...(report.get('received') ?? []).map((line) => addressIn(/\bfor\s+(<[^<>]+>)/i.exec(line)?.[1])),
      ...addresses(header, ofOriginals),
    ]
      .filter((address) => address !== null)
      .slice(0, mostPaths),
  };
}

function addresses(fields: Fields, names: readonly string[]): (string | null)[] {
  return names.flatMap((name) => (fields.get(name) ?? []).map(addressIn));
}

function copyIn(text: string): string {
  const marker = beforeCopy.exec(text);
  return marker === null ? '' : text.slice(marker.index + marker[0].length).trimStart();
}
