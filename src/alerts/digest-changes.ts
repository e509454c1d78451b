import { deltaOfRanks, type SeverityDelta } from '../domain/delta.js';
import { byGravity } from '../domain/gravity.js';
import { netChanges, type Step } from '../domain/net-change.js';
import type { Side } from '../domain/provision-event.js';
import { severityOf, type Rank } from '../domain/severity.js';
import type { GatheredChange } from './digest.store.js';

/** What a window did to one provision. */
export type NetGathered = {
  delta: SeverityDelta;
  before: Side | null;
  after: Side | null;
  /** Oldest first. */
  steps: readonly [GatheredChange, ...GatheredChange[]];
};

export type Texts = ReadonlyMap<string, { beforeText: string | null; afterText: string | null }>;

/** The changes of each provision that stand, and how many provisions have none left. */
export function standingOf(changes: readonly GatheredChange[]): {
  provisions: (readonly [GatheredChange, ...GatheredChange[]])[];
  undone: number;
} {
  const provisions = new Map<string, GatheredChange[]>();
  for (const change of changes) {
    const standing = provisions.get(change.provisionId) ?? [];
    provisions.set(change.provisionId, change.isUndone ? standing : [...standing, change]);
  }
  const left = [...provisions.values()].filter(isSome);
  return { provisions: left, undone: provisions.size - left.length };
}

/**
 * What is different on balance, gravest first.
 *
 * @param texts of at least the first and the last change of each provision
 */
export function netGathered(
  provisions: readonly (readonly [GatheredChange, ...GatheredChange[]])[],
  texts: Texts,
): NetGathered[] {
  const stepsOf = new Map(provisions.map((steps) => [steps[0].provisionId, steps]));
  const ends = provisions.flatMap((steps) => endsOf(steps).map((change) => stepOf(change, texts)));
  return netChanges(ends)
    .flatMap(({ provisionId, ...net }) => {
      const steps = stepsOf.get(provisionId);
      return steps ? [{ ...net, steps }] : [];
    })
    .toSorted((a, b) => byGravity(a.delta, b.delta));
}

/** The first and the last: what lies between is not compared. */
export function endsOf(steps: readonly [GatheredChange, ...GatheredChange[]]): GatheredChange[] {
  const last = steps.at(-1) ?? steps[0];
  return steps.length === 1 ? [steps[0]] : [steps[0], last];
}

export function deltaOf({ kind, beforeRank, afterRank }: GatheredChange): SeverityDelta {
  return deltaOfRanks(kind, beforeRank, afterRank);
}

function stepOf({ id, provisionId, beforeRank, afterRank }: GatheredChange, texts: Texts): Step {
  const { beforeText = null, afterText = null } = texts.get(id) ?? {};
  return {
    changeId: id,
    provisionId,
    before: sideOf(beforeRank, beforeText),
    after: sideOf(afterRank, afterText),
  };
}

function sideOf(rank: Rank, text: string | null): Side | null {
  const severity = severityOf(rank);
  return severity === null || text === null ? null : { severity, text };
}

function isSome(changes: GatheredChange[]): changes is [GatheredChange, ...GatheredChange[]] {
  return changes.length > 0;
}
