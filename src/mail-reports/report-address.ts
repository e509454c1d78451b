/** Longer ones cannot be (RFC 5321, 4.5.3.1), with room for their encoding. */
const longestAddress = 320;

/**
 * The address in a field of a report: `rfc822; ada@example.org`, `<ada@example.org>`, `Ada <ada@example.org> (gone)`. As
 * reporters write it, so that it may be no address that we would write to.
 *
 * @returns null when there is none
 */
export function addressIn(field: string | null | undefined): string | null {
  if (field == null) return null;
  const [, type, rest] = /^\s*(?:([\w-]+)\s*;)?([^]*)$/.exec(field.slice(0, 4 * longestAddress)) ?? [];
  const text = type?.toLowerCase() === 'utf-8' ? unescaped(rest ?? '') : (rest ?? '');
  // A name in quotes may hold brackets of its own.
  const inBrackets = /<([^<>]*)>/.exec(text.replace(/^\s*"(?:[^"\\]|\\.)*"\s*(?=<)/, ''))?.[1];
  // A local part in quotes may hold spaces.
  const address = /(?:"(?:[^"\\]|\\.)*"|[^\s"<>,;:()]+)@[^\s"<>,;()]+/u.exec(inBrackets ?? text)?.[0];
  if (address === undefined || address.length > longestAddress || /\p{Cc}/u.test(address)) return null;
  return address;
}

/** `\x{E9}` stands for é where a report must be ASCII (RFC 6533, 3). */
function unescaped(text: string): string {
  return text.replaceAll(/\\x\{([0-9a-f]{2,6})\}/gi, (whole, hex: string) => {
    const point = Number.parseInt(hex, 16);
    return point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff) ? String.fromCodePoint(point) : whole;
  });
}

/** The host in `dns; mx.example.net (MX of example.net)`. */
export function hostIn(field: string | null | undefined): string | null {
  return /^\s*(?:[\w-]+\s*;)?\s*([^\s;()]{1,255})/.exec(field ?? '')?.[1] ?? null;
}
