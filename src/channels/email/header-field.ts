import { foldLines } from 'nodemailer/lib/mime-funcs';
import MimeNode from 'nodemailer/lib/mime-node';

const foldedAt = 76;

/** One field of a mail's header, encoded. */
export class HeaderField {
  /**
   * As it is sent, all but the CRLF at its end: ASCII, with encoded words where the value is not (RFC 2047), and folded
   * (RFC 5322, 2.2.3). Nothing in the value can end it early.
   */
  readonly line: string;
  private hashed: string | undefined;

  /**
   * @param isUtf8 whether the server takes the value as it is (RFC 6532): each byte of the line is a character then. Only
   * for addresses, which are far shorter than the 998 octets of a line
   */
  constructor(
    readonly name: string,
    value: string,
    { isUtf8 = false } = {},
  ) {
    // Most are plain, and nodemailer's encoding takes longer than all the rest of a mail.
    const encoded = /^[ -~]*$/.test(value) ? value : isUtf8 ? bytesOf(value) : encodedWords(name, value);
    const line = `${name}: ${encoded}`;
    // Where bytes stand for characters, 0xa0 looks like a space: to fold there would tear an "à".
    this.line = isUtf8 || line.length <= foldedAt ? line : foldLines(line, foldedAt);
  }

  /** As DKIM hashes it: "relaxed" (RFC 6376, 3.4.2). Kept, since many mails share a field. */
  get relaxed(): string {
    this.hashed ??= `${this.name.toLowerCase()}:${this.line
      .slice(this.name.length + 1)
      .replaceAll('\r\n', '')
      .replaceAll(/[ \t]+/g, ' ')
      .trim()}`;
    return this.hashed;
  }
}

function encodedWords(name: string, value: string): string {
  return MimeNode.encodeHeaderValue(name, value);
}

function bytesOf(value: string): string {
  return Buffer.from(value.replaceAll(/\p{Cc}/gu, ' ')).toString('latin1');
}
