import { createHash } from 'node:crypto';
import { quotedPrintable, softLineEnd } from './quoted-printable.js';
import type { SlotName, Slots, Slotted } from './slots.js';

const parts = ['text', 'html'] as const;
type Part = (typeof parts)[number];

/** A multipart/alternative body, encoded but for its slots: `slots[n]` stands between `pieces[n]` and `pieces[n + 1]`. */
export type MimeBody = {
  readonly contentType: string;
  readonly pieces: readonly Buffer[];
  readonly slots: readonly { part: Part; name: SlotName }[];
};

/** Encodes once what all recipients share. */
export function mimeBody(content: Readonly<Record<Part, Slotted>>): MimeBody {
  // quoted-printable never holds "=_" (RFC 2045, 6.7), so no content can hold the boundary. It differs between contents
  // for the sake of those who put several mails into one.
  const boundary = `=_${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32)}`;
  const pieces: string[] = [];
  let before = '';
  for (const part of parts) {
    const [first = '', ...others] = encodedPieces(content[part]);
    pieces.push(before + partHead(part, boundary) + first, ...others);
    before = `${pieces.pop() ?? ''}\r\n`;
  }
  pieces.push(`${before}--${boundary}--\r\n`);
  return {
    contentType: `multipart/alternative; boundary="${boundary}"`,
    pieces: pieces.map((piece) => Buffer.from(piece, 'latin1')),
    slots: parts.flatMap((part) => content[part].slots.map((name) => ({ part, name }))),
  };
}

/** ASCII, ready to be sent; the strings are one recipient's own. */
export type MimeChunk = Buffer | string;

/**
 * One recipient's body, in chunks: to copy what all share for each of them costs as much as to fill it in.
 * @param values as readers are to see them: escaped in HTML, plain in text
 */
export function filledBody(
  { pieces, slots }: MimeBody,
  values: Readonly<Record<Part, Slots>>,
): readonly MimeChunk[] {
  const chunks: MimeChunk[] = [];
  for (const [index, piece] of pieces.entries()) {
    chunks.push(piece);
    const slot = slots[index];
    if (slot !== undefined) chunks.push(quotedPrintable(values[slot.part][slot.name]));
  }
  return chunks;
}

function partHead(part: Part, boundary: string): string {
  return [
    `--${boundary}`,
    `Content-Type: text/${part === 'text' ? 'plain' : part}; charset=utf-8`,
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '',
  ].join('\r\n');
}

/** The slots' values begin on a line of their own and are encoded apart: soft line ends join them with what is around. */
function encodedPieces({ pieces }: Slotted): string[] {
  const last = pieces.length - 1;
  return pieces.map((piece, index) => {
    const followsSlot = index > 0 && !/^[\r\n]/.test(piece) && (piece !== '' || index < last);
    const precedesSlot = index < last && piece !== '' && !/[\r\n]$/.test(piece);
    return (followsSlot ? softLineEnd : '') + quotedPrintable(piece) + (precedesSlot ? softLineEnd : '');
  });
}
