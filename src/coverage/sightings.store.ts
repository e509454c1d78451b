import type { AccountId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';
import type { FollowedRow } from './coverage.store.js';

/**
 * Of the documents that an account follows, by themselves, by their entity, by a provision in force, or by following everything: how
 * many there are, and how lately they were seen. $1 account, $2 a day ago, $3 seen at this time or before is too long ago (null: never is).
 * Indexes: follow_account, the primary keys, document_entity.
 */
const COUNT_SIGHTINGS = `
  with followed as materialized (select distinct kind, key from follow where account_id = $1), found as (
    select d.id, d.last_verified_at, d.unreachable_since, d.reports_checks from document d
    where exists (select from followed where kind = 'everything')
    union all
    select d.id, d.last_verified_at, d.unreachable_since, d.reports_checks from (
      select f.key as id from followed f where f.kind = 'document'
      union
      select d.id from followed f join document d on d.entity_id = f.key where f.kind = 'entity'
      union
      select p.document_id from followed f join provision p on p.id = f.key and p.rank > 0 where f.kind = 'provision') way
    join document d on d.id = way.id
    where not exists (select from followed where kind = 'everything')
  )
  select count(*)::integer as documents,
    (count(*) filter (where last_verified_at > $2))::integer as "seenToday",
    max(last_verified_at) as "newest",
    (count(*) filter (where unreachable_since is not null))::integer as unreachable,
    (count(*) filter (where unreachable_since is null and reports_checks and last_verified_at <= $3::timestamptz))::integer as unverified,
    min(last_verified_at) filter (where unreachable_since is null and reports_checks and last_verified_at <= $3::timestamptz) as "oldestUnverified",
    (count(*) filter (where unreachable_since is null and (not reports_checks or last_verified_at is null)))::integer as unknown
  from found`;

/**
 * A page of the same documents, those out of sight first, then those that were seen the longest ago. Whoever follows everything walks
 * the index; of others all that they follow is sorted.
 * $1 account, $2 and $3 and $4 after: whether it was in sight, when it was seen, its id; $5 limit.
 * Indexes: document_seen, follow_account, the primary keys, document_entity.
 */
const LIST_SIGHTINGS = `
  with followed as materialized (select distinct kind, key from follow where account_id = $1), page as (
    select id, in_sight, seen from (
      (select id, unreachable_since is null as in_sight, coalesce(last_verified_at, '-infinity'::timestamptz) as seen
        from document
        where exists (select from followed where kind = 'everything')
          and ((unreachable_since is null), coalesce(last_verified_at, '-infinity'::timestamptz), id)
            > ($2::boolean, $3::timestamptz, $4::text)
        order by (unreachable_since is null), coalesce(last_verified_at, '-infinity'::timestamptz), id limit $5)
      union
      (select d.id, unreachable_since is null, coalesce(last_verified_at, '-infinity'::timestamptz)
        from (
          select f.key as id from followed f where f.kind = 'document'
          union
          select d.id from followed f join document d on d.entity_id = f.key where f.kind = 'entity'
          union
          select p.document_id from followed f join provision p on p.id = f.key and p.rank > 0 where f.kind = 'provision') way
        join document d on d.id = way.id
        where not exists (select from followed where kind = 'everything')
          and ((unreachable_since is null), coalesce(last_verified_at, '-infinity'::timestamptz), d.id)
            > ($2::boolean, $3::timestamptz, $4::text))) any_way
    order by in_sight, seen, id limit $5)
  select d.id, d.title, d.url, e.id as "entityId", e.name as "entityName", d.last_verified_at as "verifiedAt",
    d.reports_checks as "reportsChecks", d.unreachable_since as "unreachableSince", d.unreachable_detail as detail,
    to_char(page.seen at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "seenKey"
  from page join document d on d.id = page.id join entity e on e.id = d.entity_id
  order by page.in_sight, page.seen, page.id`;

/** How lately the documents that an account follows were seen. */
export type SightingCounts = {
  documents: number;
  seenToday: number;
  newest: Date | null;
  unreachable: number;
  unverified: number;
  oldestUnverified: Date | null;
  unknown: number;
};

/** Where a list goes on: whether the last one shown was in sight, when it was seen (`-infinity`: never), and its id. */
export type SightingKey = readonly [inSight: boolean, seen: string, id: string];

export type SightingRow = FollowedRow & { seenKey: string | null };

export async function countSightings(
  sql: Sql,
  accountId: AccountId,
  { dayAgo, tooOld }: { dayAgo: Date; tooOld: Date | null },
): Promise<SightingCounts> {
  const [row] = await sql.query<SightingCounts>(COUNT_SIGHTINGS, [accountId, dayAgo, tooOld]);
  if (!row) throw new Error('counting gave no row');
  return row;
}

export async function listSightings(
  sql: Sql,
  accountId: AccountId,
  after: SightingKey | null,
  limit: number,
): Promise<SightingRow[]> {
  const [inSight, seen, id] = after ?? [false, '-infinity', ''];
  return sql.query<SightingRow>(LIST_SIGHTINGS, [accountId, inSight, seen, id, limit]);
}
