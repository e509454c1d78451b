import type { CoverageContent } from './coverage-content.js';
import { instantWords } from './wording.js';

/** What became of the sight of a document. @param name makes a name fit to be shown */
export function coverageTitle(
  { about, entity, document }: CoverageContent,
  name: (text: string) => string,
): string {
  const what = about === 'lost' ? 'Out of sight' : 'In sight again';
  return `${what} — ${name(entity.name)}: ${name(document.title)}`;
}

/** What it means for the reader, in two or three sentences. */
export function coverageSentence({ about, cause, lastVerified, since }: CoverageContent): string {
  const seen = lastVerified === null ? '' : ` The archive last saw it on ${instantWords(lastVerified)}.`;
  if (about === 'back') {
    return `The archive sees this document again: silence means once more that nothing changed. It was out of sight since ${instantWords(since)}.${seen}`;
  }
  const why =
    cause === 'unreachable'
      ? `The archive cannot reach this document since ${instantWords(since)}.`
      : `Nobody has looked at this document since ${instantWords(since)}.`;
  return `${why}${seen} What changes in it meanwhile is not told: its silence means nothing. You hear once it is back.`;
}
