import type { RichTextElement, RichTextText } from '@slack/types';
import type { DiffPart } from '../../domain/alert-content.js';
import { diffExcerpt } from '../../domain/diff-excerpt.js';
import { words } from './rich-text.js';
import { shown } from './slack-text.js';

const styles = { '-': { strike: true }, '+': { bold: true } } as const;

/** Unchanged words kept on either side of a change. */
const context = 15;

/**
 * The changed words in their surroundings: removed ones struck through, added ones bold, long unchanged stretches cut.
 * A clause that is new or gone as a whole comes plain, since a paragraph all in bold or struck through reads badly: the
 * label above it says which it is.
 */
export function diffElements(diff: readonly DiffPart[], maxLength: number): RichTextElement[] {
  const parts = diffExcerpt(diff, { context, maxLength });
  const whole = new Set(diff.map(({ op }) => op)).size === 1;
  const elements: RichTextText[] = [];
  for (const [index, { op, text }] of parts.entries()) {
    if (op === '…') {
      elements.push(...words(cutMark(parts[index - 1]?.text, parts[index + 1]?.text)));
      continue;
    }
    if (op === '=' || whole) {
      elements.push(...words(tight(text)));
      continue;
    }
    // "old" and "new" that touch would read as one word: "reasonable" struck, "practicable" bold.
    const previous = parts[index - 1];
    const touches = op === '+' && previous?.op === '-' && /\S$/.test(previous.text) && /^\S/.test(text);
    elements.push(...(touches ? words(' ') : []), ...styled(tight(text), styles[op]));
  }
  return joined(elements);
}

/** One space on either side of the mark of a cut, none at the ends of the excerpt. */
function cutMark(before: string | undefined, after: string | undefined): string {
  const left = before === undefined || /\s$/.test(before) ? '' : ' ';
  const right = after === undefined || /^\s/.test(after) ? '' : ' ';
  return `${left}…${right}`;
}

/** Empty lines make a quote tall and say nothing. */
function tight(text: string): string {
  return shown(text).replaceAll(/[^\S\n]*\n\s*/g, '\n');
}

/** Styles the words and leaves the space around them plain: a struck or underlined blank looks like a mistake. */
function styled(text: string, style: NonNullable<RichTextText['style']>): RichTextText[] {
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  return [...words(before), ...words(inner, style), ...words(after)];
}

/** One element for neighbours of the same style: each costs, and Slack breaks no line between them anyway. */
function joined(elements: RichTextText[]): RichTextText[] {
  const runs: RichTextText[] = [];
  for (const element of elements) {
    const last = runs.at(-1);
    if (last !== undefined && last.style === undefined && element.style === undefined) {
      runs[runs.length - 1] = { type: 'text', text: last.text + element.text };
    } else runs.push(element);
  }
  return runs;
}
