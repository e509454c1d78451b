import type { AccountId } from '../../domain/ids.js';
import type { Sql } from '../../platform/database.js';

// All columns on purpose, here alone: what a later version keeps of somebody is in their export without anybody having to
// remember it. What is secret is of type bytea, everywhere, and left out by whoever writes the rows.

/** $1 account. */
const ACCOUNT = `select * from account where id = $1`;

/** Index: api_token_account. $1 account. */
const TOKENS = `select * from api_token where account_id = $1 order by id`;

/** Index: session_account. $1 account. */
const SESSIONS = `select * from session where account_id = $1 order by id`;

/** Index: destination_account. $1 account. */
const DESTINATIONS = `select * from destination where account_id = $1 order by id`;

/** With where each leads, and the address of its feed as far as it is kept. Index: watchlist_account. $1 account. */
const WATCHLISTS = `
  select w.*, f.created_at as feed_created_at, array(
    select destination_id from watchlist_destination where watchlist_id = w.id order by destination_id) as destination_ids
  from watchlist w left join watchlist_feed f on f.watchlist_id = w.id
  where w.account_id = $1 order by w.id`;

/** Index: follow_account. $1 account. */
const FOLLOWS = `select * from follow where account_id = $1 order by watchlist_id, kind, key`;

/** Index: the primary key. $1 account. */
const MUTES = `select * from mute where account_id = $1 order by since`;

/** Those given up too, of which the name is kept. Index: the unique key of account and team. $1 account. */
const SLACK_WORKSPACES = `select * from slack_workspace where account_id = $1 order by id`;

/** Index: slack_installation_account. $1 account. */
const SLACK_INSTALLATIONS = `select * from slack_installation where account_id = $1 order by expires_at`;

/** Index: confirmation_mail_account. $1 account. */
const CONFIRMATION_MAILS = `select * from confirmation_mail where account_id = $1 order by at`;

/** Index: account_identity_account. $1 account. */
const IDENTITIES = `select * from account_identity where account_id = $1 order by created_at`;

/** Links that were mailed and not used yet; hashes are left out. Index: sign_in_link_account. $1 account. */
const SIGN_IN_LINKS = `select * from sign_in_link where account_id = $1 order by expires_at`;

/** Index: alert_note_account. $1 account. */
const ALERT_NOTES = `select * from alert_note where account_id = $1 order by at`;

/** A page, oldest first. Index: alert_account. $1 account, $2 after this id, $3 limit. */
const ALERTS = `select * from alert where account_id = $1 and id > $2::bigint order by id limit $3`;

/**
 * A page, oldest first, each with what it bundled, told and was known by on the other side. Indexes: delivery_account, and the
 * primary keys of the others. $1 account, $2 after this id, $3 limit.
 */
const DELIVERIES = `
  select d.*, to_jsonb(b) - 'delivery_id' - 'account_id' as bundle, t.change_ids as told_change_ids, m.provider_id, m.thread
  from (select * from delivery where account_id = $1 and id > $2::bigint order by id limit $3) d
  left join bundle b on b.delivery_id = d.id
  left join delivery_told t on t.delivery_id = d.id
  left join delivery_message m on m.delivery_id = d.id
  order by d.id`;

/** Index: delivery_attempt_delivery, of every month. $1 deliveries. */
const ATTEMPTS = `select * from delivery_attempt where delivery_id = any ($1::bigint[]) order by delivery_id, at`;

/** A row as the database has it. */
export type KeptRow = Record<string, unknown>;

/** What an account has little of, by its name in the export. */
const small = {
  tokens: { table: 'api_token', sql: TOKENS },
  sessions: { table: 'session', sql: SESSIONS },
  destinations: { table: 'destination', sql: DESTINATIONS },
  watchlists: { table: 'watchlist', sql: WATCHLISTS },
  follows: { table: 'follow', sql: FOLLOWS },
  mutes: { table: 'mute', sql: MUTES },
  slackWorkspaces: { table: 'slack_workspace', sql: SLACK_WORKSPACES },
  slackInstallations: { table: 'slack_installation', sql: SLACK_INSTALLATIONS },
  identities: { table: 'account_identity', sql: IDENTITIES },
  signInLinks: { table: 'sign_in_link', sql: SIGN_IN_LINKS },
  alertNotes: { table: 'alert_note', sql: ALERT_NOTES },
  confirmationMails: { table: 'confirmation_mail', sql: CONFIRMATION_MAILS },
} as const;
export type SmallPart = keyof typeof small;
export const smallParts = Object.keys(small) as SmallPart[];

/** What can be a million rows, and is read page by page. */
const long = {
  alerts: { table: 'alert', sql: ALERTS },
  deliveries: { table: 'delivery', sql: DELIVERIES },
} as const;
export type LongPart = keyof typeof long;
export const longParts = Object.keys(long) as LongPart[];

/** Every table of which rows belong to an account, as far as they are exported; `bundle` stands with its delivery. */
export const exportedTables: readonly string[] = [
  ...[...Object.values(small), ...Object.values(long)].map(({ table }) => table),
  'bundle',
];

export async function keptAccount(sql: Sql, id: AccountId): Promise<KeptRow | null> {
  const [row] = await sql.query<KeptRow>(ACCOUNT, [id]);
  return row ?? null;
}

export async function keptPart(sql: Sql, part: SmallPart, id: AccountId): Promise<KeptRow[]> {
  return sql.query<KeptRow>(small[part].sql, [id]);
}

/** @param after the id of the last row before, `0` to begin with */
export async function keptPage(
  sql: Sql,
  part: LongPart,
  id: AccountId,
  { after, limit }: { after: string; limit: number },
): Promise<(KeptRow & { id: string })[]> {
  return sql.query<KeptRow & { id: string }>(long[part].sql, [id, after, limit]);
}

/** Attempts that failed, of each of the deliveries; the one that delivered stands in the delivery itself. */
export async function keptAttempts(
  sql: Sql,
  deliveryIds: readonly string[],
): Promise<Map<string, KeptRow[]>> {
  const rows = await sql.query<KeptRow & { delivery_id: string }>(ATTEMPTS, [deliveryIds]);
  const byDelivery = new Map<string, KeptRow[]>(deliveryIds.map((id) => [id, []]));
  for (const { delivery_id: id, ...attempt } of rows) byDelivery.get(id)?.push(attempt);
  return byDelivery;
}
