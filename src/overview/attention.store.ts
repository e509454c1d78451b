import type { ChangeLabels } from '../changes/change-draft.js';
import type { ChangeKind } from '../domain/delta.js';
import type { AccountId, AlertId, ChangeId } from '../domain/ids.js';
import type { Rank } from '../domain/severity.js';
import type { Sql } from '../platform/database.js';

/**
 * Of the newest alerts of an account those that nobody has acknowledged, the gravest first, each with the gravest change that still
 * stands, and how many they are in all. A bounded number of alerts is looked at, whatever the account follows.
 * $1 account, $2 how many alerts to look at, $3 limit. Indexes: alert_account, the primary key of change.
 */
const LIST_WAITING = `
  with newest as materialized (
    select id, change_ids, created_at, acknowledged_at from alert where account_id = $1 order by id desc limit $2
  ), waiting as materialized (
    select n.id, n.change_ids, n.created_at, lead.id as change_id, lead.rank, count(*) over () as in_all
    from newest n
    left join lateral (
      select c.id, greatest(c.before_rank, c.after_rank) as rank from change c
      where c.id = any (n.change_ids)
      order by c.retracted_at is not null, c.undone_by is not null, rank desc, abs(c.after_rank - c.before_rank) desc, c.id
      limit 1) lead on true
    where n.acknowledged_at is null and lead.id is not null
  )
  select w.id, w.created_at as "createdAt", cardinality(w.change_ids)::integer as changes, w.in_all::integer as "inAll",
    c.kind, c.before_rank as "beforeRank", c.after_rank as "afterRank", c.labels,
    c.undone_by is not null or c.retracted_at is not null as "wentBack"
  from (select * from waiting order by rank desc, id desc limit $3) w join change c on c.id = w.change_id
  order by greatest(c.before_rank, c.after_rank) desc, w.id desc`;

/**
 * Changes that an account follows and that take effect within some days, the soonest first. Of those days a bounded number of changes
 * is looked at. $1 account, $2 today, a date, $3 the last day, $4 how many changes to look at, $5 limit.
 * Indexes: change_effective, follow_account, the primary key of change_subject.
 */
const LIST_EFFECTIVE_SOON = `
  with followed as materialized (select distinct kind, key from follow where account_id = $1), soon as materialized (
    select id, effective_at from change
    where effective_at between $2::date and $3::date and retracted_at is null and undone_by is null and not late
    order by effective_at, id limit $4
  )
  select c.id, c.effective_at as "effectiveAt", c.kind, c.before_rank as "beforeRank", c.after_rank as "afterRank", c.labels
  from soon join change c on c.id = soon.id
  where exists (select from change_subject s join followed f on f.kind = s.kind and f.key = s.key where s.change_id = soon.id)
  order by soon.effective_at, soon.id limit $5`;

/** How much an account follows. $1 account. Indexes: watchlist_account, follow_account. */
const COUNT_FOLLOWING = `
  select (select count(*) from watchlist where account_id = $1)::integer as watchlists, count(*)::integer as follows,
    (count(*) filter (where kind in ('everything', 'entity', 'document', 'provision')))::integer as "ofDocuments"
  from follow where account_id = $1`;

/**
 * Entities whose documents changed most, for whoever follows nothing yet. $1 since, a Monday, $2 limit.
 * Indexes: document_week_week, the primary keys.
 */
const LIST_MOST_CHANGED = `
  select e.id, e.name, sum(w.low + w.medium + w.high)::integer as changes, sum(w.high)::integer as high
  from document_week w join document d on d.id = w.document_id join entity e on e.id = d.entity_id
  where w.week >= $1::date
  group by e.id, e.name
  order by high desc, changes desc, e.id limit $2`;

type ChangeRow = { kind: ChangeKind; beforeRank: Rank; afterRank: Rank; labels: ChangeLabels };

export type WaitingRow = ChangeRow & {
  id: AlertId;
  createdAt: Date;
  changes: number;
  inAll: number;
  wentBack: boolean;
};
export type SoonRow = ChangeRow & { id: ChangeId; effectiveAt: string };
export type MostChanged = { id: string; name: string; changes: number; high: number };

/** How much an account follows, as its tier counts it; `ofDocuments`: by entity, document or provision, or everything. */
export type Following = { watchlists: number; follows: number; ofDocuments: number };

export async function listWaiting(
  sql: Sql,
  accountId: AccountId,
  { look, limit }: { look: number; limit: number },
): Promise<WaitingRow[]> {
  return sql.query<WaitingRow>(LIST_WAITING, [accountId, look, limit]);
}

/** @param days `YYYY-MM-DD`, the first and the last */
export async function listEffectiveSoon(
  sql: Sql,
  accountId: AccountId,
  { days, look, limit }: { days: readonly [from: string, until: string]; look: number; limit: number },
): Promise<SoonRow[]> {
  return sql.query<SoonRow>(LIST_EFFECTIVE_SOON, [accountId, ...days, look, limit]);
}

export async function countFollowing(sql: Sql, accountId: AccountId): Promise<Following> {
  const [row] = await sql.query<Following>(COUNT_FOLLOWING, [accountId]);
  return row ?? { watchlists: 0, follows: 0, ofDocuments: 0 };
}

export async function listMostChanged(sql: Sql, since: string, limit: number): Promise<MostChanged[]> {
  return sql.query<MostChanged>(LIST_MOST_CHANGED, [since, limit]);
}
