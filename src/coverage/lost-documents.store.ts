import type { Sql } from '../platform/database.js';

/**
 * Marks documents as lost that were not seen for too long, and makes a notice of each that somebody follows: the document
 * itself, its entity, one of its provisions in force, or everything. What another process has in hand is left to it, and what
 * moved meanwhile is judged as it is now. The unique key of the notices stands behind both.
 * Indexes: document_unverified, document_unreachable, follow_match, provision_document.
 * $1 now, $2 seen at this time or before is too long ago (null: never is), $3 out of sight since then or before is too long
 * (null: never is), $4 most of each.
 */
const MARK_LOST = `
  with picked as materialized (
    select d.id, d.entity_id, d.last_verified_at, d.unreachable_since, d.unreachable_detail,
      case when d.unreachable_since <= $3 then 'unreachable' else 'unverified' end as cause
    from document d
    where d.id = any (
        array(select id from document where reports_checks and lost_at is null and last_verified_at <= $2::timestamptz
          order by last_verified_at limit $4)
        || array(select id from document
          where reports_checks and lost_at is null and unreachable_since is not null and unreachable_since <= $3::timestamptz
          order by unreachable_since limit $4))
      and d.lost_at is null and (d.last_verified_at <= $2 or d.unreachable_since <= $3)
    for no key update skip locked
  ), marked as (
    update document d set lost_at = $1, lost_cause = picked.cause,
      lost_verified_at = coalesce(picked.last_verified_at, '-infinity')
    from picked where d.id = picked.id
  ), told as (
    insert into coverage_notice (document_id, about, cause, lost_at, verified_at, since, detail, created_at)
    select id, 'lost', cause, $1, last_verified_at,
      case cause when 'unreachable' then unreachable_since else last_verified_at end,
      case cause when 'unreachable' then unreachable_detail end, $1
    from picked
    where exists (select from follow where kind = 'everything' and key = '*')
      or exists (select from follow where kind = 'document' and key = picked.id)
      or exists (select from follow where kind = 'entity' and key = picked.entity_id)
      or exists (select from provision p join follow f on f.kind = 'provision' and f.key = p.id
        where p.document_id = picked.id and p.rank > 0)
    returning id
  )
  select (select count(*) from picked)::integer as documents, (select count(*) from told)::integer as notices`;

/**
 * Ends the loss of documents that were seen since, lately enough, and makes a notice where there was one of the loss.
 * Index: document_found; the unique key of the notices.
 * $1 now, $2 seen after this time is lately enough (null: whenever), $3 most.
 */
const MARK_BACK = `
  with picked as materialized (
    select d.id, d.lost_at, d.last_verified_at from document d
    where d.id = any (array(
        select id from document
        where lost_at is not null and unreachable_since is null and last_verified_at > lost_verified_at
          and last_verified_at > coalesce($2::timestamptz, '-infinity')
        order by last_verified_at limit $3))
      and d.lost_at is not null and d.unreachable_since is null and d.last_verified_at > d.lost_verified_at
    for no key update skip locked
  ), marked as (
    update document d set lost_at = null, lost_cause = null, lost_verified_at = null from picked where d.id = picked.id
  ), told as (
    insert into coverage_notice (document_id, about, cause, lost_at, verified_at, since, detail, created_at)
    select p.id, 'back', lost.cause, p.lost_at, p.last_verified_at, lost.since, lost.detail, $1
    from picked p
    join coverage_notice lost on lost.document_id = p.id and lost.lost_at = p.lost_at and lost.about = 'lost'
    returning id
  )
  select (select count(*) from picked)::integer as documents, (select count(*) from told)::integer as notices`;

/** How many documents, and how many of them with a notice. */
export type Marked = { documents: number; notices: number };

/** When documents count as lost; null for never. */
export type SightLimits = { seenBefore: Date | null; outOfSightBefore: Date | null };

export async function markLost(sql: Sql, now: Date, limits: SightLimits, most: number): Promise<Marked> {
  const [marked] = await sql.query<Marked>(MARK_LOST, [
    now,
    limits.seenBefore,
    limits.outOfSightBefore,
    most,
  ]);
  return marked ?? { documents: 0, notices: 0 };
}

export async function markBack(
  sql: Sql,
  now: Date,
  { seenBefore }: Pick<SightLimits, 'seenBefore'>,
  most: number,
): Promise<Marked> {
  const [marked] = await sql.query<Marked>(MARK_BACK, [now, seenBefore, most]);
  return marked ?? { documents: 0, notices: 0 };
}
