import type { DiffPart } from './alert-content.js';
import { beginning, beginningOrPart, ending, firstWords, lastWords } from './cut-text.js';

/** A part of the diff, or the mark of a cut. */
export type ExcerptPart = DiffPart | { op: '…'; text: '…' };

export type ExcerptLimits = {
  /** How many unchanged words are kept on each side of a change. */
  context: number;
  /** The most characters of the diff's text, the marks of cuts not counted. */
  maxLength: number;
};

/** What of one part may be shown, the end at which it is held, and whether it is cut already. */
type Segment = { op: DiffPart['op']; text: string; held: 'start' | 'end'; cut: boolean };

/** Below this, the beginning of a change is not legible. */
const legibleLength = 40;

/**
 * Cuts a long diff around what changed. Changes come first: every one is shown, at least its beginning, and short ones
 * whole; a quarter of the room is kept for the words around them unless that would make beginnings illegible. Only when
 * there are more changes than characters are the last ones left out. No grapheme is cut.
 */
export function diffExcerpt(
  parts: readonly DiffPart[],
  { context, maxLength }: ExcerptLimits,
): ExcerptPart[] {
  const segments = segmentsOf(parts, context);
  const changed = segments.filter(({ op }) => op !== '=');
  const around = segments.filter(({ op }) => op === '=');
  const beginnings = changed.reduce((sum, { text }) => sum + Math.min(text.length, legibleLength), 0);
  const reserved = Math.min(lengthOf(around), maxLength / 4, Math.max(0, maxLength - beginnings));
  const shownChanges = shorten(changed, Math.floor(maxLength - reserved));
  const shownAround = shorten(around, maxLength - lengthOf(shownChanges));

  const shown = segments.map((segment) => (segment.op === '=' ? shownAround : shownChanges).shift()!);
  return joined(shown);
}

/** Unchanged passages are held at the changes that they touch: one between two changes becomes two segments. */
function segmentsOf(parts: readonly DiffPart[], context: number): Segment[] {
  return parts.flatMap(({ op, text }, n): Segment[] => {
    if (op !== '=' || parts.length === 1) return [{ op, text, held: 'start', cut: false }];
    const head = n === 0 ? '' : firstWords(text, context);
    const tail = n === parts.length - 1 ? '' : lastWords(text, context);
    const cut = head.length + tail.length < text.length;
    return [
      { op, text: head, held: 'start', cut: cut && n > 0 },
      { op, text: cut ? tail : text.slice(head.length), held: 'end', cut: cut && n < parts.length - 1 },
    ];
  });
}

function lengthOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, { text }) => sum + text.length, 0);
}

/** Cuts the longest segments until all of them fit into `room`. */
function shorten(segments: readonly Segment[], room: number): Segment[] {
  const most = fairLength(
    segments.map(({ text }) => text.length),
    room,
  );
  let left = room;
  return segments.map((segment) => {
    const length = Math.min(most, left);
    const text = cutOf(segment, length);
    left -= text.length;
    return { ...segment, text, cut: segment.cut || text.length < segment.text.length };
  });
}

/** Of unchanged words a part says nothing. */
function cutOf({ op, text, held }: Segment, length: number): string {
  if (held === 'end') return ending(text, length);
  return op === '=' ? beginning(text, length) : beginningOrPart(text, length);
}

/** The length to which the longer ones must be cut so that all of them fit. */
function fairLength(lengths: readonly number[], room: number): number {
  let left = room;
  for (const [n, length] of lengths.toSorted((a, b) => a - b).entries()) {
    const share = Math.floor(left / (lengths.length - n));
    if (length > share) return Math.max(share, 1);
    left -= length;
  }
  return room;
}

function joined(segments: readonly Segment[]): ExcerptPart[] {
  const parts: ExcerptPart[] = [];
  const mark = () => {
    if (parts.at(-1)?.op !== '…') parts.push({ op: '…', text: '…' });
  };
  for (const { op, text, held, cut } of segments) {
    if (cut && held === 'end') mark();
    const last = parts.at(-1);
    if (last?.op === op) parts.splice(-1, 1, { op, text: last.text + text });
    else if (text !== '') parts.push({ op, text });
    if (cut && held === 'start') mark();
  }
  return parts;
}
