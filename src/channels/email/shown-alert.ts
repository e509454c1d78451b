import type { AlertContent } from '../../domain/alert-content.js';
import type { SeverityDelta } from '../../domain/delta.js';
import { headline } from '../../domain/gravity.js';
import { effectiveWords } from './effective-words.js';
import { shownChange, webUrl } from './shown-change.js';
import { capitalised } from '../../domain/sentence.js';
import { cut, shownLine } from '../../domain/shown-text.js';
import { exposureWords, instantWords, movement, plural } from '../../domain/wording.js';

/** Most changes that a mail tells in full; the alert's page has them all. */
const mostChangesInFull = 10;
const mostTitlesListed = 20;

/** An alert as a mail says it, in HTML and in plain text alike. */
export type ShownAlert = ReturnType<typeof shownAlert>;

export function shownAlert(content: AlertContent) {
  const { changes, entity, document } = content;
  const top = headline(changes.map(({ delta }) => delta));
  const told = changes.slice(0, mostChangesInFull).map(shownChange);
  const only = changes.length === 1 ? told[0] : undefined;
  const { seen, effective } = timesOf(content);
  const entityName = shownLine(entity.name, 120);
  const documentTitle = shownLine(document.title, 200);
  return {
    archiveName: shownLine(content.archiveName, 100),
    entity: entityName,
    document: { words: documentTitle, url: webUrl(document.url) },
    severity: top.severity,
    /** `High ▲` */
    rating: top.label,
    title: only?.title ?? `${changes.length} changes in ${documentTitle}`,
    verdict: only?.movement ?? tally(changes.map(({ delta }) => delta)),
    seen,
    when: effective === null ? seen : `${seen} ${effective}`,
    followUp: content.followUp,
    /** One line a change; empty when there is only one. */
    titles:
      only === undefined
        ? changes.slice(0, mostTitlesListed).map(({ provision, delta }) => ({
            title: shownLine(provision.title, 120),
            delta,
          }))
        : [],
    /** Those told in full, gravest first. */
    changes: told,
    total: changes.length,
    exposure: `Exposure: this document ${exposureWords(document.exposure)}, ${entityName} in all ${exposureWords(entity.exposure)}.`,
    preheader: preheader(content),
  };
}

/** How many changes are not told in full. */
export function restOf({ total, changes }: ShownAlert): number {
  return total - changes.length;
}

/** "2 rose, 1 fell, 3 kept their rating". */
export function tally(deltas: readonly SeverityDelta[]): string {
  const count = (direction: string) => deltas.filter((delta) => delta.direction === direction).length;
  return [
    { count: count('rise'), words: 'rose' },
    { count: count('fall'), words: 'fell' },
    { count: count('same'), words: 'kept their rating' },
  ]
    .flatMap(({ count: n, words }) =>
      n === 0 ? [] : [`${n} ${n === 1 ? words.replace('their', 'its') : words}`],
    )
    .join(', ');
}

/** When the first of them was seen, and when they take effect. */
function timesOf({ changes }: AlertContent): { seen: string; effective: string | null } {
  const seen = changes
    .map(({ time }) => time)
    .reduce((first, time) => (Date.parse(time) < Date.parse(first) ? time : first));
  const days = [...new Set(changes.flatMap(({ effectiveAt }) => effectiveAt ?? []))].toSorted();
  const [first = null] = days;
  const effective = effectiveWords(seen, first, { isFirstOfSeveral: days.length > 1 });
  return {
    seen: `Seen ${instantWords(seen)}.`,
    effective: effective === null ? null : `${capitalised(effective)}.`,
  };
}

function preheader({ changes }: AlertContent): string {
  const [first] = changes;
  if (first !== undefined && changes.length === 1) {
    const summary = first.analysis?.summary ?? '';
    return shownLine(`${movement(first.delta)}. ${summary}`, 180);
  }
  const told = changes
    .slice(0, 3)
    .map(({ provision, delta }) => `${cut(provision.title, 60)}: ${movement(delta)}`);
  const rest = changes.length - told.length;
  return shownLine(
    [...told, ...(rest > 0 ? [plural(rest, 'more change', 'more changes')] : [])].join('; '),
    240,
  );
}
