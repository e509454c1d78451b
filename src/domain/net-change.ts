import { severityDelta, type SeverityDelta } from './delta.js';
import type { Side } from './provision-event.js';
import { sameWords } from './same-words.js';

/** What one change did to a provision; null: not in force on that side. */
export type Step = { changeId: string; provisionId: string; before: Side | null; after: Side | null };

/** What several changes did to a provision together. */
export type NetChange = {
  provisionId: string;
  delta: SeverityDelta;
  before: Side | null;
  after: Side | null;
  /** The changes it is made of, in their order; their ids. */
  steps: string[];
};

/**
 * What is different after a window of time: for each provision its first before and its last after. What went there and
 * back, or came and went, is no change; nor is one of nothing but form.
 *
 * @param steps in the order in which they happened
 * @returns in the order of the provisions' first steps
 */
export function netChanges(steps: readonly Step[]): NetChange[] {
  const byProvision = new Map<string, [Step, ...Step[]]>();
  for (const step of steps) {
    const earlier = byProvision.get(step.provisionId);
    if (earlier) earlier.push(step);
    else byProvision.set(step.provisionId, [step]);
  }
  return [...byProvision].flatMap(([provisionId, its]) => {
    const { before } = its[0];
    const { after } = its.at(-1) ?? its[0];
    if (before === null && after === null) return [];
    const wordsMatch = before !== null && after !== null && sameWords(before.text, after.text);
    const delta = severityDelta(before?.severity ?? null, after?.severity ?? null, wordsMatch);
    if (delta.kind === 'cosmetic') return [];
    return [{ provisionId, delta, before, after, steps: its.map(({ changeId }) => changeId) }];
  });
}
