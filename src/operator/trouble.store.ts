import type { AccountId, DestinationId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';

/**
 * Destinations that are disabled or fail, newest first; the last success among their latest 200 deliveries. $1 status: `disabled`,
 * `failing` for those that are at work and fail, null for both, $2 before id or null, $3 limit. Indexes: destination_trouble,
 * delivery_destination.
 */
const LIST_TROUBLE = `
  select t.id, t.account_id as "accountId", a.email, t.kind, t.label, t.status, t.reason,
    t.failed_in_row as "failedInRow", t.failing_since as "failingSince",
    (select max(delivered_at) from (
      select delivered_at from delivery where destination_id = t.id order by id desc limit 200) latest) as "deliveredAt"
  from (select * from destination
    where (status = 'disabled' or failing_since is not null) and ($2::bigint is null or id < $2)
      and ($1::text is null or ($1 = 'disabled') = (status = 'disabled'))
    order by id desc limit $3) t
  join account a on a.id = t.account_id order by t.id desc`;

/** How many there are of each, counted up to $1. Index: destination_trouble. */
const COUNT_TROUBLE = `
  select count(*) filter (where status = 'disabled')::integer as disabled,
    count(*) filter (where status <> 'disabled')::integer as failing
  from (select status from destination where status = 'disabled' or failing_since is not null limit $1) troubled`;

/** A row each for endpoints in trouble alone, read whole. No index. $1 limit: those that have been longest. */
const LIST_BREAKERS = `
  select lane, left(endpoint, 8) as endpoint, failures, opened_at as "openedAt", open_until as "openUntil"
  from endpoint_breaker order by opened_at limit $1`;

/** Whose a destination is. $1 destination. Index: the primary key. */
const FIND_OWNER = `select account_id as "accountId" from destination where id = $1`;

export type TroubledDestination = {
  id: DestinationId;
  accountId: AccountId;
  email: string;
  kind: string;
  label: string | null;
  status: 'pending' | 'active' | 'paused' | 'disabled';
  reason: string | null;
  failedInRow: number;
  failingSince: Date | null;
  deliveredAt: Date | null;
};

export type OpenBreaker = {
  lane: string;
  /** The beginning of a hash: the endpoint itself may hold a secret. */
  endpoint: string;
  failures: number;
  openedAt: Date;
  openUntil: Date;
};

export async function listTrouble(
  sql: Sql,
  status: 'disabled' | 'failing' | null,
  before: string | null,
  limit: number,
): Promise<TroubledDestination[]> {
  return sql.query<TroubledDestination>(LIST_TROUBLE, [status, before, limit]);
}

export async function countTrouble(sql: Sql, most: number): Promise<{ disabled: number; failing: number }> {
  const [row] = await sql.query<{ disabled: number; failing: number }>(COUNT_TROUBLE, [most]);
  return row ?? { disabled: 0, failing: 0 };
}

export async function listBreakers(sql: Sql, limit: number): Promise<OpenBreaker[]> {
  return sql.query<OpenBreaker>(LIST_BREAKERS, [limit]);
}

export async function findOwner(sql: Sql, id: DestinationId): Promise<AccountId | null> {
  return (await sql.query<{ accountId: AccountId }>(FIND_OWNER, [id]))[0]?.accountId ?? null;
}
