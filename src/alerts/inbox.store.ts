import type { ChatUser } from '../domain/alert-content.js';
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

/** Keeps the first time, and who it was. $1 account, $2 id, $3 now, $4 who or null. */
const ACKNOWLEDGE = `
  with found as materialized (
    select id, acknowledged_at is null as "isFirst" from alert where account_id = $1 and id = $2 for no key update
  ), acknowledged as (
    update alert set acknowledged_at = $3, acknowledged_by = $4 from found where alert.id = found.id and "isFirst"
  )
  select "isFirst" from found`;

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

/** @returns whether it was the first time; null when the account has no such alert */
export async function acknowledgeAlert(
  sql: Sql,
  accountId: AccountId,
  id: AlertId,
  now: Date,
  by: ChatUser | null,
): Promise<boolean | null> {
  const who = by === null ? null : JSON.stringify(by);
  const [row] = await sql.query<{ isFirst: boolean }>(ACKNOWLEDGE, [accountId, id, now, who]);
  return row?.isFirst ?? null;
}
