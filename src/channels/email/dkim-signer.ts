import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { promisify } from 'node:util';
import type { HeaderField } from './header-field.js';
import type { MimeChunk } from './mime-body.js';

export type DkimKey = {
  domain: string;
  selector: string;
  /** PEM. */
  privateKey: string;
};

/** Gives the line of the `DKIM-Signature` field of a mail. */
export type DkimSigner = (fields: readonly HeaderField[], body: readonly MimeChunk[]) => Promise<string>;

/** Header fields that are signed: what RFC 6376 (5.4.1) advises, what RFC 8058 asks for, and who and what sends it. */
const signedNames: ReadonlySet<string> = new Set([
  'From',
  'To',
  'Subject',
  'Date',
  'Message-ID',
  'In-Reply-To',
  'References',
  'MIME-Version',
  'Content-Type',
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'Auto-Submitted',
  'Feedback-ID',
]);

/** Off the main thread: RSA of 2048 bits takes 0.36 ms, several times what the rest of a mail does. */
const signOnAnotherThread = promisify(sign);

/**
 * Signs by RFC 6376, `rsa-sha256`, `relaxed/relaxed`. The body must be its own relaxed form, as `quotedPrintable` makes
 * it: then it is hashed as it is. @throws RangeError when the key is no RSA key: few receivers verify Ed25519 (RFC 8463)
 */
export function dkimSigner({ domain, selector, privateKey }: DkimKey): DkimSigner {
  const key = rsaKey(privateKey);
  const from = `d=${tagValue(domainToASCII(domain))}; s=${tagValue(selector)}`;
  return async (fields, body) => {
    const signed = fields.filter(({ name }) => signedNames.has(name));
    const names = signed.map(({ name }) => name.toLowerCase()).join(':');
    const hash = createHash('sha256');
    for (const chunk of body) hash.update(chunk);
    const tags = [
      'v=1; a=rsa-sha256; c=relaxed/relaxed',
      from,
      `bh=${hash.digest('base64')}`,
      `h=${folded(names, /.{1,72}(?::|$)/g)}`,
      'b=',
    ];
    // Folded by a space each, which is what relaxing leaves of it.
    const own = `dkim-signature:${tags.join('; ').replaceAll('\r\n', '')}`;
    const hashed = [...signed.map(({ relaxed }) => relaxed), own].join('\r\n');
    const signature = await signOnAnotherThread('sha256', Buffer.from(hashed, 'latin1'), key);
    return `DKIM-Signature: ${tags.join(';\r\n ')}${folded(signature.toString('base64'), /.{1,72}/g)}`;
  };
}

function folded(text: string, lines: RegExp): string {
  return text.match(lines)?.join('\r\n ') ?? '';
}

/** What neither ends a tag nor begins another one. */
function tagValue(text: string): string {
  return text.replaceAll(/[^\w.-]/g, '');
}

function rsaKey(pem: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(pem);
  } catch {
    // Said below: OpenSSL's words could hold some of the key.
  }
  if (key?.asymmetricKeyType === 'rsa') return key;
  throw new RangeError('the DKIM key must be an RSA private key in PEM');
}
