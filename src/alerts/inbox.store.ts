import type { AccountId, AlertId, RevisionId } from '../domain/ids.js';
import type { Tier } from '../domain/tiers.js';
import type { Sql } from '../platform/database.js';

/** An account's alerts, newest first, or one of them. $1 account or null for any, $2 id, $3 before id, $4 limit. */
const FIND_ALERTS = `
  select a.id, a.revision_id as "revisionId", a.change_ids as "changeIds", a.created_at as "createdAt",
    a.acknowledged_at as "acknowledgedAt", account.tier,
    coalesce((select jsonb_agg(jsonb_build_object('id', w.id::text, 'name', w.name) order by w.id)
      from watchlist w where w.id = any (a.watchlist_ids)), '[]') as watchlists
  from alert a join account on account.id = a.account_id
  where ($1::bigint is null or a.account_id = $1) and ($2::bigint is null or a.id = $2)
    and ($3::bigint is null or a.id < $3)
  order by a.id desc limit $4`;

/** Keeps the first time. $1 account, $2 id, $3 now. */
const ACKNOWLEDGE = `
  update alert set acknowledged_at = coalesce(acknowledged_at, $3) where account_id = $1 and id = $2`;

export type AlertRow = {
  id: AlertId;
  revisionId: RevisionId;
  changeIds: string[];
  createdAt: Date;
  acknowledgedAt: Date | null;
  tier: Tier;
  watchlists: { id: string; name: string }[];
};

export async function listAlerts(
  sql: Sql,
  accountId: AccountId,
  before: string | null,
  limit: number,
): Promise<AlertRow[]> {
  return sql.query<AlertRow>(FIND_ALERTS, [accountId, null, before, limit]);
}

/** @param accountId null when a signed link already said that the reader may */
export async function findAlert(
  sql: Sql,
  accountId: AccountId | null,
  id: AlertId,
): Promise<AlertRow | null> {
  const [row] = await sql.query<AlertRow>(FIND_ALERTS, [accountId, id, null, 1]);
  return row ?? null;
}

/** @returns whether the account has such an alert */
export async function acknowledgeAlert(
  sql: Sql,
  accountId: AccountId,
  id: AlertId,
  now: Date,
): Promise<boolean> {
  return (await sql.execute(ACKNOWLEDGE, [accountId, id, now])) > 0;
}
