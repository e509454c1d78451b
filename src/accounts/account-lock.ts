import type { AccountId } from '../domain/ids.js';
import type { Tier } from '../domain/tiers.js';
import type { Transaction } from '../platform/database.js';
import { notFound } from '../platform/http/problem.js';

/** `no key update` shuts out other counters, but not a fan-out that only refers to the account. $1 account. */
const LOCK_ACCOUNT = `select tier, email from account where id = $1 for no key update`;

/** What decides how much an account may have. */
export type AccountOwner = { tier: Tier; email: string };

/**
 * Locks an account until the transaction ends: whoever counts what it has, counts alone, so limits are exact.
 * Lock it before any row of its own, and nobody can deadlock.
 */
export async function lockAccount(tx: Transaction, id: AccountId): Promise<AccountOwner> {
  const [owner] = await tx.query<AccountOwner>(LOCK_ACCOUNT, [id]);
  if (!owner) throw notFound('account');
  return owner;
}
