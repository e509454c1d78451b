import type { AccountId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';

/**
 * A page of the documents that an account follows: by themselves, by their entity, by a provision in force, or by following
 * everything. Each way gives its first ones after the cursor, so that a page costs its follows and not the archive.
 * $1 account, $2 after this id, $3 limit.
 * Indexes: follow_account, the primary keys, document_entity.
 */
const LIST_FOLLOWED = `
  with followed as materialized (select distinct kind, key from follow where account_id = $1), page as (
    select id from (
      (select d.id from followed f join document d on d.id = f.key where f.kind = 'document' and d.id > $2)
      union
      (select d.id from followed f join document d on d.entity_id = f.key where f.kind = 'entity' and d.id > $2)
      union
      (select p.document_id from followed f join provision p on p.id = f.key and p.rank > 0
        where f.kind = 'provision' and p.document_id > $2)
      union
      (select id from document where id > $2 and exists (select from followed where kind = 'everything')
        order by id limit $3)) any_way
    order by id limit $3)
  select d.id, d.title, d.url, e.id as "entityId", e.name as "entityName", d.last_verified_at as "verifiedAt",
    d.reports_checks as "reportsChecks", d.unreachable_since as "unreachableSince", d.unreachable_detail as detail
  from page join document d on d.id = page.id join entity e on e.id = d.entity_id
  order by d.id`;

/**
 * The watchlists of an account that follow the document of a notice. $1 account, $2 notice. Indexes: follow_match,
 * provision_document.
 */
const FIND_WATCHLISTS = `
  select distinct f.watchlist_id as id
  from coverage_notice n
  join document d on d.id = n.document_id
  cross join lateral (
    select 'everything' as kind, '*' as key
    union all select 'entity', d.entity_id
    union all select 'document', d.id
    union all select 'provision', p.id from provision p where p.document_id = d.id and p.rank > 0) s
  join follow f on f.kind = s.kind and f.key = s.key and f.account_id = $1
  where n.id = $2
  order by f.watchlist_id`;

export type FollowedRow = {
  id: string;
  title: string;
  url: string | null;
  entityId: string;
  entityName: string;
  verifiedAt: Date | null;
  reportsChecks: boolean;
  unreachableSince: Date | null;
  detail: string | null;
};

/** What a digest that has nothing to tell says of the silence. */

/** @returns up to `limit` documents after the id, by id */
export async function listFollowed(
  sql: Sql,
  accountId: AccountId,
  after: string | null,
  limit: number,
): Promise<FollowedRow[]> {
  return sql.query<FollowedRow>(LIST_FOLLOWED, [accountId, after ?? '', limit]);
}

export async function findWatchlists(sql: Sql, accountId: AccountId, noticeId: string): Promise<string[]> {
  return (await sql.query<{ id: string }>(FIND_WATCHLISTS, [accountId, noticeId])).map(({ id }) => id);
}
