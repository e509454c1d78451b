import type { AccountId } from '../domain/ids.js';
import { heldReason } from '../domain/held-reason.js';
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

/**
 * Sets what is given. Another time zone or other quiet hours move the ends of what is being gathered, and not yet due: they are
 * planned anew. $1 account, $2 tier or null, $3 time zone or null, $4 whether to set quiet hours, $5 those, $6 now.
 * Index: bundle_account.
 */
const UPDATE_ACCOUNT = `
  with before as materialized (
    select time_zone, quiet_hours from account where id = $1 for no key update
  ), updated as (
    update account set tier = coalesce($2::text, tier), time_zone = coalesce($3::text, account.time_zone),
      quiet_hours = case when $4::boolean then $5::jsonb else account.quiet_hours end
    from before where id = $1
    returning id, email, tier, account.time_zone, account.quiet_hours, created_at,
      account.time_zone <> before.time_zone as has_moved,
      account.quiet_hours is distinct from before.quiet_hours as has_other_hours
  ), replanned as (
    update bundle set until_at = null from updated
    where bundle.account_id = $1 and bundle.ended_at is null and bundle.until_at > $6
      and (has_moved and kind in ('digest', 'quiet')
        or has_other_hours and (kind = 'quiet' or cadence ->> 'mode' = 'hourly'))
  )
  select id, email, tier, time_zone as "timeZone", quiet_hours as "quietHours", created_at as "createdAt" from updated`;

/**
 * Has what quiet hours put off looked at at once: it goes out, or waits for their new end. What a worker holds is let be.
 * $1 account, $2 reason, $3 now. Indexes: delivery_account, the primary key.
 */
const RECALL_PUT_OFF = `
  with put_off as materialized (
    select p.id as parcel_id, d.id from delivery d join parcel p on p.id = d.parcel_id
    where d.account_id = $1 and d.state = 'due' and d.reason = $2 and d.due_at > $3 and p.claim_id is null
    order by p.id for no key update of p
  ), due as (
    update delivery d set due_at = $3 from put_off where d.id = put_off.id and d.parcel_id = put_off.parcel_id
  )
  update parcel set due_at = $3 from put_off where parcel.id = put_off.parcel_id`;

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
  tx: Transaction,
  id: AccountId,
  changes: {
    tier?: Tier | undefined;
    timeZone?: string | undefined;
    quietHours?: QuietHours | null | undefined;
  },
  now: Date,
): Promise<Account | null> {
  const { tier, timeZone, quietHours } = changes;
  const rows = await tx.query<AccountRow>(UPDATE_ACCOUNT, [
    id,
    tier ?? null,
    timeZone ?? null,
    quietHours !== undefined,
    quietHours ? JSON.stringify(quietHours) : null,
    now,
  ]);
  if (timeZone !== undefined || quietHours !== undefined) {
    await tx.execute(RECALL_PUT_OFF, [id, heldReason, now]);
  }
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
