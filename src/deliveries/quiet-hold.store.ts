import { planBundles } from '../alerts/bundle-windows.js';
import type { Transaction } from '../platform/database.js';
import type { Ending } from './ending.store.js';

/**
 * Gathers alerts that quiet hours hold into the bundle of their destination, which is opened where none is. Their deliveries were
 * cancelled in the same transaction. $1 deliveries, $2 now. Indexes: the primary key, bundle_open.
 */
const GATHER_HELD = `
  with held as materialized (
    select id, account_id, destination_id from delivery where id = any ($1::bigint[])
  ), opened as (
    insert into bundle (delivery_id, kind, destination_id, account_id, began_at)
    select nextval('delivery_id_seq'), 'quiet', destination_id, account_id, $2
    from (select distinct destination_id, account_id from held order by destination_id) places
    on conflict (destination_id, kind, cadence) where ended_at is null do update set began_at = bundle.began_at
    returning delivery_id, destination_id
  )
  update delivery d set summary_id = o.delivery_id
  from held h join opened o on o.destination_id = h.destination_id where d.id = h.id`;

const allAccounts = { fromAccount: '0', untilAccount: '9223372036854775807' };

/** In the transaction that records that they are held: none is neither sent nor gathered. */
export async function holdOver(tx: Transaction, endings: readonly Ending[], now: Date): Promise<void> {
  const held = endings.filter((ending) => ending.held === true);
  if (held.length === 0) return;
  await tx.execute(GATHER_HELD, [held.map(({ id }) => id), now]);
  const accountIds = [...new Set(held.map(({ accountId }) => accountId))];
  await planBundles(tx, { ...allAccounts, accountIds }, now);
}
