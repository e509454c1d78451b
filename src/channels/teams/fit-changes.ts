import type { ChangeContent } from '../../domain/alert-content.js';
import { bold, paragraph, type CardElement } from './card.js';
import { forms } from './form.js';
import { changeElements, changeLine } from './teams-change.js';

/** Most changes that a card names; the alert's page has them all. */
const mostChanges = 10;

/**
 * Shows the ten gravest changes in the room there is: first a line for each, then more of each, form by form and gravest
 * first, until a step no longer fits. So all ten are named before one is told at length, and none is told at more length
 * than a graver one. Ten lines always fit: they are cut to a third of the room.
 *
 * @param fits whether a card with these elements, and so many changes left out, is not too long
 */
export function fitChanges(
  changes: readonly ChangeContent[],
  fits: (elements: CardElement[], omitted: number) => boolean,
): { elements: CardElement[]; omitted: number } {
  const named = changes.slice(0, mostChanges);
  const omitted = changes.length - named.length;
  const told: CardElement[][] = [];
  const layout = () => [...told.flat(), ...linesOf(named.slice(told.length))];
  for (const form of forms) {
    for (const [index, change] of named.entries()) {
      const before = told[index];
      told[index] = changeElements(change, form);
      if (fits(layout(), omitted)) continue;
      if (before === undefined) told.pop();
      else told[index] = before;
      return { elements: layout(), omitted };
    }
  }
  return { elements: layout(), omitted };
}

function linesOf(changes: readonly ChangeContent[]): CardElement[] {
  if (changes.length === 0) return [];
  return [
    ...paragraph(bold('Also changed'), { separator: true, spacing: 'Medium' }),
    ...changes.flatMap((change) => changeLine(change)),
  ];
}
