import type { ChangeContent } from '../../domain/alert-content.js';
import { flappingWords } from '../../domain/change-words.js';
import { diffExcerpt, type ExcerptLimits, type ExcerptPart } from '../../domain/diff-excerpt.js';
import type { Capture } from '../../domain/provision-event.js';
import { capitalised } from '../../domain/sentence.js';
import { tierThatAllows, type LockablePart } from '../../domain/tiers.js';
import { shown, shownLine, shownProse } from '../../domain/shown-text.js';
import { instantWords, kindWords, movement, partWords, standingSentence } from '../../domain/wording.js';
import { effectiveWords } from './effective-words.js';
import { webAddress } from '../../domain/web-url.js';

/** Longest texts that a mail shows of one change, in characters where no other unit is said. The alert's page has them whole. */
const longest = {
  title: 200,
  diff: 1_800,
  diffContextWords: 30,
  prose: 700,
  memo: 1_200,
  note: 160,
  citation: 1_500,
};
const mostDiffParts = 120;
const mostCitations = 8;
const mostAgencies = 5;
/** Links longer than this are left out: a handful of them could push the mail over what Gmail shows. */
const longestUrl = 800;

export type Link = { words: string; url: string | null };

/** One side's provenance: what the archive captured, where and when. */
export type ProvenanceView = {
  side: 'Before' | 'After';
  captured: string;
  source: Link | null;
  archived: Link | null;
  sha256: string | null;
};

/** A change as a mail says it: every text cut and safe to show, though not yet escaped. */
export type ShownChange = ReturnType<typeof shownChange>;

export function shownChange(change: ChangeContent) {
  const { analysis, capture } = change;
  return {
    title: shownLine(change.provision.title, longest.title),
    url: change.url,
    delta: change.delta,
    kind: kindWords[change.delta.kind],
    movement: movement(change.delta),
    seen: instantWords(change.time),
    effective: effectiveWords(change.time, change.effectiveAt),
    flapping: flappingWords(change.flapping) || null,
    diff: shownDiff(change.text.diff, { context: longest.diffContextWords, maxLength: longest.diff }),
    why: whyItMatters(analysis),
    citations: (analysis?.regulatoryCitations ?? []).slice(0, mostCitations).map(({ citation, note }) => ({
      citation: shownLine(citation, longest.note),
      note: note === undefined ? null : shownLine(note, longest.note),
    })),
    memo: analysis?.complianceMemo === undefined ? null : shownProse(analysis.complianceMemo, longest.memo),
    agencies: (analysis?.agencies ?? []).slice(0, mostAgencies).map(({ code, name, note, complaintUrl }) => ({
      name: shownLine(name ?? code, longest.note),
      note: note === undefined ? null : shownLine(note, longest.note),
      complaintUrl: webUrl(complaintUrl),
    })),
    locked: change.locked.map(lockedWords),
    standing: change.delta.after === null ? null : standingSentence(change.standing),
    provenance: [
      ...(capture.before === null ? [] : [provenance('Before', capture.before)]),
      ...(capture.after === null ? [] : [provenance('After', capture.after)]),
    ],
    record: { words: `Record ${shownLine(change.provision.id, 60)}`, url: webUrl(change.provision.url) },
    citation: shownLine(change.citation, longest.citation),
  };
}

/** The words around what changed, safe to show. @param mostParts each costs some 130 bytes of markup, however short it is */
export function shownDiff(
  diff: ChangeContent['text']['diff'],
  limits: ExcerptLimits,
  mostParts = mostDiffParts,
): ExcerptPart[] {
  const parts = diffExcerpt(diff, limits);
  const kept = parts
    .slice(0, mostParts)
    .map((part) => (part.op === '…' ? part : { ...part, text: shown(part.text) }));
  return parts.length > kept.length ? [...kept, { op: '…', text: '…' }] : kept;
}

function whyItMatters(analysis: ChangeContent['analysis']): { label: string | null; text: string }[] {
  return [
    { label: null, text: analysis?.summary },
    { label: 'For consumers', text: analysis?.consumerImpact },
    { label: 'For businesses', text: analysis?.businessImpact },
  ].flatMap(({ label, text }) =>
    text === undefined ? [] : [{ label, text: shownProse(text, longest.prose) }],
  );
}

/** "Compliance memo: in Professional": what is there, and the lowest tier that shows it. */
export function lockedWords(part: LockablePart): string {
  const tier = tierThatAllows((terms) => !terms.locked.includes(part));
  if (tier === null) return partWords[part];
  return `${partWords[part]}: in ${capitalised(tier)}`;
}

function provenance(side: ProvenanceView['side'], capture: Capture): ProvenanceView {
  return {
    side,
    captured: instantWords(capture.capturedAt),
    source: capture.sourceUrl === undefined ? null : link(capture.sourceUrl),
    archived: capture.archiveUrl === undefined ? null : link(capture.archiveUrl),
    sha256: capture.sha256 ?? null,
  };
}

export function link(url: string): Link {
  const { host, pathname } = new URL(url);
  return { words: shownLine(`${host}${pathname === '/' ? '' : pathname}`, 60), url: webUrl(url) };
}

/** A link as a mail can carry it, or null. */
export function webUrl(url: string | null | undefined): string | null {
  const href = webAddress(url)?.href ?? null;
  return href !== null && href.length <= longestUrl ? href : null;
}
