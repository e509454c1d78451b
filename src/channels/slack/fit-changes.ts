import type { KnownBlock, RichTextElement } from '@slack/types';
import type { ChangeContent } from '../../domain/alert-content.js';
import { forms } from './form.js';
import { totalWeight } from './message-size.js';
import { bold, bullets, richText, section } from './rich-text.js';
import { changeBlocks, changeLine } from './slack-change.js';

/** What of a message is left. */
export type Room = { readonly weight: number; readonly blocks: number };

/**
 * Shows the changes in the room there is: first a line for each, as far as two fifths of it go; then more of each, form by
 * form and gravest first, until a step no longer fits. So all are named before one is told at length, and none is told at
 * more length than a graver one.
 */
export function fitChanges(
  changes: readonly ChangeContent[],
  room: Room,
): { blocks: KnownBlock[]; omitted: number } {
  const lines = linesWithin(changes, room.weight * 0.4);
  const omitted = changes.length - lines.length;
  const told: KnownBlock[][] = [];
  const layout = () => [...told.flat(), ...listOf(lines.slice(told.length))];
  for (const form of forms) {
    for (const [index, change] of changes.slice(0, lines.length).entries()) {
      const before = told[index];
      told[index] = changeBlocks(change, form);
      if (fits(layout(), room)) continue;
      if (before === undefined) told.pop();
      else told[index] = before;
      return { blocks: layout(), omitted };
    }
  }
  return { blocks: layout(), omitted };
}

export function fits(blocks: readonly KnownBlock[], { weight, blocks: count }: Room): boolean {
  return blocks.length <= count && totalWeight(blocks) <= weight;
}

/** Always the gravest one, and as many more as fit. */
function linesWithin(changes: readonly ChangeContent[], weight: number): RichTextElement[][] {
  const lines: RichTextElement[][] = [];
  for (const change of changes) {
    const line = changeLine(change);
    if (lines.length > 0 && totalWeight(listOf([...lines, line])) > weight) break;
    lines.push(line);
  }
  return lines;
}

function listOf(lines: RichTextElement[][]): KnownBlock[] {
  if (lines.length === 0) return [];
  return [{ type: 'divider' }, richText([section(...bold('Also changed')), bullets(lines)])];
}
