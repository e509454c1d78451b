import type { AccountId, AlertId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';
import type { WantedAlerts } from './inbox-filters.js';

/** Alerts that one page looks at, at most: 20 ms where none of them is wanted. */
const mostLookedAt = 4_000;

/**
 * An account's alerts that are wanted, newest first, among so many. With an early end where many are. Of each revision a value is asked
 * for, not whether there is one: that would be looked up in a hash of all revisions. $1 account, $2 before this id,
 * $3 most to look at, $4 rank or null, $5 state or null, $6 limit. Indexes: alert_account, the primary keys.
 */
const WALK_NEWEST = `
  select a.id, a.id as key
  from (select id, revision_id, change_ids, acknowledged_at from alert
    where account_id = $1 and id < $2 order by id desc limit $3) a
  where ($4::smallint is null
      or (select max(greatest(c.before_rank, c.after_rank)) from change c where c.id = any (a.change_ids)) = $4)
    and ($5::text is null or case $5 when 'new' then a.acknowledged_at is null
      when 'acknowledged' then a.acknowledged_at is not null
      else (select r.undone_at from revision r where r.id = a.revision_id) is not null
        and cardinality(standing_changes(a.change_ids)) = 0 end)
  order by a.id desc limit $6`;

/** Where such a walk ends that found too few; null at the end of the list. $1 account, $2 before this id, $3 most. Index: alert_account. */
const END_OF_NEWEST = `
  select id as key from alert where account_id = $1 and id < $2 order by id desc offset $3 - 1 limit 1`;

/**
 * The same of one entity, in the order of its revisions, of each of which there is one alert at most. $1 account, $2 before this
 * revision, $3 most revisions to look at, $4 rank or null, $5 state or null, $6 limit, $7 entity. Indexes: revision_entity, the
 * unique key of alert, the primary key of change.
 */
const WALK_ENTITY = `
  select a.id, a.revision_id as key
  from (select id, undone_at from revision where entity_id = $7 and id < $2 order by id desc limit $3) r
  join alert a on a.revision_id = r.id and a.account_id = $1
  where ($4::smallint is null
      or (select max(greatest(c.before_rank, c.after_rank)) from change c where c.id = any (a.change_ids)) = $4)
    and ($5::text is null or case $5 when 'new' then a.acknowledged_at is null
      when 'acknowledged' then a.acknowledged_at is not null
      else r.undone_at is not null and cardinality(standing_changes(a.change_ids)) = 0 end)
  order by r.id desc limit $6`;

/** As above. $1 entity, $2 before this revision, $3 most. Index: revision_entity. */
const END_OF_ENTITY = `
  select id as key from revision where entity_id = $1 and id < $2 order by id desc offset $3 - 1 limit 1`;

const beyondAll = '9223372036854775807';

export type Walk = {
  ids: AlertId[];
  /** Of each alert, what a page that begins after it is asked for. */
  keys: string[];
  /** Where the list goes on; null at its end. */
  until: string | null;
};

/** @param before a key of an earlier walk with the same filters, or null for the newest */
export async function walkInbox(
  sql: Sql,
  accountId: AccountId,
  { entity, rank, state }: WantedAlerts,
  { before, limit }: { before: string | null; limit: number },
): Promise<Walk> {
  const from = [accountId, before ?? beyondAll, mostLookedAt];
  const wanted = [...from, rank, state, limit + 1];
  const found = await sql.query<{ id: AlertId; key: string }>(
    entity === null ? WALK_NEWEST : WALK_ENTITY,
    entity === null ? wanted : [...wanted, entity],
  );
  const shown = found.slice(0, limit);
  const page = { ids: shown.map(({ id }) => id), keys: shown.map(({ key }) => key) };
  if (found.length > limit) return { ...page, until: page.keys.at(-1) ?? null };
  const end = entity === null ? from : [entity, ...from.slice(1)];
  const [last] = await sql.query<{ key: string }>(entity === null ? END_OF_NEWEST : END_OF_ENTITY, end);
  return { ...page, until: last?.key ?? null };
}
