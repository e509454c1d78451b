import type { SeverityDelta } from '../../domain/delta.js';
import type { ExcerptPart } from '../../domain/diff-excerpt.js';
import { directionMarks } from '../../domain/gravity.js';
import { directionWords, severityWord } from '../../domain/wording.js';
import { wrapped } from './wrapped.js';

/** What the plain texts of mails are put together of. */
type Part = string | false;
const isThere = (part: Part) => part !== false && part !== '';

export const lines = (parts: Part[]) => parts.filter(isThere).join('\n');
export const blocks = (parts: Part[]) => parts.filter(isThere).join('\n\n');

export const ruleLine = '-'.repeat(72);

export function indented(text: string): string {
  return wrapped(text, '  ', '  ');
}

export function section(title: string, paragraphs: string[]): string {
  return lines([title.toUpperCase(), ...paragraphs.map(indented)]);
}

/** "Medium → High ▲ rose". */
export function moveText({ before, after, direction }: SeverityDelta): string {
  const to = severityWord(after);
  const from = before === after ? '' : `${severityWord(before)} → `;
  return `${from}${to} ${directionMarks[direction]} ${directionWords[direction]}`;
}

/** Around removed words, added words, what stayed, and the mark of a cut. */
const brackets = { '-': ['[-', '-]'], '+': ['{+', '+}'], '=': ['', ''], '…': [' [', '] '] } as const;

/** A diff in brackets: "[-may-] {+must+}". */
export function diffText(diff: readonly ExcerptPart[]): string {
  return diff.map((part, index) => parted(diff[index - 1], part) + marked(part)).join('');
}

/** Keeps words that replace others from running into them. */
function parted(before: ExcerptPart | undefined, { op }: ExcerptPart): string {
  return op === '+' && before?.op === '-' ? ' ' : '';
}

function marked({ op, text }: ExcerptPart): string {
  return brackets[op].join(text);
}
