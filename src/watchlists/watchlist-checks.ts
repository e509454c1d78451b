import { tierLimit } from '../accounts/tier-limit.js';
import type { Cadence } from '../domain/cadence.js';
import { parseRowId, type AccountId, type DestinationId } from '../domain/ids.js';
import { mailboxKey } from '../domain/mailbox.js';
import { tiers, type Tier } from '../domain/tiers.js';
import type { Sql, Transaction } from '../platform/database.js';
import { Problem } from '../platform/http/problem.js';

/** Whether a search finds anything at all: punctuation alone holds no word. $1 keywords. */
const COUNT_SEARCHED_WORDS = `select numnode(websearch_to_tsquery('tocsin', $1::text)) as words`;

/** Which of the ids are the account's; they stay until the transaction ends. $1 account, $2 ids. */
const FIND_OWN_DESTINATIONS = `
  select id from destination where account_id = $1 and id = any($2::bigint[]) for key share`;

/** The destinations that are the account's own address. Index: destination_account. $1 account, $2 key of its mailbox. */
const FIND_OWN_ADDRESS = `
  select id from destination
  where account_id = $1 and kind = 'email' and coalesce(mailbox, lower(settings ->> 'address')) = $2
  for key share`;

/** The cadence of a watchlist whose maker named none: at once, where the tier holds it. */
export function defaultCadence(tier: Tier): Cadence {
  return tiers[tier].cadences.includes('instant')
    ? { mode: 'instant' }
    : { mode: 'weekly', on: 'monday', at: '08:00' };
}

/** @throws Problem 403 when the tier does not hold the cadence */
export function requireCadence(tier: Tier, { mode }: Cadence): void {
  const allowed = tiers[tier].cadences;
  if (allowed.includes(mode)) return;
  throw tierLimit(tier, { name: 'cadence', allowed, holds: `the cadence ${allowed.join(', ')}` }, (terms) =>
    terms.cadences.includes(mode),
  );
}

/** @throws Problem 422 when a digest should wait until changes have stood: it tells what stands in the end anyway */
export function requireInstant({ mode }: Cadence, confirmAfter: number | null): void {
  if (confirmAfter === null || mode === 'instant') return;
  throw new Problem(422, 'Only instant alerts can wait until a change has stood.', [
    { path: 'confirmAfter', message: `must be null with the cadence ${mode}` },
  ]);
}

/** @param count how many watchlists there will be. @throws Problem 403 when the tier holds fewer */
export function requireWatchlists(tier: Tier, count: number): void {
  const allowed = tiers[tier].watchlists;
  if (count <= allowed) return;
  const holds = allowed === 1 ? '1 watchlist' : `${allowed} watchlists`;
  throw tierLimit(tier, { name: 'watchlists', allowed, holds }, (terms) => count <= terms.watchlists);
}

/** @param count how many follows there will be, over all watchlists. @throws Problem 403 when the tier holds fewer */
export function requireFollows(tier: Tier, count: number): void {
  const allowed = tiers[tier].follows;
  if (count <= allowed) return;
  const limit = { name: 'follows', allowed, holds: `${allowed} follows over all watchlists` } as const;
  throw tierLimit(tier, limit, (terms) => count <= terms.follows);
}

/** @throws Problem 422 when PostgreSQL, which does the matching, finds no word to search for */
export async function requireSearchable(sql: Sql, keywords: string | null): Promise<void> {
  if (keywords === null) return;
  const [row] = await sql.query<{ words: number }>(COUNT_SEARCHED_WORDS, [keywords]);
  if (row && row.words > 0) return;
  throw new Problem(422, 'The keywords search for nothing.', [
    { path: 'rule.keywords', message: 'must hold a word to search for, such as "class action" -trial' },
  ]);
}

/** @throws Problem 422 naming every id that is not one of the account's destinations */
export async function requireOwnDestinations(
  tx: Transaction,
  accountId: AccountId,
  given: readonly string[],
): Promise<DestinationId[]> {
  const ids = given.filter((id) => parseRowId(id) !== null);
  const rows = await tx.query<{ id: DestinationId }>(FIND_OWN_DESTINATIONS, [accountId, ids]);
  const own = new Set<string>(rows.map((row) => row.id));
  const faults = given.flatMap((id, index) =>
    own.has(id)
      ? []
      : [{ path: `destinationIds[${index}]`, message: 'must be the id of one of your destinations' }],
  );
  if (faults.length > 0) throw new Problem(422, 'A destination is not there: see errors.', faults);
  return rows.map((row) => row.id);
}

/** @returns none when the account has given its own address up */
export async function ownAddress(
  tx: Transaction,
  accountId: AccountId,
  address: string,
): Promise<DestinationId[]> {
  const rows = await tx.query<{ id: DestinationId }>(FIND_OWN_ADDRESS, [accountId, mailboxKey(address)]);
  return rows.map((row) => row.id);
}
