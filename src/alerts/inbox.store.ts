import type { ChatUser } from '../domain/alert-content.js';
import type { AccountId, AlertId, RevisionId } from '../domain/ids.js';
import type { Tier } from '../domain/tiers.js';
import type { Sql } from '../platform/database.js';

/** Alerts, in the order of the ids. $1 account or null for any, $2 ids. Index: the primary key. */
const FIND_ALERTS = `
  select a.id, a.account_id as "accountId", a.revision_id as "revisionId", a.change_ids as "changeIds", a.created_at as "createdAt",
    a.acknowledged_at as "acknowledgedAt", account.tier,
    coalesce((select jsonb_agg(jsonb_build_object('id', w.id::text, 'name', w.name) order by w.id)
      from watchlist w where w.id = any (a.watchlist_ids)), '[]') as watchlists,
    case when n.alert_id is not null then jsonb_build_object('text', n.text, 'at', n.at) end as note
  from unnest($2::bigint[]) with ordinality as given (id, place)
  join alert a on a.id = given.id join account on account.id = a.account_id
  left join alert_note n on n.alert_id = a.id
  where $1::bigint is null or a.account_id = $1
  order by given.place`;

/** Keeps the first time, and who it was. $1 account, $2 id, $3 now, $4 who or null. */
const ACKNOWLEDGE = `
  with found as materialized (
    select id, acknowledged_at is null as "isFirst" from alert where account_id = $1 and id = $2 for no key update
  ), acknowledged as (
    update alert set acknowledged_at = $3, acknowledged_by = $4 from found where alert.id = found.id and "isFirst"
  )
  select "isFirst" from found`;

/** Of several, those that were not yet: the first time stands. $1 account, $2 ids, $3 now. Index: the primary key. */
const ACKNOWLEDGE_MANY = `
  with found as materialized (
    select id from alert where account_id = $1 and id = any ($2::bigint[]) and acknowledged_at is null
    order by id for no key update
  )
  update alert set acknowledged_at = $3 from found where alert.id = found.id returning alert.id`;

export type AlertRow = {
  id: AlertId;
  accountId: AccountId;
  revisionId: RevisionId;
  changeIds: string[];
  createdAt: Date;
  acknowledgedAt: Date | null;
  tier: Tier;
  watchlists: { id: string; name: string }[];
  /** `at` in RFC 3339. */
  note: { text: string; at: string } | null;
};

/** @returns those that are the account's, in the order of the ids */
export async function findAlerts(
  sql: Sql,
  accountId: AccountId,
  ids: readonly AlertId[],
): Promise<AlertRow[]> {
  return sql.query<AlertRow>(FIND_ALERTS, [accountId, ids]);
}

/** @param accountId null when a signed link already said that the reader may */
export async function findAlert(
  sql: Sql,
  accountId: AccountId | null,
  id: AlertId,
): Promise<AlertRow | null> {
  const [row] = await sql.query<AlertRow>(FIND_ALERTS, [accountId, [id]]);
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

/** @returns those that were not acknowledged before */
export async function acknowledgeAlerts(
  sql: Sql,
  accountId: AccountId,
  ids: readonly AlertId[],
  now: Date,
): Promise<AlertId[]> {
  const rows = await sql.query<{ id: AlertId }>(ACKNOWLEDGE_MANY, [accountId, ids, now]);
  return rows.map(({ id }) => id);
}
