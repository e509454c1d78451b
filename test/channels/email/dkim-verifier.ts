import { createHash, createVerify, type KeyLike } from 'node:crypto';

/** What a receiver finds out about a DKIM signature. */
export type DkimVerdict = {
  tags: Record<string, string>;
  bodyHolds: boolean;
  headersHold: boolean;
};

/**
 * Verifies the first `DKIM-Signature` of a message, `rsa-sha256` and `relaxed/relaxed`, as RFC 6376 (6.1.3) says.
 * @param source with CRLF, as it came over the line
 */
export function verifyDkim(source: string, publicKey: KeyLike): DkimVerdict {
  const split = source.indexOf('\r\n\r\n');
  const headers = source.slice(0, split).split(/\r\n(?![ \t])/);
  const own = headers.find((line) => /^dkim-signature:/i.test(line)) ?? '';
  const tags = Object.fromEntries(
    own
      .slice(own.indexOf(':') + 1)
      .split(';')
      .map((tag) => [
        tag.slice(0, tag.indexOf('=')).trim(),
        tag.slice(tag.indexOf('=') + 1).replaceAll(/\s/g, ''),
      ]),
  );
  const bodyHash = createHash('sha256')
    .update(relaxedBody(source.slice(split + 4)))
    .digest('base64');
  return {
    tags,
    bodyHolds: bodyHash === tags['bh'],
    headersHold: createVerify('RSA-SHA256')
      .update(signedHeaders(headers, own, tags['h']?.split(':') ?? []))
      .verify(publicKey, tags['b'] ?? '', 'base64'),
  };
}

/** 5.4.2: of several fields of one name, the last is signed first; 3.7: the signature itself without what is in `b`. */
function signedHeaders(headers: readonly string[], own: string, names: readonly string[]): string {
  const left = headers.toReversed();
  const lines = names.flatMap((name) => {
    const at = left.findIndex((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return at === -1 ? [] : left.splice(at, 1);
  });
  return [...lines, own.replace(/(\bb=)[^;]*$/s, '$1')].map(relaxedHeader).join('\r\n');
}

/** 3.4.2. */
function relaxedHeader(line: string): string {
  const at = line.indexOf(':');
  const value = line
    .slice(at + 1)
    .replaceAll('\r\n', '')
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/^ | $/g, '');
  return `${line.slice(0, at).toLowerCase().trim()}:${value}`;
}

/** 3.4.4. */
function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''));
  const text = lines.join('\r\n').replace(/(?:\r\n)+$/, '');
  return text === '' ? '' : `${text}\r\n`;
}
