import type { Exposure, Standing } from '../domain/alert-content.js';
import { changedWords } from '../domain/changed-words.js';
import type { FollowKind } from '../domain/follow.js';
import type { Analysis, Capture, ProvisionEvent } from '../domain/provision-event.js';
import type { Transition } from '../domain/provision-state.js';
import { rankOf, type Rank } from '../domain/severity.js';
import { stableAt, type Verdict } from '../domain/standing-changes.js';

/** A word between runs of changed words that keeps phrases of a search from spanning two of them. */
const segmentBreak = ' tocsinbreak ';

/** The names of things as one event gave them: what an alert shows, whatever they are called later. */
export type ChangeLabels = Pick<ProvisionEvent['data'], 'entity' | 'document' | 'provision'> & {
  revision: { id: string } | null;
};

/** One change as it is about to be kept. */
export type ChangeDraft = {
  id: string;
  source: string;
  eventId: string;
  time: string;
  receivedAt: string;
  entityId: string;
  documentId: string;
  provisionId: string;
  revisionId: string;
  clauseType: string;
  categories: string[];
  agencies: string[];
  kind: Transition['delta']['kind'];
  beforeRank: Rank;
  afterRank: Rank;
  entityExposureBefore: number;
  entityExposureAfter: number;
  documentExposureBefore: number;
  documentExposureAfter: number;
  standingLower: number;
  standingEqual: number;
  standingHigher: number;
  late: boolean;
  gap: boolean;
  silent: boolean;
  effectiveAt: string | null;
  labels: ChangeLabels;
  beforeText: string | null;
  afterText: string | null;
  beforeCapture: Capture | null;
  afterCapture: Capture | null;
  analysis: Analysis | null;
  beforePrint: string;
  afterPrint: string;
  verdict: Verdict['kind'];
  /** Ids of the changes that it undoes. */
  undoes: readonly string[];
  /** RFC 3339 UTC; null unless it is told as flapping. */
  flapping: { since: string; times: number } | null;
  /** When the provision is stable again unless it moves; null when it does not flap. */
  stableAt: string | null;
  correction: number;
  changedWords: string;
};

export function draftChange(
  event: ProvisionEvent,
  transition: Transition,
  around: { document: Exposure; entity: Exposure; standing: Standing },
  row: { id: string; revisionId: string; receivedAt: Date; silent: boolean },
): ChangeDraft {
  const { entity, document, provision, revision, analysis, effectiveAt } = event.data;
  const { before, after, delta, late, gap, verdict } = transition;
  return {
    id: row.id,
    source: event.source,
    eventId: event.id,
    time: event.time,
    receivedAt: row.receivedAt.toISOString(),
    entityId: entity.id,
    documentId: document.id,
    provisionId: provision.id,
    revisionId: row.revisionId,
    clauseType: provision.clauseType,
    categories: provision.categories,
    agencies: (analysis?.agencies ?? []).map((agency) => agency.code),
    kind: delta.kind,
    beforeRank: rankOf(delta.before),
    afterRank: rankOf(delta.after),
    entityExposureBefore: around.entity.before,
    entityExposureAfter: around.entity.after,
    documentExposureBefore: around.document.before,
    documentExposureAfter: around.document.after,
    standingLower: around.standing.lower,
    standingEqual: around.standing.equal,
    standingHigher: around.standing.higher,
    late,
    gap,
    silent: row.silent,
    effectiveAt: effectiveAt ?? null,
    labels: { entity, document, provision, revision: revision ? { id: revision.id } : null },
    beforeText: before?.text ?? null,
    afterText: after?.text ?? null,
    beforeCapture: before?.capture ?? null,
    afterCapture: after?.capture ?? null,
    analysis: analysis ?? null,
    beforePrint: transition.prints.before,
    afterPrint: transition.prints.after,
    verdict: verdict.kind,
    undoes: 'undoes' in verdict ? verdict.undoes : [],
    flapping:
      verdict.kind === 'flapping' ? { since: verdict.since.toISOString(), times: verdict.times } : null,
    stableAt: isFlapping(verdict) ? stableAt(new Date(event.time)).toISOString() : null,
    correction: event.data.correction ?? 0,
    changedWords: searched(changedWords(before?.text ?? null, after?.text ?? null).join(segmentBreak)),
  };
}

function isFlapping({ kind }: Verdict): boolean {
  return kind === 'flapping' || kind === 'quiet';
}

/** A tsvector holds 1 MiB. Words take up to four times their bytes there: each position, and each part of a compound. */
const mostSearchedBytes = 250_000;
/**
 * PostgreSQL passes over words of more than 2 KB as if they were not there, and their neighbours would be a phrase. So
 * what has no space for 500 characters, of at most four bytes each, is cut in two: behind punctuation where there is
 * some, for whole paragraphs are written without spaces.
 */
const withoutSpace = /(?:\S{250,499}\p{P}|\S{500})(?=\S)/gu;

function searched(words: string): string {
  const cut = words.replaceAll(withoutSpace, '$& ');
  const bytes = Buffer.from(cut);
  return bytes.length <= mostSearchedBytes ? cut : bytes.toString('utf8', 0, mostSearchedBytes);
}

/** Under which kinds and keys a change is followed. */
export function subjectsOf(draft: ChangeDraft): [FollowKind, string][] {
  return [
    ['entity', draft.entityId],
    ['document', draft.documentId],
    ['provision', draft.provisionId],
    ['clause-type', draft.clauseType],
    ...draft.categories.map((category): [FollowKind, string] => ['category', category]),
    ...draft.agencies.map((agency): [FollowKind, string] => ['agency', agency]),
    ['everything', '*'],
  ];
}
