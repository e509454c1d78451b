import type { ChangeLabels } from '../changes/change-draft.js';
import type { ChangeKind } from '../domain/delta.js';
import { otherWords, type EndTexts } from '../domain/past-content.js';
import type { PastChange } from '../domain/past-messages.js';
import { rankOf, type Rank } from '../domain/severity.js';
import type { WatchRule } from '../domain/watch-rule.js';
import type { Sql } from '../platform/database.js';
import type { FollowTarget } from './follow.js';

/**
 * What a watchlist would have made of past changes: a row for each reason that kept some back, with their number, and a row
 * for each change that it would have alerted to, in the order in which they happened. The conditions are those of fan-out.
 * What was undone is there all the same: whether that was before it was told is for the caller.
 *
 * `everything` is asked of the time alone, since the planner can't see that it is a subject of every change, and no change is
 * then looked up twice; of the two branches one falls away when the statement is planned. What undid a change is joined by the
 * primary key: nobody knows beforehand how much that is.
 * $1 kinds and $2 keys of the follows, $3 since, $4 least rank, $5 direction, $6 least change, $7 kinds, $8 keywords or null,
 * $9 most rows. Indexes: change_subject_newest, change_time, the primary keys.
 */
const FIND_PAST_CHANGES = `
  with judged as materialized (
    select c.id, c.revision_id, c.provision_id, c.time, c.kind, c.before_rank, c.after_rank, c.undone_by,
      case when c.late then 'late' when c.silent then 'silent'
        when rule_wants($4::smallint, $5, $6::smallint, $7::text[], websearch_to_tsquery('tocsin', $8),
          c.before_rank, c.after_rank, c.kind, c.changed_words)
        then case c.verdict when 'reverted' then 'reverted' when 'quiet' then 'flapping' end
        when c.kind = 'cosmetic' and 'cosmetic' <> all ($7) then 'cosmetic' else 'rule' end as reason
    from (
      select * from change where 'everything' = any ($1) and time >= $3
      union all
      select * from change where 'everything' <> all ($1) and time >= $3 and id in (
        select s.change_id from unnest($1::text[], $2::text[]) as given (kind, key)
        join change_subject s on s.kind = given.kind and s.key = given.key)
    ) c
  )
  select null as reason, 1 as count, (extract(epoch from j.time) * 1000)::float8 as at, j.id,
    j.revision_id as "revisionId", j.provision_id as "provisionId", j.kind, j.before_rank as "beforeRank",
    j.after_rank as "afterRank", (extract(epoch from u.time) * 1000)::float8 as "undoneAt",
    u.revision_id as "undoneRevisionId"
  from judged j left join change u on u.id = j.undone_by
  where j.reason is null
  union all
  select reason, count(*)::integer, null, null, null, null, null, null, null, null, null
  from judged where reason is not null group by reason
  order by at nulls first, id limit $9`;

/**
 * When revisions were complete, as the archive saw them: with their last change, and those of unknown size so much later.
 * `lastAt` is null for a change that came alone. One that is not complete yet has made no alert so far, and is left out.
 * $1 ids. Indexes: change_revision, the unique key of revisions.
 */
const FIND_SETTLED = `
  select r.id, case when r.received > 1 then
      (select (extract(epoch from max(time)) * 1000)::float8 from change where revision_id = r.id) end as "lastAt",
    r.external_id is null or coalesce(r.size <= case when r.part = 0 then r.received else (
      select sum(earlier.received) from revision earlier where earlier.source = r.source
        and earlier.document_id = r.document_id and earlier.external_id = r.external_id and earlier.part <= r.part
      ) end, false) as "wasComplete"
  from unnest($1::bigint[]) as given (id) join revision r on r.id = given.id
  where r.settled_at is not null`;

/**
 * Of pairs that are not the same to the letter: whether their prints say that the words are others, and else the text before the
 * first change and the one after the last. $1 ids of the first changes, $2 of the last ones. Index: the primary key.
 */
const FIND_END_TEXTS = `
  select pair.last::text, differ.surely, case when not differ.surely then f.before_text end as before,
    case when not differ.surely then l.after_text end as after
  from unnest($1::bigint[], $2::bigint[]) as pair (first, last)
  join change f on f.id = pair.first join change l on l.id = pair.last
  cross join lateral (select coalesce(f.before_print <> l.after_print, false) as surely) differ
  where f.before_print is distinct from l.after_print or f.before_print is null and f.before_text <> l.after_text`;

/** What a list shows of changes. $1 ids. */
const FIND_SHOWN = `
  select id::text, time, kind, before_rank as "beforeRank", after_rank as "afterRank", labels
  from change where id = any ($1::bigint[])`;

/** Why changes that were followed would have made no message. */
export const keptBackReasons = ['late', 'silent', 'cosmetic', 'rule', 'reverted', 'flapping'] as const;
export type KeptBackReason = (typeof keptBackReasons)[number];

export type BacktestQuery = {
  rule: WatchRule;
  follows: readonly FollowTarget[];
  since: Date;
  /** Quiet milliseconds after which a revision of unknown size settles. */
  settleMs: number;
  /** One more than these is read at most, and says so. */
  most: number;
};

type WantedRow = {
  reason: null;
  /** Milliseconds since 1970, as all of them. */
  at: number;
  undoneAt: number | null;
  undoneRevisionId: string;
} & Omit<PastChange, 'undone' | 'settledAt'>;
type Row = WantedRow | { reason: KeptBackReason; count: number };

/** @returns in the order in which they happened, and how many were kept back by reason */
export async function findPastChanges(
  sql: Sql,
  { rule, follows, since, settleMs, most }: BacktestQuery,
): Promise<{ changes: PastChange[]; keptBack: Map<KeptBackReason, number> }> {
  const rows = await sql.query<Row>(FIND_PAST_CHANGES, [
    follows.map(({ kind }) => kind),
    follows.map(({ key }) => key),
    since,
    rankOf(rule.minSeverity),
    rule.direction,
    rule.minChange,
    rule.kinds,
    rule.keywords,
    most + 1 + keptBackReasons.length,
  ]);
  const keptBack = new Map<KeptBackReason, number>();
  const wanted: WantedRow[] = [];
  for (const row of rows) {
    if (row.reason === null) wanted.push(row);
    else keptBack.set(row.reason, row.count);
  }
  const settled = await findSettled(sql, wanted, settleMs);
  const changes = wanted.flatMap((row): PastChange[] => {
    const settledAt = settled.get(row.revisionId)?.(row.at);
    if (settledAt === undefined) return [];
    const { id, revisionId, provisionId, kind, beforeRank, afterRank } = row;
    const undone = row.undoneAt === null ? null : { at: row.undoneAt, revisionId: row.undoneRevisionId };
    return [{ id, revisionId, provisionId, kind, beforeRank, afterRank, settledAt, undone }];
  });
  return { changes, keptBack };
}

/** @returns for each revision that settled, when it did, given the time of one of its changes */
async function findSettled(sql: Sql, wanted: readonly WantedRow[], settleMs: number) {
  const ids = [...new Set(wanted.map(({ revisionId }) => revisionId))];
  const rows = await sql.query<{ id: string; lastAt: number | null; wasComplete: boolean }>(FIND_SETTLED, [
    ids,
  ]);
  return new Map(
    rows.map(({ id, lastAt, wasComplete }) => [
      id,
      (at: number) => (lastAt ?? at) + (wasComplete ? 0 : settleMs),
    ]),
  );
}

/** @returns by the id of the last change */
export async function findEndTexts(
  sql: Sql,
  pairs: readonly { first: string; last: string }[],
): Promise<Map<string, EndTexts>> {
  if (pairs.length === 0) return new Map();
  const rows = await sql.query<{ last: string; surely: boolean } & EndTexts>(FIND_END_TEXTS, [
    pairs.map(({ first }) => first),
    pairs.map(({ last }) => last),
  ]);
  return new Map(
    rows.map(({ last, surely, before, after }) => [last, surely ? otherWords : { before, after }]),
  );
}

export type ShownChange = {
  id: string;
  time: Date;
  kind: ChangeKind;
  beforeRank: Rank;
  afterRank: Rank;
  labels: ChangeLabels;
};

/** @returns by id */
export async function findShown(sql: Sql, ids: readonly string[]): Promise<Map<string, ShownChange>> {
  const rows = await sql.query<ShownChange>(FIND_SHOWN, [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}
