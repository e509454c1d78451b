import type { Transaction } from '../platform/database.js';
import type { Ending } from './ending.store.js';

/**
 * Keeps what messages told that did not tell all of their alert, and what digests told: an echo is about nothing else. What is sent
 * again has told both. $1 deliveries, $2 their changes, as PostgreSQL writes arrays.
 */
const KEEP_TOLD = `
  insert into delivery_told (delivery_id, change_ids)
  select id, change_ids::bigint[] from unnest($1::bigint[], $2::text[]) as told (id, change_ids)
  on conflict (delivery_id) do update
    set change_ids = array(select unnest(delivery_told.change_ids) union select unnest(excluded.change_ids))`;

export async function keepTold(
  tx: Transaction,
  endings: readonly Pick<Ending, 'id' | 'told'>[],
): Promise<void> {
  const parts = endings.filter(({ told }) => told);
  if (parts.length === 0) return;
  await tx.execute(KEEP_TOLD, [
    parts.map(({ id }) => id),
    parts.map(({ told }) => `{${(told ?? []).join(',')}}`),
  ]);
}
