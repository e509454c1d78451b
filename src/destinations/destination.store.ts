import type { AccountId, DestinationId } from '../domain/ids.js';
import { unplainMailbox } from '../domain/mailbox.js';
import type { Sql, Transaction } from '../platform/database.js';
import { unsubscribedReason, type Destination } from './destination.js';

/** A page of destinations, oldest first. Index: destination_account. $1 account, $2 after this id or null, $3 limit. */
const LIST_DESTINATIONS = `
  select id, kind, label, status, reason, settings, created_at as "createdAt"
  from destination
  where account_id = $1 and id > coalesce($2::bigint, 0)
  order by id limit $3`;

/** $1 account. Index: destination_account. */
const COUNT_DESTINATIONS = `select count(*)::integer as count from destination where account_id = $1`;

/** $1 account, $2 destination. */
const FIND_DESTINATION = `
  select id, kind, label, status, reason, settings, created_at as "createdAt"
  from destination where account_id = $1 and id = $2`;

/** $1 account, $2 destination. */
const LOCK_DESTINATION = `
  select id, kind, label, status, reason, settings, sealed, created_at as "createdAt"
  from destination where account_id = $1 and id = $2 for update`;

/** $1 account, $2 kind, $3 label, $4 status, $5 settings, $6 now, $7 mailbox, see `mailboxIn`. */
const INSERT_DESTINATION = `
  insert into destination (account_id, kind, label, status, settings, created_at, mailbox)
  values ($1, $2, $3, $4, $5, $6, $7)
  returning id, kind, label, status, reason, settings, created_at as "createdAt"`;

/**
 * Back at work, it starts with a clean record; what is reported on mails from before is no more about it once it has other
 * settings. An address that is only written otherwise is none: its mailbox has bounced or complained all the same. $1 account, $2 destination, $3 label, $4 status, $5 reason, $6 settings, $7 sealed, $8 now,
 * $9 mailbox, see `mailboxIn`, $10 whether its reader stopped it, which it keeps the time of.
 */
const UPDATE_DESTINATION = `
  update destination set label = $3, status = $4, reason = $5, settings = $6, sealed = $7, mailbox = $9,
    unsubscribed_at = case when $10 then unsubscribed_at end,
    failed_in_row = case when $4 = 'active' and status <> 'active' then 0 else failed_in_row end,
    failing_since = case when $4 = 'active' and status <> 'active' then null else failing_since end,
    resettled_at = case
      when settings - 'address' <> $6::jsonb - 'address'
        or coalesce(mailbox, lower(settings ->> 'address'))
          is distinct from coalesce($9::text, lower($6::jsonb ->> 'address'))
      then $8::timestamptz else resettled_at end
  where account_id = $1 and id = $2
  returning id, kind, label, status, reason, settings, created_at as "createdAt"`;

/** $1 destination, $2 sealed. */
const SET_SEALED = `update destination set sealed = $2 where id = $1`;

/** $1 account, $2 destination. */
const DELETE_DESTINATION = `delete from destination where account_id = $1 and id = $2`;

type DestinationRow = Omit<Destination, 'createdAt'> & { createdAt: Date };
export type LockedDestination = Destination & { sealed: Buffer | null };

/** @returns up to `limit` destinations after the id, oldest first */
export async function listDestinations(
  sql: Sql,
  accountId: AccountId,
  after: string | null,
  limit: number,
): Promise<Destination[]> {
  const rows = await sql.query<DestinationRow>(LIST_DESTINATIONS, [accountId, after, limit]);
  return rows.map(shown);
}

export async function countDestinations(sql: Sql, accountId: AccountId): Promise<number> {
  const [row] = await sql.query<{ count: number }>(COUNT_DESTINATIONS, [accountId]);
  return row?.count ?? 0;
}

/** @returns null when the account has no such destination */
export async function findDestination(
  sql: Sql,
  accountId: AccountId,
  id: DestinationId,
): Promise<Destination | null> {
  const [row] = await sql.query<DestinationRow>(FIND_DESTINATION, [accountId, id]);
  return row ? shown(row) : null;
}

/** Keeps everybody else off a destination until the transaction ends. @returns null when the account has none such */
export async function lockDestination(
  tx: Transaction,
  accountId: AccountId,
  id: DestinationId,
): Promise<LockedDestination | null> {
  const [row] = await tx.query<DestinationRow & { sealed: Buffer | null }>(LOCK_DESTINATION, [accountId, id]);
  return row ? shown(row) : null;
}

export async function insertDestination(
  tx: Transaction,
  accountId: AccountId,
  given: Pick<Destination, 'kind' | 'label' | 'status' | 'settings'>,
  now: Date,
): Promise<Destination> {
  const { kind, label, status, settings } = given;
  const [row] = await tx.query<DestinationRow>(INSERT_DESTINATION, [
    accountId,
    kind,
    label,
    status,
    JSON.stringify(settings),
    now,
    mailboxIn(settings),
  ]);
  if (!row) throw new Error('inserting a destination gave no row back');
  return shown(row);
}

export async function setSealed(tx: Transaction, id: DestinationId, sealed: Buffer | null): Promise<void> {
  await tx.execute(SET_SEALED, [id, sealed]);
}

/** Writes whatever can change of a destination that is locked. */
export async function updateDestination(
  tx: Transaction,
  accountId: AccountId,
  destination: LockedDestination,
  now: Date,
): Promise<Destination> {
  const { id, label, status, reason, settings, sealed } = destination;
  const [row] = await tx.query<DestinationRow>(UPDATE_DESTINATION, [
    accountId,
    id,
    label,
    status,
    reason,
    JSON.stringify(settings),
    sealed,
    now,
    mailboxIn(settings),
    status === 'paused' && reason === unsubscribedReason,
  ]);
  if (!row) throw new Error(`destination ${id} went while it was locked`);
  return shown(row);
}

export async function deleteDestination(
  tx: Transaction,
  accountId: AccountId,
  id: DestinationId,
): Promise<void> {
  await tx.execute(DELETE_DESTINATION, [accountId, id]);
}

function shown<Row extends { createdAt: Date }>(row: Row): Omit<Row, 'createdAt'> & { createdAt: string } {
  return { ...row, createdAt: row.createdAt.toISOString() };
}

/** Of the destinations that mail goes to, what the database can't make of the address by itself. */
function mailboxIn({ address }: Record<string, unknown>): string | null {
  return typeof address === 'string' ? unplainMailbox(address) : null;
}
