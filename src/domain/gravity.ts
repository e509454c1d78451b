import type { SeverityDelta } from './delta.js';
import { capitalised } from './sentence.js';
import { rankOf, type Rank, type Severity, severityOf } from './severity.js';

type Direction = SeverityDelta['direction'];

/** How a direction is drawn. */
export const directionMarks: Readonly<Record<Direction, string>> = { rise: '▲', fall: '▼', same: '=' };

/** How a direction is said, for those who hear it. */
const directionWords: Readonly<Record<Direction, string>> = {
  rise: 'rising',
  fall: 'falling',
  same: 'unchanged',
};

const directionOrder: readonly Direction[] = ['rise', 'fall', 'same'];

/**
 * Orders the changes of an alert, gravest first: by the size of the change of rank, then rises before falls, then by the
 * higher of both severities. For `sort`, which leaves equals in their order.
 */
export function byGravity(a: SeverityDelta, b: SeverityDelta): number {
  return (
    Math.abs(b.change) - Math.abs(a.change) ||
    directionOrder.indexOf(a.direction) - directionOrder.indexOf(b.direction) ||
    higherRank(b) - higherRank(a)
  );
}

export type Headline = {
  /** Which change it speaks of: the one whose title goes with it. */
  index: number;
  /** The severity it has, or had before it eased or was withdrawn: the higher of both. */
  severity: Severity;
  direction: Direction;
  /** `High ▲`, for a mail's subject. */
  label: string;
  /** `High severity, rising`: the same for a screen reader. */
  words: string;
};

/**
 * What to say of an alert in two words: the highest severity in it, and where the change that has it goes. Among several
 * of the same severity the gravest one counts.
 * @throws RangeError when there is no change
 */
export function headline(deltas: readonly SeverityDelta[]): Headline {
  const [first] = [...deltas.entries()].toSorted(
    ([, a], [, b]) => higherRank(b) - higherRank(a) || byGravity(a, b),
  );
  if (first === undefined) throw new RangeError('a headline needs a change');
  const [index, delta] = first;
  const severity = severityOf(higherRank(delta));
  if (severity === null) throw new RangeError('a change needs a side that is in force');
  const name = capitalised(severity);
  return {
    index,
    severity,
    direction: delta.direction,
    label: `${name} ${directionMarks[delta.direction]}`,
    words: `${name} severity, ${directionWords[delta.direction]}`,
  };
}

function higherRank({ before, after }: SeverityDelta): Rank {
  return Math.max(rankOf(before), rankOf(after)) as Rank;
}
