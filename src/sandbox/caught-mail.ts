import { simpleParser, type AddressObject, type HeaderLines } from 'mailparser';

/** A mail of the sandbox, as `/sandbox/mailbox.json` gives it. */
export type CaughtMail = {
  id: string;
  from: string;
  /** Addresses without names. */
  to: string[];
  subject: string;
  /** RFC 3339: the mail's own `Date`, or when it came in if it has none. */
  date: string;
  /** By lower-case name; a header that stands more than once has its values joined by commas. */
  headers: Record<string, string>;
  /** Empty when the mail has no such part. */
  text: string;
  html: string;
};

/** Reads a mail as it came over the wire. @param receivedAt stands in for a missing `Date` */
export async function parseMail(id: string, source: Buffer, receivedAt: Date): Promise<CaughtMail> {
  const mail = await simpleParser(source, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipTextLinks: true,
  });
  return {
    id,
    from: mail.from?.text ?? '',
    to: addressesIn(mail.to),
    subject: mail.subject ?? '',
    date: (mail.date ?? receivedAt).toISOString(),
    headers: {
      ...unfolded(mail.headerLines),
      ...(mail.subject === undefined ? {} : { subject: mail.subject }),
    },
    text: mail.text ?? '',
    html: mail.html || '',
  };
}

function addressesIn(header: AddressObject | AddressObject[] | undefined): string[] {
  return [header ?? []]
    .flat()
    .flatMap(({ value }) => value.flatMap((entry) => [entry, ...(entry.group ?? [])]))
    .map(({ address }) => address ?? '')
    .filter((address) => address !== '');
}

/** Header lines as they are on the wire, put back on one line each (RFC 5322, 2.2.3). */
function unfolded(lines: HeaderLines): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { key, line } of lines) {
    if (key === '') continue;
    const value = line
      .slice(line.indexOf(':') + 1)
      .replaceAll(/\r?\n(?=[ \t])/g, '')
      .trim();
    // Each character is a byte, of UTF-8 where the mail is not ASCII (RFC 6532).
    const shown = /[\u0080-\u00FF]/.test(value) ? Buffer.from(value, 'latin1').toString() : value;
    const before = headers[key];
    headers[key] = before === undefined ? shown : `${before}, ${shown}`;
  }
  return headers;
}
