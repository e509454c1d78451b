import type { DigestContent } from '../domain/digest-content.js';
import type { DestinationId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';

/**
 * How many documents watchlists of a destination follow, by whatever subject, how many of them are out of sight, and when the
 * archive last looked at one of them. $1 destination, $2 watchlists.
 * Indexes: the primary key of follow, document_entity, provision_document, change_document, the primary key of change_subject.
 */
const COUNT_FOLLOWED_DOCUMENTS = `
  with followed as materialized (
    select distinct f.kind, f.key from watchlist_destination wd join follow f on f.watchlist_id = wd.watchlist_id
    where wd.destination_id = $1 and wd.watchlist_id = any ($2::bigint[])
  ), found as (
    select d.id from document d where exists (select from followed where kind = 'everything')
    union
    select d.id from followed f join document d on d.id = f.key where f.kind = 'document'
    union
    select d.id from followed f join document d on d.entity_id = f.key where f.kind = 'entity'
    union
    select p.document_id from followed f join provision p on p.id = f.key where f.kind = 'provision'
    union
    select p.document_id from followed f join provision p on p.clause_type = f.key and p.rank > 0 where f.kind = 'clause-type'
    union
    select p.document_id from followed f join provision p on f.key = any (p.categories) and p.rank > 0 where f.kind = 'category'
    union
    select c.document_id from followed f join change_subject s on s.kind = f.kind and s.key = f.key
    join change c on c.id = s.change_id where f.kind = 'agency'
  )
  select count(*)::integer as documents,
    (count(*) filter (where d.lost_at is not null or d.unreachable_since is not null))::integer as unseen, max(d.last_verified_at) as "lastVerified" from found join document d using (id)`;

/** What was looked at for the readers of a destination's watchlists. */
export async function coverageOf(
  sql: Sql,
  destinationId: DestinationId,
  watchlistIds: readonly string[],
): Promise<NonNullable<DigestContent['coverage']>> {
  const [row] = await sql.query<{ documents: number; unseen: number; lastVerified: Date | null }>(
    COUNT_FOLLOWED_DOCUMENTS,
    [destinationId, watchlistIds],
  );
  const { documents, unseen } = row ?? { documents: 0, unseen: 0 };
  return { documents, unseen, lastVerified: row?.lastVerified?.toISOString() ?? null };
}
