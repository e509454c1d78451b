import type { AccountId, SessionId } from '../domain/ids.js';
import type { Tier } from '../domain/tiers.js';
import type { Sql } from '../platform/database.js';

/** $1 account or null, $2 hash of the operator's token or null, $3 hash, $4 device, $5 now, $6 its end. */
const INSERT_SESSION = `
  insert into session (account_id, operator_hash, hash, device, created_at, seen_at, expires_at)
  values ($1, $2, $3, $4, $5, $5, $6)`;

/** $1 hash, $2 now. Index: the unique hash. */
const FIND_SESSION = `
  select s.id, s.account_id as "accountId", s.operator_hash as "operatorHash", s.seen_at as "seenAt", a.tier, a.email,
    a.time_zone as "timeZone"
  from session s left join account a on a.id = s.account_id
  where s.hash = $1 and s.expires_at > $2`;

/** $1 session, $2 now, $3 its new end. */
const SEE_SESSION = `update session set seen_at = $2, expires_at = $3 where id = $1`;

/** Newest use first. $1 account, $2 now. Index: session_account. */
const LIST_SESSIONS = `
  select id, device, created_at as "createdAt", seen_at as "seenAt" from session
  where account_id = $1 and expires_at > $2 order by seen_at desc, id desc`;

/** $1 session, $2 account. */
const END_SESSION = `delete from session where id = $1 and account_id = $2 returning id`;

/** $1 account, $2 the session that stays. Index: session_account. */
const END_OTHERS = `delete from session where account_id = $1 and id <> $2`;

/** $1 hash. Index: the unique hash. */
const END_BY_HASH = `delete from session where hash = $1`;

/** $1 now. Index: session_expires. */
const DELETE_EXPIRED = `delete from session where expires_at <= $1`;

export type SessionRow = {
  id: SessionId;
  accountId: AccountId | null;
  operatorHash: Buffer | null;
  seenAt: Date;
  tier: Tier | null;
  email: string | null;
  timeZone: string | null;
};

export type ListedSession = { id: SessionId; device: string; createdAt: Date; seenAt: Date };

export type NewSession = {
  of: { accountId: AccountId } | { operatorHash: Buffer };
  hash: Buffer;
  device: string;
  now: Date;
  expiresAt: Date;
};

export async function insertSession(
  sql: Sql,
  { of, hash, device, now, expiresAt }: NewSession,
): Promise<void> {
  const accountId = 'accountId' in of ? of.accountId : null;
  const operatorHash = 'operatorHash' in of ? of.operatorHash : null;
  await sql.execute(INSERT_SESSION, [accountId, operatorHash, hash, device, now, expiresAt]);
}

export async function findSession(sql: Sql, hash: Buffer, now: Date): Promise<SessionRow | null> {
  const [row] = await sql.query<SessionRow>(FIND_SESSION, [hash, now]);
  return row ?? null;
}

export async function seeSession(sql: Sql, id: SessionId, now: Date, expiresAt: Date): Promise<void> {
  await sql.execute(SEE_SESSION, [id, now, expiresAt]);
}

export async function listSessions(sql: Sql, accountId: AccountId, now: Date): Promise<ListedSession[]> {
  return sql.query<ListedSession>(LIST_SESSIONS, [accountId, now]);
}

/** @returns whether there was such a session of the account */
export async function endSession(sql: Sql, id: SessionId, accountId: AccountId): Promise<boolean> {
  return (await sql.query(END_SESSION, [id, accountId])).length > 0;
}

export async function endOtherSessions(sql: Sql, accountId: AccountId, kept: SessionId): Promise<void> {
  await sql.execute(END_OTHERS, [accountId, kept]);
}

export async function endSessionByHash(sql: Sql, hash: Buffer): Promise<void> {
  await sql.execute(END_BY_HASH, [hash]);
}

export async function deleteExpiredSessions(sql: Sql, now: Date): Promise<void> {
  await sql.execute(DELETE_EXPIRED, [now]);
}
