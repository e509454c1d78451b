import type { AccountId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';

/** $1 address. Index: the unique account_email. */
const FIND_BY_ADDRESS = `select id, email from account where lower(email) = lower($1)`;

/**
 * Those of other browsers stay: whoever asks for somebody else's address ends nothing.
 * $1 hash of the address, $2 of the browser's mark. Index: sign_in_link_address.
 */
const DELETE_OLDER = `delete from sign_in_link where address_hash = $1 and browser_hash = $2`;

/**
 * $1 hash, $2 hash of the browser's mark, $3 hash of the address, $4 account or null, $5 address where there is no account,
 * $6 time zone, $7 where to go then, $8 its end.
 */
const INSERT_LINK = `
  insert into sign_in_link (hash, browser_hash, address_hash, account_id, email, time_zone, next, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;

/** $1 hash, $2 now. Index: the primary key. */
const FIND_LINK = `
  select browser_hash as "browserHash", email is not null as "makesAccount" from sign_in_link
  where hash = $1 and expires_at > $2`;

/** $1 hash, $2 hash of the browser's mark, $3 now. Of two at the same moment one gets it. Index: the primary key. */
const TAKE_LINK = `
  delete from sign_in_link where hash = $1 and browser_hash = $2 and expires_at > $3
  returning account_id as "accountId", email, time_zone as "timeZone", next`;

/** $1 now. Index: sign_in_link_expires. */
const DELETE_OLD = `delete from sign_in_link where expires_at <= $1`;

export type NewLink = {
  hash: Buffer;
  browserHash: Buffer;
  addressHash: Buffer;
  accountId: AccountId | null;
  email: string | null;
  timeZone: string;
  next: string;
  expiresAt: Date;
};

export type TakenLink = Pick<NewLink, 'accountId' | 'email' | 'timeZone' | 'next'>;

/** @returns the account with its address as it is written there, or null */
export async function findAccountByAddress(
  sql: Sql,
  address: string,
): Promise<{ id: AccountId; email: string } | null> {
  const [row] = await sql.query<{ id: AccountId; email: string }>(FIND_BY_ADDRESS, [address]);
  return row ?? null;
}

/** In place of the older links that the same browser asked for. */
export async function insertLink(tx: Sql, link: NewLink): Promise<void> {
  await tx.execute(DELETE_OLDER, [link.addressHash, link.browserHash]);
  await tx.execute(INSERT_LINK, [
    link.hash,
    link.browserHash,
    link.addressHash,
    link.accountId,
    link.email,
    link.timeZone,
    link.next,
    link.expiresAt,
  ]);
}

export async function findLink(
  sql: Sql,
  hash: Buffer,
  now: Date,
): Promise<{ browserHash: Buffer; makesAccount: boolean } | null> {
  const [row] = await sql.query<{ browserHash: Buffer; makesAccount: boolean }>(FIND_LINK, [hash, now]);
  return row ?? null;
}

/** @returns null for a link that is used, too old, or another browser's */
export async function takeLink(
  sql: Sql,
  hash: Buffer,
  browserHash: Buffer,
  now: Date,
): Promise<TakenLink | null> {
  const [row] = await sql.query<TakenLink>(TAKE_LINK, [hash, browserHash, now]);
  return row ?? null;
}

export async function deleteOldLinks(sql: Sql, now: Date): Promise<void> {
  await sql.execute(DELETE_OLD, [now]);
}
