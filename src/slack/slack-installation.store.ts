import type { AccountId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';

/** $1 hash of the state, $2 account, $3 until when it is good. */
const INSERT_INSTALLATION = `insert into slack_installation (hash, account_id, expires_at) values ($1, $2, $3)`;

/**
 * Forgets those of an account that ended long ago, and all but the newest: whoever asks for many keeps few. Index:
 * slack_installation_account. $1 account, $2 ended before, $3 how many may stay.
 */
const PRUNE_INSTALLATIONS = `
  delete from slack_installation where account_id = $1 and (expires_at < $2 or hash in (
    select hash from slack_installation where account_id = $1 order by expires_at desc offset $3))`;

/** $1 hash. Index: the primary key. */
const FIND_INSTALLATION = `
  select i.account_id as "accountId", a.email, i.expires_at as "expiresAt", i.used_at as "usedAt"
  from slack_installation i join account a on a.id = i.account_id where i.hash = $1`;

/** Uses it up: whoever comes second finds nothing. $1 hash, $2 now. */
const USE_INSTALLATION = `
  update slack_installation set used_at = $2
  where hash = $1 and used_at is null and expires_at > $2 returning account_id as "accountId"`;

/** $1 hash. */
const RELEASE_INSTALLATION = `update slack_installation set used_at = null where hash = $1`;

export type Installation = { accountId: AccountId; email: string; expiresAt: Date; usedAt: Date | null };

export async function insertInstallation(
  sql: Sql,
  given: { hash: Buffer; accountId: AccountId; expiresAt: Date },
): Promise<void> {
  await sql.execute(INSERT_INSTALLATION, [given.hash, given.accountId, given.expiresAt]);
}

export async function pruneInstallations(
  sql: Sql,
  accountId: AccountId,
  endedBefore: Date,
  mostKept: number,
): Promise<void> {
  await sql.execute(PRUNE_INSTALLATIONS, [accountId, endedBefore, mostKept]);
}

/** @returns null for a state that was never given out, or long ago */
export async function findInstallation(sql: Sql, hash: Buffer): Promise<Installation | null> {
  const [row] = await sql.query<Installation>(FIND_INSTALLATION, [hash]);
  return row ?? null;
}

/** @returns whose it is, once; null when it was used before, or is too old */
export async function useInstallation(sql: Sql, hash: Buffer, now: Date): Promise<AccountId | null> {
  const [row] = await sql.query<{ accountId: AccountId }>(USE_INSTALLATION, [hash, now]);
  return row?.accountId ?? null;
}

/** Lets it be used after all: nothing came of it. */
export async function releaseInstallation(sql: Sql, hash: Buffer): Promise<void> {
  await sql.execute(RELEASE_INSTALLATION, [hash]);
}
