import type { AccountId, DestinationId } from '../domain/ids.js';
import type { Sql, Transaction } from '../platform/database.js';
import type { SuppressionReason } from './suppression.js';

/**
 * Whoever suppresses an address and whoever begins to write to it wait for each other, so that neither overlooks what the
 * other has not yet committed. $1 hash.
 */
const LOCK_ADDRESS = `select pg_advisory_xact_lock(('x' || encode(substring($1::bytea for 8), 'hex'))::bit(64)::bigint)`;

/** What stands against addresses, complaints first. Index: suppression_open. $1 hashes. */
const FIND_OPEN = `
  select id, address_hash as "addressHash", reason, detail, at from suppression
  where address_hash = any ($1::bytea[]) and lifted_at is null order by reason desc`;

/** When what stood against addresses was last lifted. Index: suppression_lifted. $1 hashes, $2 lifted after this. */
const FIND_LIFTED = `
  select address_hash as "addressHash", reason, max(lifted_at) as "liftedAt" from suppression
  where address_hash = any ($1::bytea[]) and lifted_at > $2 group by address_hash, reason`;

/** That it stands there already is no error. Index: suppression_open. $1 hash, $2 reason, $3 detail, $4 now. */
const INSERT_SUPPRESSION = `
  insert into suppression (address_hash, reason, detail, at) values ($1, $2, $3, $4)
  on conflict (address_hash, reason) where lifted_at is null do nothing`;

/** $1 id, $2 now. */
const LIFT = `update suppression set lifted_at = $2 where id = $1 and lifted_at is null`;

/** A page of all that stands, newest first. $1 before this id or null, $2 limit. */
const LIST_OPEN = `
  select id, reason, detail, at from suppression
  where lifted_at is null and ($1::bigint is null or id < $1) order by id desc limit $2`;

/**
 * Destinations of whatever account that mail to a mailbox goes to. With a time only those from before it: what was made, or
 * given this address, or confirmed by its reader later is not what was meant then. That a mail asked for it says nothing:
 * who has the address may not have answered. Index: destination_mailbox. $1 key of the mailbox, $2 time or null.
 */
const FIND_AT_MAILBOX = `
  select t.id from destination t
  where coalesce(t.mailbox, lower(t.settings ->> 'address')) = $1
    and ($2::timestamptz is null or greatest(t.created_at, t.resettled_at, t.confirmed_at) <= $2)
  order by t.id for no key update of t`;

/** An account's destinations that mail goes to. Index: destination_account. $1 account. */
const LIST_ADDRESSED = `
  select id, status, reason, settings ->> 'address' as address, unsubscribed_at as "unsubscribedAt" from destination
  where account_id = $1 and settings ->> 'address' is not null order by id`;

/**
 * Where mails went, but for destinations that have another address since. $1 destinations, $2 when each mail went out.
 */
const FIND_ADDRESSES = `
  select t.id, t.settings ->> 'address' as address
  from unnest($1::bigint[], $2::timestamptz[]) as given (id, at) join destination t on t.id = given.id
  where t.settings ->> 'address' is not null and (t.resettled_at is null or t.resettled_at <= given.at)`;

export type OpenSuppression = {
  id: string;
  addressHash: Buffer;
  reason: SuppressionReason;
  detail: string;
  at: Date;
};

export type AddressedDestination = {
  id: DestinationId;
  status: string;
  reason: string | null;
  address: string;
  /** When its reader stopped all mail, if that is known and so still. */
  unsubscribedAt: Date | null;
};

export async function lockAddress(tx: Transaction, hash: Buffer): Promise<void> {
  await tx.query(LOCK_ADDRESS, [hash]);
}

export async function findOpen(sql: Sql, hashes: readonly Buffer[]): Promise<OpenSuppression[]> {
  return sql.query<OpenSuppression>(FIND_OPEN, [hashes]);
}

/** @returns what was lifted after the time, each with when it was last */
export async function findLifted(
  sql: Sql,
  hashes: readonly Buffer[],
  after: Date,
): Promise<(Pick<OpenSuppression, 'addressHash' | 'reason'> & { liftedAt: Date })[]> {
  return sql.query(FIND_LIFTED, [hashes, after]);
}

/** @returns false when it stands there already */
export async function insertSuppression(
  tx: Transaction,
  given: { hash: Buffer; reason: SuppressionReason; detail: string },
  now: Date,
): Promise<boolean> {
  return (await tx.execute(INSERT_SUPPRESSION, [given.hash, given.reason, given.detail, now])) > 0;
}

/** @returns false when there is none, or it was lifted */
export async function liftSuppression(sql: Sql, id: string, now: Date): Promise<boolean> {
  return (await sql.execute(LIFT, [id, now])) > 0;
}

export async function listOpen(
  sql: Sql,
  before: string | null,
  limit: number,
): Promise<Omit<OpenSuppression, 'addressHash'>[]> {
  return sql.query(LIST_OPEN, [before, limit]);
}

/** Locks them until the transaction ends. @param at when what is reported was so, if that is known */
export async function lockAtMailbox(tx: Transaction, key: string, at: Date | null): Promise<DestinationId[]> {
  const rows = await tx.query<{ id: DestinationId }>(FIND_AT_MAILBOX, [key, at]);
  return rows.map((row) => row.id);
}

export async function listAddressed(sql: Sql, accountId: AccountId): Promise<AddressedDestination[]> {
  return sql.query<AddressedDestination>(LIST_ADDRESSED, [accountId]);
}

export async function findAddresses(
  sql: Sql,
  sent: readonly { destinationId: DestinationId; at: Date }[],
): Promise<{ id: DestinationId; address: string }[]> {
  return sql.query(FIND_ADDRESSES, [sent.map((one) => one.destinationId), sent.map(({ at }) => at)]);
}
