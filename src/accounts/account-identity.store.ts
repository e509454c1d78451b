import type { AccountId } from '../domain/ids.js';
import type { Tier } from '../domain/tiers.js';
import type { Sql } from '../platform/database.js';

/** $1 issuer, $2 subject. Index: the primary key. */
const FIND_IDENTITY = `
  select a.id as "accountId", a.tier, a.email, a.time_zone as "timeZone"
  from account_identity i join account a on a.id = i.account_id
  where i.issuer = $1 and i.subject = $2`;

/** $1 issuer, $2 subject, $3 account, $4 now. */
const INSERT_IDENTITY = `
  insert into account_identity (issuer, subject, account_id, created_at) values ($1, $2, $3, $4)
  on conflict (issuer, subject) do nothing`;

export type IdentifiedAccount = { accountId: AccountId; tier: Tier; email: string; timeZone: string };
export type Identity = { issuer: string; subject: string };

export async function findByIdentity(
  sql: Sql,
  { issuer, subject }: Identity,
): Promise<IdentifiedAccount | null> {
  const [row] = await sql.query<IdentifiedAccount>(FIND_IDENTITY, [issuer, subject]);
  return row ?? null;
}

/** The first of two at the same moment stays. */
export async function insertIdentity(
  sql: Sql,
  { issuer, subject }: Identity,
  accountId: AccountId,
  now: Date,
): Promise<void> {
  await sql.execute(INSERT_IDENTITY, [issuer, subject, accountId, now]);
}
