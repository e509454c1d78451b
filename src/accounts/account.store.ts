import type { AccountId } from '../domain/ids.js';
import { unplainMailbox } from '../domain/mailbox.js';
import type { QuietHours } from '../domain/quiet-hours.js';
import type { Tier } from '../domain/tiers.js';
import type { Sql, Transaction } from '../platform/database.js';
import type { Account } from './account.js';

/**
 * Makes an account and, of its own address, its first destination; nothing when somebody has the address.
 * Index: the unique account_email. $1 email, $2 tier, $3 time zone, $4 now, $5 kind and $6 settings of the destination,
 * $7 its mailbox where that is not the address in lower case.
 */
const INSERT_ACCOUNT = `
  with made as (
    insert into account (email, tier, time_zone, created_at) values ($1, $2, $3, $4)
    on conflict (lower(email)) do nothing
    returning id, email, tier, time_zone, quiet_hours, created_at
  ), own_address as (
    insert into destination (account_id, kind, status, settings, created_at, mailbox)
    select id, $5::text, 'active', $6::jsonb, created_at, $7 from made
  )
  select id, email, tier, time_zone as "timeZone", quiet_hours as "quietHours", created_at as "createdAt" from made`;

/** $1 account. */
const FIND_ACCOUNT = `
  select id, email, tier, time_zone as "timeZone", quiet_hours as "quietHours", created_at as "createdAt"
  from account where id = $1`;

/** Sets what is given. $1 account, $2 tier or null, $3 time zone or null, $4 whether to set quiet hours, $5 those. */
const UPDATE_ACCOUNT = `
  update account set tier = coalesce($2::text, tier), time_zone = coalesce($3::text, time_zone),
    quiet_hours = case when $4::boolean then $5::jsonb else quiet_hours end
  where id = $1
  returning id, email, tier, time_zone as "timeZone", quiet_hours as "quietHours", created_at as "createdAt"`;

/** Keeps everybody from adding to an account that is about to go. $1 account. */
const LOCK_ACCOUNT_TO_ERASE = `select id from account where id = $1 for update`;

/** Whatever refers to the account goes with it. $1 account. */
const DELETE_ACCOUNT = `delete from account where id = $1`;

type AccountRow = {
  id: AccountId;
  email: string;
  tier: Tier;
  timeZone: string;
  quietHours: QuietHours | null;
  createdAt: Date;
};

/** @returns null when the address belongs to an account already */
export async function insertAccount(
  sql: Sql,
  account: { email: string; tier: Tier; timeZone: string; createdAt: Date },
  ownAddress: { kind: string; settings: unknown },
): Promise<Account | null> {
  const { email, tier, timeZone, createdAt } = account;
  const settings = JSON.stringify(ownAddress.settings);
  const rows = await sql.query<AccountRow>(INSERT_ACCOUNT, [
    email,
    tier,
    timeZone,
    createdAt,
    ownAddress.kind,
    settings,
    unplainMailbox(email),
  ]);
  return accountOf(rows);
}

export async function findAccount(sql: Sql, id: AccountId): Promise<Account | null> {
  return accountOf(await sql.query<AccountRow>(FIND_ACCOUNT, [id]));
}

/** Leaves alone what is undefined. */
export async function updateAccount(
  sql: Sql,
  id: AccountId,
  changes: {
    tier?: Tier | undefined;
    timeZone?: string | undefined;
    quietHours?: QuietHours | null | undefined;
  },
): Promise<Account | null> {
  const { tier, timeZone, quietHours } = changes;
  const rows = await sql.query<AccountRow>(UPDATE_ACCOUNT, [
    id,
    tier ?? null,
    timeZone ?? null,
    quietHours !== undefined,
    quietHours ? JSON.stringify(quietHours) : null,
  ]);
  return accountOf(rows);
}

/** @returns false when there is no such account */
export async function lockAccountToErase(tx: Transaction, id: AccountId): Promise<boolean> {
  return (await tx.query(LOCK_ACCOUNT_TO_ERASE, [id])).length > 0;
}

export async function deleteAccount(tx: Transaction, id: AccountId): Promise<void> {
  await tx.execute(DELETE_ACCOUNT, [id]);
}

function accountOf([row]: AccountRow[]): Account | null {
  return row ? { ...row, createdAt: row.createdAt.toISOString() } : null;
}
