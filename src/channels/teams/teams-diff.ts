import type { DiffPart } from '../../domain/alert-content.js';
import { diffExcerpt, type ExcerptPart } from '../../domain/diff-excerpt.js';
import { words, type TextRun } from './card.js';

/**
 * Removed and added words in brackets, which every client shows and every screen reader reads, and struck or underlined
 * where the client can (Teams on phones knows no underline). Colour is only a help.
 */
const marks = {
  '-': { open: '[-', close: '-]', look: { strikethrough: true, color: 'Attention' } },
  '+': { open: '{+', close: '+}', look: { underline: true, color: 'Good' } },
} as const;

/** Unchanged words kept on either side of a change. */
const context = 15;

/** The key to the marks, in the marks themselves. */
export function diffKey(): TextRun[] {
  return [...words('Words: '), ...marked('-', 'removed'), ...words(', '), ...marked('+', 'added')];
}

/**
 * The changed words in their surroundings, long unchanged stretches cut. A clause that is new or gone as a whole comes plain:
 * a paragraph all struck through reads badly, and the line above it says which it is.
 */
export function diffRuns(diff: readonly DiffPart[], maxLength: number): TextRun[] {
  const isWhole = new Set(diff.map(({ op }) => op)).size === 1;
  const parts = fewParts(diffExcerpt(diff, { context, maxLength }), maxLength);
  const runs: TextRun[] = [];
  let plain = '';
  const flush = () => {
    runs.push(...words(plain));
    plain = '';
  };
  for (const [index, { op, text }] of parts.entries()) {
    if (op === '…') plain += cutMark(parts[index - 1]?.text, parts[index + 1]?.text);
    else if (op === '=' || isWhole) plain += tight(text);
    else {
      const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(tight(text)) ?? [];
      plain += (touches(parts[index - 1], text) ? ' ' : '') + before;
      flush();
      runs.push(...marked(op, inner));
      plain = after;
    }
  }
  flush();
  return runs;
}

function marked(op: '-' | '+', text: string): TextRun[] {
  const { open, close, look } = marks[op];
  return text === '' ? [] : words(open + text + close, look);
}

/** Each run costs some 80 characters, however short it is. */
function fewParts(parts: ExcerptPart[], maxLength: number): ExcerptPart[] {
  const most = 12 + Math.floor(maxLength / 20);
  return parts.length <= most ? parts : [...parts.slice(0, most), { op: '…', text: '…' }];
}

/** "[-old-]{+new+}" would read as one word. */
function touches(previous: ExcerptPart | undefined, text: string): boolean {
  return previous?.op === '-' && /\S$/.test(previous.text) && /^\S/.test(text);
}

/** One space on either side of the mark of a cut, none at the ends of the excerpt. */
function cutMark(before: string | undefined, after: string | undefined): string {
  const left = before === undefined || /\s$/.test(before) ? '' : ' ';
  const right = after === undefined || /^\s/.test(after) ? '' : ' ';
  return `${left}…${right}`;
}

/** Empty lines make a card tall and say nothing. */
function tight(text: string): string {
  return text.replaceAll(/[^\S\n]*\n\s*/g, '\n');
}
