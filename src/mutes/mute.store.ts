import type { AccountId } from '../domain/ids.js';
import type { MuteKind } from '../domain/mute.js';
import type { Sql, Transaction } from '../platform/database.js';
import type { Mute, MuteTarget } from './mute.js';

/**
 * Mutes, or sets anew until when, and says so to deliveries on their way (see account.muted_at).
 * $1 account, $2 kind, $3 key, $4 until or null, $5 now.
 */
const SET_MUTE = `
  with made as (
    insert into mute (account_id, kind, key, until, since) values ($1, $2, $3, $4, $5)
    on conflict (account_id, kind, key) do update set until = excluded.until returning account_id)
  update account a set muted_at = $5 from made where a.id = made.account_id`;

/** Removes what is over. Index: the primary key. $1 account, $2 now. */
const REMOVE_ENDED = `delete from mute where account_id = $1 and until <= $2`;

/** How many an account has. Index: the primary key. $1 account. */
const COUNT_MUTES = `select count(*)::integer as count from mute where account_id = $1`;

/** $1 account, $2 kind, $3 key. */
const DELETE_MUTE = `delete from mute where account_id = $1 and kind = $2 and key = $3`;

/** A page of the mutes that hold, by kind and key. Index: the primary key. $1 account, $2 and $3 after, $4 now, $5 limit. */
const LIST_MUTES = `
  select kind, key, since, until from mute
  where account_id = $1 and (kind, key) > ($2::text, $3::text) and (until is null or until > $4)
  order by kind, key limit $5`;

export async function setMute(
  tx: Transaction,
  accountId: AccountId,
  { kind, key }: MuteTarget,
  until: Date | null,
  now: Date,
): Promise<void> {
  await tx.execute(SET_MUTE, [accountId, kind, key, until, now]);
}

export async function removeEndedMutes(tx: Transaction, accountId: AccountId, now: Date): Promise<void> {
  await tx.execute(REMOVE_ENDED, [accountId, now]);
}

export async function countMutes(tx: Transaction, accountId: AccountId): Promise<number> {
  const [row] = await tx.query<{ count: number }>(COUNT_MUTES, [accountId]);
  return row?.count ?? 0;
}

export async function deleteMute(sql: Sql, accountId: AccountId, { kind, key }: MuteTarget): Promise<void> {
  await sql.execute(DELETE_MUTE, [accountId, kind, key]);
}

/** @returns up to `limit` mutes after the given one, by kind and key */
export async function listMutes(
  sql: Sql,
  accountId: AccountId,
  page: { after: { kind: string; key: string }; now: Date; limit: number },
): Promise<Mute[]> {
  const { after, now, limit } = page;
  const rows = await sql.query<{ kind: MuteKind; key: string; since: Date; until: Date | null }>(LIST_MUTES, [
    accountId,
    after.kind,
    after.key,
    now,
    limit,
  ]);
  return rows.map(({ since, until, ...target }) => ({
    ...target,
    since: since.toISOString(),
    until: until?.toISOString() ?? null,
  }));
}
