import { flappingWords } from '../../domain/change-words.js';
import type { NetChangeContent } from '../../domain/digest-content.js';
import { shownLine, shownProse } from '../../domain/shown-text.js';
import { instantWords, kindWords, plural } from '../../domain/wording.js';
import { effectiveWords } from './effective-words.js';
import { link, shownDiff, webUrl } from './shown-change.js';

/** Longest texts of one change in a digest, in characters where no other unit is said. Its page has them whole. */
const longest = { title: 160, diff: 700, diffContextWords: 15, summary: 400, memo: 300, citation: 80 };
const mostDiffParts = 40;
const mostCitations = 3;
/** How much of a SHA-256 is shown: as in a citation, 64 bits tell the captures of an archive apart. */
const digestDigits = 16;

/** What a window changed in one clause as a mail says it: short, since there are many, but known where it is from. */
export type ShownNetChange = ReturnType<typeof shownNetChange>;

export function shownNetChange(change: NetChangeContent) {
  const { analysis, steps } = change;
  return {
    title: shownLine(change.provision.title, longest.title),
    url: change.url,
    delta: change.delta,
    kind: kindWords[change.delta.kind],
    effective: effectiveWords(change.time, change.effectiveAt),
    /** Null when it is one change. */
    steps: steps.length > 1 ? `${plural(steps.length, 'change', 'changes')}, on balance` : null,
    flapping: flappingWords(change.flapping) || null,
    diff: shownDiff(
      change.text.diff,
      { context: longest.diffContextWords, maxLength: longest.diff },
      mostDiffParts,
    ),
    why: analysis?.summary === undefined ? null : shownProse(analysis.summary, longest.summary),
    regulation: regulation(change),
    memo: analysis?.complianceMemo === undefined ? null : shownProse(analysis.complianceMemo, longest.memo),
    provenance: provenance(change),
  };
}

/** "9 U.S.C. § 2; Regulation (EU) 2016/679, Art. 32; 2 more". */
function regulation({ analysis }: NetChangeContent): string | null {
  const all = analysis?.regulatoryCitations ?? [];
  if (all.length === 0) return null;
  const named = all.slice(0, mostCitations).map(({ citation }) => shownLine(citation, longest.citation));
  return [...named, ...(all.length > named.length ? [`${all.length - named.length} more`] : [])].join('; ');
}

/** Where the wording is from that the window ended with, or the last one of a clause that was withdrawn. */
function provenance({ capture: { after, before }, provision, time }: NetChangeContent) {
  const capture = after ?? before;
  const copy = capture?.archiveUrl ?? capture?.sourceUrl;
  return {
    seen: capture === null ? `Seen ${instantWords(time)}` : `Captured ${instantWords(capture.capturedAt)}`,
    sha256: capture?.sha256 === undefined ? null : `SHA-256 ${capture.sha256.slice(0, digestDigits)}…`,
    copy:
      copy === undefined
        ? null
        : { ...link(copy), words: capture?.archiveUrl === undefined ? 'source' : 'archived copy' },
    record: { words: `Record ${shownLine(provision.id, 60)}`, url: webUrl(provision.url) },
  };
}
