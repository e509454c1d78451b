import type { DigestContent, DigestEcho } from './digest-content.js';
import { headline, directionMarks } from './gravity.js';
import { agoWords } from './local-words.js';
import { plural, severityWord } from './wording.js';

const occasions: Readonly<Record<DigestContent['occasion'], string>> = {
  hourly: 'Hourly digest',
  daily: 'Daily digest',
  weekly: 'Weekly digest',
  'quiet-hours': 'Held over quiet hours',
};

const echoes: Readonly<Record<DigestEcho['about'], string>> = {
  reverted: 'went back',
  retracted: 'was wrong, and was taken back by the archive',
  corrected: 'was corrected by the archive',
};

/** Entities that a title names; the others are counted. */
const mostNamed = 2;

/** `▲ High — Daily digest: 7 changes: Amazon, Stripe +2`. @param name makes a name fit to be shown */
export function digestTitle(content: DigestContent, name: (text: string) => string): string {
  const { occasion, entities, total } = content;
  const changes = changesOf(content);
  if (changes.length === 0) return `${occasions[occasion]}: ${withoutChanges(content)}`;
  const { severity, direction } = headline(changes.map(({ delta }) => delta));
  const names = entities.slice(0, mostNamed).map((entity) => name(entity.name));
  const more = entities.length > mostNamed ? ` +${entities.length - mostNamed}` : '';
  return `${directionMarks[direction]} ${severityWord(severity)} — ${occasions[occasion]}: ${plural(total, 'change', 'changes')}: ${names.join(', ')}${more}`;
}

/** What became of something that was told before: `went back`. */
export function digestEchoWords({ about }: DigestEcho): string {
  return echoes[about];
}

/** `2 provisions changed and are again as they were.`; empty when none did. */
export function cancelledOutWords({ cancelledOut }: DigestContent): string {
  if (cancelledOut === 0) return '';
  const verbs = cancelledOut === 1 ? 'changed and is again as it was' : 'changed and are again as they were';
  return `${plural(cancelledOut, 'provision', 'provisions')} ${verbs}.`;
}

/**
 * `41 documents checked, the newest capture 3 h ago.`; empty where nobody knows. Those out of sight don't count as checked. Ages are
 * as of the window's end. Where none was seen within it, that nothing changed is no finding, and it says so.
 */
export function coverageWords({ coverage, from, until }: DigestContent): string {
  if (coverage === null) return '';
  const documents = plural(coverage.documents, 'document', 'documents');
  if (coverage.lastVerified === null)
    return `You follow ${documents}; the archive did not say when it looked at them.`;
  const { unseen, lastVerified } = coverage;
  const newest = `the newest capture ${agoWords(lastVerified, until)}`;
  const others = unseen === 0 ? '' : `; ${plural(unseen, 'is', 'are')} out of sight`;
  if (Date.parse(lastVerified) < Date.parse(from))
    return `You follow ${documents}; the archive looked at none of them in this time, ${newest}${others}.`;
  if (unseen === 0) return `${documents} checked, ${newest}.`;
  return `${coverage.documents - unseen} of ${documents} checked, ${newest}${others}.`;
}

export function changesOf({ entities }: DigestContent) {
  return entities.flatMap(({ documents }) => documents.flatMap(({ changes }) => changes));
}

/** Where nothing is left of a window, or nothing came. */
function withoutChanges({ echoes: told, cancelledOut }: DigestContent): string {
  if (told.length > 0) return `${plural(told.length, 'alert is', 'alerts are')} no longer so`;
  return cancelledOut > 0 ? 'nothing changed on balance' : 'nothing changed';
}
