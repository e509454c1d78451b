import type { ChangeLabels } from '../changes/change-draft.js';
import type { ChangeKind } from '../domain/delta.js';
import type { EndTexts } from '../domain/past-content.js';
import type { PastChange } from '../domain/past-messages.js';
import { rankOf, type Rank } from '../domain/severity.js';
import type { WatchRule } from '../domain/watch-rule.js';
import type { Sql } from '../platform/database.js';
import type { FollowTarget } from './follow.js';

/**
 * What a watchlist would have made of past changes: a row for each reason that kept some back, with their number, and a row
 * for each change that it would have alerted to, in the order in which they happened.
 *
 * The conditions are those of fan-out. What was undone is there all the same: whether that was before it was told is for the
 * caller. A revision is told when its last change was seen; one of unknown size, so much later. One that is not complete yet
 * has made no alert so far, and is left out.
 *
 * All of `everything` is more than half of the subjects, of one provision a handful: the semi-join leaves it to the planner
 * whether to begin at the time or at the subjects. The times of revisions are looked up once for each revision.
 * $1 kinds and $2 keys of the follows, $3 since, $4 least rank, $5 direction, $6 least change, $7 kinds, $8 keywords or null,
 * $9 milliseconds until a revision of unknown size settles, $10 most rows.
 * Indexes: change_subject_newest, change_time, change_revision, the primary keys.
 */
const FIND_PAST_CHANGES = `
  with judged as materialized (
    select c.id, c.revision_id, c.provision_id, c.time, c.kind, c.before_rank, c.after_rank, c.undone_by,
      case when c.late then 'late' when c.silent then 'silent'
        when rule_wants($4::smallint, $5, $6::smallint, $7::text[], websearch_to_tsquery('tocsin', $8),
          c.before_rank, c.after_rank, c.kind, c.changed_words)
        then case c.verdict when 'reverted' then 'reverted' when 'quiet' then 'flapping' end
        when c.kind = 'cosmetic' and 'cosmetic' <> all ($7) then 'cosmetic' else 'rule' end as reason
    from change c
    where c.time >= $3 and c.id in (
      select s.change_id from unnest($1::text[], $2::text[]) as given (kind, key)
      join change_subject s on s.kind = given.kind and s.key = given.key)
  ), settled as materialized (
    select r.id, case when r.received = 1 then its.time else (select max(time) from change where revision_id = r.id) end
      + case when r.external_id is null or coalesce(r.size <= case when r.part = 0 then r.received else (
          select sum(e.received) from revision e where e.source = r.source and e.document_id = r.document_id
            and e.external_id = r.external_id and e.part <= r.part) end, false)
        then interval '0' else $9::integer * interval '1 millisecond' end as at
    from (select revision_id, max(time) as time from judged where reason is null group by revision_id) its
    join revision r on r.id = its.revision_id and r.settled_at is not null
  )
  select null as reason, 1 as count, j.time, j.id, j.revision_id as "revisionId", j.provision_id as "provisionId", j.kind,
    j.before_rank as "beforeRank", j.after_rank as "afterRank", (extract(epoch from s.at) * 1000)::float8 as "settledAt",
    (extract(epoch from u.time) * 1000)::float8 as "undoneAt", u.revision_id as "undoneRevisionId"
  from judged j join settled s on s.id = j.revision_id left join change u on u.id = j.undone_by
  where j.reason is null
  union all
  select reason, count(*)::integer, null, null, null, null, null, null, null, null, null, null
  from judged where reason is not null group by reason
  order by time nulls first, id limit $10`;

/**
 * The text before the first change and the one after the last, of pairs whose texts are not the same to the letter.
 * $1 ids of the first changes, $2 of the last ones.
 */
const FIND_END_TEXTS = `
  select pair.last::text, f.before_text as before, l.after_text as after
  from unnest($1::bigint[], $2::bigint[]) as pair (first, last)
  join change f on f.id = pair.first join change l on l.id = pair.last
  where f.before_text <> l.after_text`;

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

type Row =
  | { reason: KeptBackReason; count: number }
  | (Omit<PastChange, 'undone'> & { reason: null; undoneAt: number | null; undoneRevisionId: string });

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
    settleMs,
    most + 1 + keptBackReasons.length,
  ]);
  const changes: PastChange[] = [];
  const keptBack = new Map<KeptBackReason, number>();
  for (const row of rows) {
    if (row.reason === null) {
      const { id, revisionId, provisionId, kind, beforeRank, afterRank, settledAt } = row;
      const undone = row.undoneAt === null ? null : { at: row.undoneAt, revisionId: row.undoneRevisionId };
      changes.push({ id, revisionId, provisionId, kind, beforeRank, afterRank, settledAt, undone });
    } else keptBack.set(row.reason, row.count);
  }
  return { changes, keptBack };
}

/** @returns by the id of the last change */
export async function findEndTexts(
  sql: Sql,
  pairs: readonly { first: string; last: string }[],
): Promise<Map<string, EndTexts>> {
  if (pairs.length === 0) return new Map();
  const rows = await sql.query<EndTexts & { last: string }>(FIND_END_TEXTS, [
    pairs.map(({ first }) => first),
    pairs.map(({ last }) => last),
  ]);
  return new Map(rows.map(({ last, before, after }) => [last, { before, after }]));
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
