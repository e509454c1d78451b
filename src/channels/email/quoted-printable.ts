/** Longest line that goes on, without its closing "=": 76 in all (RFC 2045, 6.7). */
const lineWidth = 75;

/** Decodes to nothing. What stands around it can be encoded apart, each from the beginning of a line. */
export const softLineEnd = '=\r\n';

/**
 * Text as quoted-printable of its UTF-8 (RFC 2045, 6.7), to stand at the beginning of a line. Every line end becomes CRLF.
 *
 * It leaves nothing to change on the way: no line begins with "." (SMTP doubles it) or "From " (mailboxes escape it), and
 * there is no tab, no two spaces in a row and no space at the end of a line. So what it gives is its own relaxed form of
 * DKIM (RFC 6376, 3.4.4). "=_" never occurs in it.
 */
export function quotedPrintable(unicode: string): string {
  const text = unicode.toWellFormed();
  let encoded = '';
  let column = 0;
  // Done for each recipient, so in runs of what stands for itself: with expressions it takes four times as long.
  let runFrom = 0;
  let at = 0;
  while (at < text.length) {
    if (text[at] === '\r' || text[at] === '\n') {
      encoded += `${text.slice(runFrom, at)}\r\n`;
      at += text.startsWith('\r\n', at) ? 2 : 1;
      runFrom = at;
      column = 0;
      continue;
    }
    let escape = standsForItself(text, at) ? '' : escaped(text, at);
    if (column + (escape.length || 1) > lineWidth) {
      encoded += text.slice(runFrom, at) + softLineEnd;
      runFrom = at;
      column = 0;
    }
    if (column === 0 && isTouchedAtLineStart(text, at)) escape = escaped(text, at);
    if (escape !== '') {
      encoded += text.slice(runFrom, at) + escape;
      // A character outside the BMP is two units long, and four bytes.
      runFrom = at + (escape.length === 12 ? 2 : 1);
    }
    column += escape.length || 1;
    at = escape === '' ? at + 1 : runFrom;
  }
  return encoded + text.slice(runFrom);
}

function standsForItself(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit === 0x20) return text.charCodeAt(at + 1) > 0x20;
  return unit > 0x20 && unit < 0x7f && unit !== 0x3d;
}

/** Mail servers and mailboxes change these at the beginning of a line. */
function isTouchedAtLineStart(text: string, at: number): boolean {
  return text[at] === '.' || text.startsWith('From ', at);
}

const escapes = Array.from(
  { length: 256 },
  (_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
);
const escapeOf = (byte: number): string => escapes[byte] ?? '';
const trailing = (bits: number): string => escapeOf(0x80 | (bits & 0x3f));

/** All the bytes of one character (RFC 3629): they stay on one line. */
function escaped(text: string, at: number): string {
  const point = text.codePointAt(at) ?? 0;
  if (point < 0x80) return escapeOf(point);
  if (point < 0x800) return escapeOf(0xc0 | (point >> 6)) + trailing(point);
  if (point < 0x1_0000) return escapeOf(0xe0 | (point >> 12)) + trailing(point >> 6) + trailing(point);
  return escapeOf(0xf0 | (point >> 18)) + trailing(point >> 12) + trailing(point >> 6) + trailing(point);
}
