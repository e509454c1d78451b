import type { CoverageStanding } from '../domain/coverage-verdict.js';
import type { DestinationId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';

/** What a notice tells, as things are named now. $1 notice. Index: the primary keys. */
const FIND_NOTICE = `
  select n.about, n.cause, n.verified_at as "verifiedAt", n.since, n.detail, d.id as "documentId", d.title, d.url,
    e.id as "entityId", e.name as "entityName"
  from coverage_notice n
  join document d on d.id = n.document_id
  join entity e on e.id = d.entity_id
  where n.id = $1`;

/**
 * How a notice stands for a destination. $1 notice, $2 destination, $3 now. Indexes: the primary keys, delivery_coverage,
 * watchlist_destination_destination, provision_document.
 */
const FIND_STANDING = `
  select n.about, coalesce(d.lost_at = n.lost_at, false) as "isLost",
    (select told.state from coverage_notice lost
      join delivery told on told.kind = 'coverage' and (told.notice ->> 'id')::bigint = lost.id
        and told.account_id = t.account_id and told.destination_id = t.id
      where n.about = 'back' and lost.document_id = n.document_id and lost.lost_at = n.lost_at and lost.about = 'lost'
    ) as "lossTold",
    exists (
      select from watchlist_destination wd
      join watchlist w on w.id = wd.watchlist_id and (w.snoozed_until is null or w.snoozed_until <= $3)
      cross join lateral (
        select 'everything' as kind, '*' as key
        union all select 'entity', d.entity_id
        union all select 'document', d.id
        union all select 'provision', p.id from provision p where p.document_id = d.id and p.rank > 0) s
      join follow f on f.watchlist_id = wd.watchlist_id and f.kind = s.kind and f.key = s.key
      where wd.destination_id = t.id) as "isFollowed",
    exists (select from mute m where m.account_id = t.account_id and m.kind = 'document' and m.key = d.id
      and (m.until is null or m.until > $3)) as "isMuted"
  from coverage_notice n
  join document d on d.id = n.document_id
  join destination t on t.id = $2
  where n.id = $1`;

type NoticeRow = {
  about: 'lost' | 'back';
  cause: 'unverified' | 'unreachable';
  verifiedAt: Date | null;
  since: Date;
  detail: string | null;
  documentId: string;
  title: string;
  url: string | null;
  entityId: string;
  entityName: string;
};

export async function findNotice(sql: Sql, id: string): Promise<NoticeRow | null> {
  const [row] = await sql.query<NoticeRow>(FIND_NOTICE, [id]);
  return row ?? null;
}

/** @returns null when the destination is gone */
export async function findStanding(
  sql: Sql,
  id: string,
  destinationId: DestinationId,
  now: Date,
): Promise<CoverageStanding | null> {
  const [row] = await sql.query<CoverageStanding>(FIND_STANDING, [id, destinationId, now]);
  return row ?? null;
}
