import type { AccountId, AlertId, DestinationId, RowId } from '../domain/ids.js';
import type { Tier } from '../domain/tiers.js';
import type { Sql } from '../platform/database.js';

/**
 * Accounts, newest first. With a tier it looks at 20,000 at most, and says how far it came. $1 tier or null, $2 before id or null, $3
 * limit. Index: the primary key.
 */
const LIST_ACCOUNTS = `
  select id, email, tier, time_zone as "timeZone", created_at as "createdAt"
  from (select * from account where $2::bigint is null or id < $2 order by id desc limit 20000) looked
  where $1::text is null or tier = $1 order by id desc limit $3`;

/**
 * Accounts whose address begins so, in the order of addresses. $1 pattern for like, $2 tier or null, $3 after address or null, $4 limit.
 * Index: account_email_prefix.
 */
const SEARCH_ACCOUNTS = `
  select id, email, tier, time_zone as "timeZone", created_at as "createdAt" from account
  where lower(email) like $1 and ($2::text is null or tier = $2)
    and ($3::text is null or lower(email) ~>~ $3)
  order by lower(email) using ~<~ limit $4`;

/** What of its tier's limits an account uses. $1 account. Indexes: watchlist_account, follow_account, destination_account. */
const COUNT_USE = `
  select (select count(*)::integer from watchlist where account_id = $1) as watchlists,
    (select count(*)::integer from follow where account_id = $1) as follows,
    (select count(*)::integer from destination where account_id = $1) as destinations`;

/** When an account was alerted lately, and not of what. $1 account, $2 limit. Index: alert_account. */
const LIST_NEWEST_ALERTS = `
  select id, created_at as "createdAt", acknowledged_at as "acknowledgedAt", cardinality(change_ids) as changes
  from alert where account_id = $1 order by id desc limit $2`;

/** $1 account. Index: api_token_account. */
const LIST_TOKENS = `
  select id, name, created_at as "createdAt" from api_token where account_id = $1 order by id desc limit 100`;

/**
 * The destinations of an account and how they do; the last success among their latest 200 deliveries. $1 account. Indexes:
 * destination_account, delivery_destination.
 */
const LIST_HEALTH = `
  select t.id, t.kind, t.label, t.status, t.reason, t.failed_in_row as "failedInRow", t.failing_since as "failingSince",
    (select max(delivered_at) from (
      select delivered_at from delivery where destination_id = t.id order by id desc limit 200) latest) as "deliveredAt"
  from destination t where t.account_id = $1 order by t.id limit 100`;

export type ListedRow = {
  id: AccountId;
  email: string;
  tier: Tier;
  timeZone: string;
  createdAt: Date;
};

export type DestinationHealth = {
  id: DestinationId;
  kind: string;
  label: string | null;
  status: 'pending' | 'active' | 'paused' | 'disabled';
  reason: string | null;
  failedInRow: number;
  failingSince: Date | null;
  deliveredAt: Date | null;
};

export async function listAccounts(
  sql: Sql,
  tier: Tier | null,
  before: string | null,
  limit: number,
): Promise<ListedRow[]> {
  return sql.query<ListedRow>(LIST_ACCOUNTS, [tier, before, limit]);
}

/** @param prefix the beginning of an address, in any case */
export async function searchAccounts(
  sql: Sql,
  { prefix, tier, after, limit }: { prefix: string; tier: Tier | null; after: string | null; limit: number },
): Promise<ListedRow[]> {
  const pattern = `${prefix.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
  return sql.query<ListedRow>(SEARCH_ACCOUNTS, [pattern, tier, after, limit]);
}

export async function countUse(sql: Sql, id: AccountId) {
  const [row] = await sql.query<{ watchlists: number; follows: number; destinations: number }>(COUNT_USE, [
    id,
  ]);
  return row ?? { watchlists: 0, follows: 0, destinations: 0 };
}

export async function listNewestAlerts(sql: Sql, id: AccountId, limit: number) {
  return sql.query<{ id: AlertId; createdAt: Date; acknowledgedAt: Date | null; changes: number }>(
    LIST_NEWEST_ALERTS,
    [id, limit],
  );
}

export async function listTokens(sql: Sql, id: AccountId) {
  return sql.query<{ id: RowId<'token'>; name: string; createdAt: Date }>(LIST_TOKENS, [id]);
}

export async function listHealth(sql: Sql, id: AccountId): Promise<DestinationHealth[]> {
  return sql.query<DestinationHealth>(LIST_HEALTH, [id]);
}
