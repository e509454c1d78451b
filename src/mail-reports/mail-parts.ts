import { isUtf8 } from 'node:buffer';
import { simpleParser } from 'mailparser';
import { headerFields, type Fields } from './mail-fields.js';

/** A mail as far as reports are concerned. */
export type MailParts = {
  header: Fields;
  /** What there is to read as plain text. */
  text: string;
  /** The other parts in their order, decoded, by their content type in lower case. */
  parts: readonly { type: string; text: string }[];
};

/** Reports have three parts; a page of HTML with its pictures is all that makes it more. */
const mostParts = 100;
/** Of each part; what is about the recipients stands at the beginning. */
const mostBytes = 256 * 1_024;
const mostText = 64 * 1_024;

/** Takes a mail apart; mails inside it stay whole. @returns null for what is no mail at all, or has too many parts */
export async function mailParts(source: Buffer): Promise<MailParts | null> {
  const mail = await simpleParser(source, {
    keepDeliveryStatus: true,
    ignoreEmbedded: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
    checksumAlgo: false,
    maxChildNodes: mostParts,
    maxHeadSize: mostBytes,
  }).catch(() => null);
  // Whatever a stranger's mail does to the parser is the mail's fault.
  if (mail?.headerLines === undefined) return null;
  const lines = mail.headerLines.map(({ line }) => line).join('\n');
  return {
    header: headerFields(readable(Buffer.from(lines, 'latin1'))),
    text: (mail.text ?? '').slice(0, mostText),
    parts: mail.attachments.map(({ contentType, content }) => ({
      // Of a part whose type is no type at all the parser says `false`.
      type: ((contentType as string | false) || '').toLowerCase(),
      text: readable(content.subarray(0, mostBytes)),
    })),
  };
}

/** Words in a header that are encoded (RFC 2047), decoded. */
export async function decodedWords(text: string): Promise<string> {
  if (!text.includes('=?')) return text;
  const line = `Subject: ${text.replaceAll(/[\r\n]+/g, ' ')}\r\n\r\n`;
  const mail = await simpleParser(Buffer.from(line)).catch(() => null);
  return mail?.subject ?? text;
}

/** Reports should be ASCII; what is 8-bit in them is UTF-8, or else one of the Latin kind more likely than not. */
function readable(bytes: Buffer): string {
  // A character that was cut in two at the end says nothing about the rest.
  const whole = isUtf8(bytes) || isUtf8(bytes.subarray(0, lastCharacterAt(bytes)));
  return whole ? bytes.toString('utf8') : bytes.toString('latin1');
}

function lastCharacterAt(bytes: Buffer): number {
  let at = bytes.length;
  for (let n = 0; n < 4 && at > 0; n++) {
    at--;
    if ((bytes[at]! & 0xc0) !== 0x80) break;
  }
  return at;
}
