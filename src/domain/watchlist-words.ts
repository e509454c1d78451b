import type { Cadence } from './cadence.js';
import { ChangeKind } from './delta.js';
import type { FollowKind } from './follow.js';
import { capitalised } from './sentence.js';
import type { WatchRule } from './watch-rule.js';
import { plural, severityWord } from './wording.js';

/** Kinds of changes as what is told of: "hear of new clauses, clauses that are withdrawn, …". */
export const kindsTold: Readonly<Record<ChangeKind, string>> = {
  introduced: 'new clauses',
  withdrawn: 'clauses that are withdrawn',
  escalated: 'severity that rises',
  eased: 'severity that falls',
  reworded: 'other words at the same severity',
  cosmetic: 'mere form: case, punctuation, markup',
};

export const followKindWords: Readonly<Record<FollowKind, string>> = {
  entity: 'Entity',
  document: 'Document',
  provision: 'Provision',
  'clause-type': 'Clause type',
  category: 'Category',
  agency: 'Agency',
  everything: 'Everything',
};

/** A rule in plain words: "Severity rises to High, on the words “class action”". */
export function ruleWords(rule: WatchRule): string {
  const parts = [
    movementWords(rule),
    rule.minChange > 0 ? `by at least ${plural(rule.minChange, 'step', 'steps')}` : '',
    kindsWords(rule.kinds),
    rule.keywords === null ? '' : `where the changed words match “${rule.keywords}”`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function movementWords({ direction, minSeverity }: WatchRule): string {
  const least = minSeverity === 'high' ? 'High' : `${severityWord(minSeverity)} or more`;
  if (direction === 'any') {
    return minSeverity === 'low' ? 'Any change' : `Any change of what is or was rated ${least}`;
  }
  const [verb, preposition] = direction === 'rises' ? ['rises', 'to'] : ['falls', 'from'];
  return minSeverity === 'low' ? `Severity ${verb}` : `Severity ${verb} ${preposition} ${least}`;
}

function kindsWords(kinds: readonly ChangeKind[]): string {
  const wanted = ChangeKind.options.filter((kind) => kinds.includes(kind));
  if (wanted.length === ChangeKind.options.length) return 'mere form too';
  if (wanted.length === ChangeKind.options.length - 1 && !wanted.includes('cosmetic')) return '';
  return `only ${wanted.map((kind) => kindsTold[kind]).join(', ')}`;
}

/** When a watchlist tells: "Every Monday at 08:00, even when nothing changed". @param confirmAfter hours, of an instant one */
export function cadenceWords(cadence: Cadence, confirmAfter: number | null = null): string {
  if (cadence.mode === 'instant') {
    return confirmAfter === null
      ? 'At once'
      : `Once a change has stood for ${plural(confirmAfter, 'hour', 'hours')}`;
  }
  const words =
    cadence.mode === 'hourly'
      ? 'Every hour'
      : cadence.mode === 'daily'
        ? `Every day at ${cadence.at}`
        : `Every ${capitalised(cadence.on)} at ${cadence.at}`;
  return cadence.heartbeat === true ? `${words}, even when nothing changed` : words;
}
