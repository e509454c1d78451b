import type { Capture, Side } from '../domain/provision-event.js';
import { fingerprintOf } from '../domain/side-fingerprint.js';
import { severityOf, type Rank } from '../domain/severity.js';
import { pastOf, type Past } from '../domain/standing-changes.js';
import type { Transaction } from '../platform/database.js';

/** So far back goes what decides whether a provision flaps. */
const lookback = '60 days';
const mostChanges = 500;

/**
 * What moved a provision lately, newest first: neither what came late nor what was retracted. $1 provision, $2 how far back from
 * the newest of them, $3 limit. Index: change_provision.
 */
const FIND_HISTORY = `
  with moving as materialized (
    select id, time, kind, before_rank as "beforeRank", before_text as "beforeText", after_rank as "afterRank",
      after_text as "afterText", effective_at as "effectiveAt", analysis
    from change where provision_id = $1 and not late and retracted_at is null
    order by time desc, id desc limit $3)
  select * from moving where time >= (select max(time) from moving) - $2::interval order by time desc, id desc`;

/**
 * Puts a provision back to the state before a change that was retracted. $1 provision, $2 rank, $3 text, $4 capture, $5 since when,
 * $6 past, $7 when it took effect, $8 analysis.
 */
const PUT_BACK = `
  update provision set rank = $2, text = $3, capture = $4, state_at = $5, past = $6, effective_at = $7, analysis = $8
  where id = $1 returning document_id as "documentId", entity_id as "entityId"`;

/**
 * The side that was left by the first of the changes since the last one that counts: those are all retracted, and what the second
 * of them left was wrong as well. $1 provision, $2 the last change that counts, or null. Index: change_provision.
 */
const FIND_LEFT = `
  select before_rank as "beforeRank", before_text as "beforeText", before_capture as "beforeCapture"
  from change where provision_id = $1 and not late
    and ($2::bigint is null or (time, id) > (select last.time, last.id from change last where last.id = $2))
  order by time, id limit 1`;

/** $1 provision, $2 past. */
const SAVE_PAST = `update provision set past = $2 where id = $1`;

type Moved = {
  id: string;
  time: Date;
  kind: string;
  beforeRank: Rank;
  beforeText: string | null;
  afterRank: Rank;
  afterText: string | null;
  effectiveAt: string | null;
  analysis: unknown;
};

/** What moved a provision lately. */
export type History = {
  /** The newest; null when there is none. */
  last: { id: string; time: Date; effectiveAt: string | null; analysis: unknown } | null;
  past: Past;
};

/** As it is by now: call it after what became of a change was written down. */
export async function readHistory(tx: Transaction, provisionId: string): Promise<History> {
  const rows = await tx.query<Moved>(FIND_HISTORY, [provisionId, lookback, mostChanges]);
  const moves = rows.toReversed().flatMap((row) => {
    const before = fingerprintOf(sideOf(row.beforeRank, row.beforeText));
    const after = fingerprintOf(sideOf(row.afterRank, row.afterText));
    return row.kind === 'cosmetic' || before === after
      ? []
      : [{ changeId: row.id, at: row.time, before, after }];
  });
  return { last: rows[0] ?? null, past: pastOf(moves) };
}

/** @returns where the provision is counted */
export async function putBack(
  tx: Transaction,
  provisionId: string,
  to: { side: Side | null; rank: Rank; since: Date; history: History },
): Promise<{ documentId: string; entityId: string } | null> {
  const { side, rank, since, history } = to;
  const json = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value));
  const capture: Capture | undefined = side?.capture;
  const [row] = await tx.query<{ documentId: string; entityId: string }>(PUT_BACK, [
    provisionId,
    rank,
    side?.text ?? null,
    json(capture),
    since,
    json(history.past),
    history.last?.effectiveAt ?? null,
    json(history.last?.analysis),
  ]);
  return row ?? null;
}

export async function findLeft(
  tx: Transaction,
  provisionId: string,
  lastId: string | null,
): Promise<{ beforeRank: Rank; beforeText: string | null; beforeCapture: Capture | null } | null> {
  const [row] = await tx.query<{
    beforeRank: Rank;
    beforeText: string | null;
    beforeCapture: Capture | null;
  }>(FIND_LEFT, [provisionId, lastId]);
  return row ?? null;
}

export async function savePast(tx: Transaction, provisionId: string, past: Past): Promise<void> {
  await tx.execute(SAVE_PAST, [provisionId, JSON.stringify(past)]);
}

function sideOf(rank: Rank, text: string | null): Side | null {
  const severity = severityOf(rank);
  return severity === null || text === null ? null : { severity, text };
}
