import type { AskedBefore } from '../domain/confirmation.js';
import type { AccountId, DeliveryId, DestinationId } from '../domain/ids.js';
import type { Sql, Transaction } from '../platform/database.js';
import type { DestinationStatus } from './destination.js';

/** Whoever asks the same mailbox counts alone, so that the limits are exact. $1 hash of the family. */
const LOCK_FAMILY = `select pg_advisory_xact_lock(('x' || encode(substring($1::bytea for 8), 'hex'))::bit(64)::bigint)`;

/**
 * The mails that count, and whether the link of each may still come to be used: it was not, and its delivery is on its way
 * or arrived. Indexes: confirmation_mail_family, confirmation_mail_account, the primary key of delivery.
 * $1 account, $2 hash of the address, $3 hash of the family, $4 since.
 */
const FIND_ASKED = `
  select c.at, c.account_id is not distinct from $1::bigint as "isAccount", c.address_hash = $2 as "isAddress",
    c.family_hash = $3 as "isFamily", not c.used and d.id is not null as "isOpen"
  from confirmation_mail c
  left join delivery d on d.id = c.delivery_id and d.state in ('due', 'delivered')
  where (c.family_hash = $3 or c.account_id = $1) and c.at > $4`;

/** $1 account, $2 hash of the address, $3 hash of the family, $4 delivery, $5 now. */
const INSERT_ASKED = `
  insert into confirmation_mail (account_id, address_hash, family_hash, delivery_id, at) values ($1, $2, $3, $4, $5)`;

/** What counts no more. Index: confirmation_mail_at. $1 until. */
const FORGET_ASKED = `delete from confirmation_mail where at <= $1`;

/** Index: confirmation_mail_account. $1 account, $2 hash of the address. */
const MARK_USED = `update confirmation_mail set used = true where account_id = $1 and address_hash = $2`;

/**
 * What asks a destination and has not gone out would go to the address that it has by then. Index: delivery_destination.
 * $1 destination, $2 reason.
 */
const CANCEL_ASKING = `
  update delivery set state = 'cancelled', parcel_id = null, reason = $2
  where destination_id = $1 and kind = 'confirm' and state = 'due'`;

/** An account's destinations that mail goes to. Index: destination_account. $1 account. */
const LIST_MAILED = `
  select id, kind, status, settings from destination
  where account_id = $1 and settings ->> 'address' is not null order by id`;

/** Those that still have the address that was confirmed. Index: the primary key. $1 destinations, $2 addresses, $3 now. */
const ACTIVATE_PENDING = `
  update destination t set status = 'active', reason = null, confirmed_at = $3
  from unnest($1::bigint[], $2::text[]) as given (id, address)
  where t.id = given.id and t.settings ->> 'address' = given.address and t.status = 'pending'`;

export type Hashes = { address: Buffer; family: Buffer };

export type MailedDestination = {
  id: DestinationId;
  kind: string;
  status: DestinationStatus;
  settings: Record<string, unknown> & { address: string };
};

/** Locks the mailbox until the transaction ends. */
export async function lockAndFindAsked(
  tx: Transaction,
  accountId: AccountId,
  { address, family }: Hashes,
  since: Date,
): Promise<(AskedBefore & { isOpen: boolean })[]> {
  await tx.query(LOCK_FAMILY, [family]);
  return tx.query(FIND_ASKED, [accountId, address, family, since]);
}

export async function insertAsked(
  tx: Transaction,
  accountId: AccountId,
  { address, family }: Hashes,
  deliveryId: DeliveryId,
  now: Date,
): Promise<void> {
  await tx.execute(INSERT_ASKED, [accountId, address, family, deliveryId, now]);
}

export async function forgetAsked(tx: Transaction, until: Date): Promise<void> {
  await tx.execute(FORGET_ASKED, [until]);
}

export async function markUsed(tx: Transaction, accountId: AccountId, address: Buffer): Promise<void> {
  await tx.execute(MARK_USED, [accountId, address]);
}

export async function cancelAsking(tx: Transaction, id: DestinationId, reason: string): Promise<void> {
  await tx.execute(CANCEL_ASKING, [id, reason]);
}

export async function listMailed(sql: Sql, accountId: AccountId): Promise<MailedDestination[]> {
  return sql.query<MailedDestination>(LIST_MAILED, [accountId]);
}

/** @returns how many */
export async function activatePending(
  tx: Transaction,
  destinations: readonly MailedDestination[],
  now: Date,
): Promise<number> {
  const addresses = destinations.map(({ settings }) => settings.address);
  return tx.execute(ACTIVATE_PENDING, [destinations.map(({ id }) => id), addresses, now]);
}
