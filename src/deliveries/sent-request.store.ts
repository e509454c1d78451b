import type { AccountId, DeliveryId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';
import type { LeasedDelivery } from './leased-delivery.store.js';

/**
 * A delivery with all that its message is made of, whatever became of it, as READ_PARCELS has those that are due; nothing
 * sealed. `watchlists` are those that matched and lead to its destination still; `changeIds` are those that are not muted, or all when
 * all of them are. Index: the primary keys. $1 account, $2 id, $3 now.
 */
const FIND_TO_SHOW = `
  select d.id, '0' as "parcelId", d.kind, d.lane, d.tries, d.notice, d.created_at as "createdAt", false as "isFresh",
    d.account_id as "accountId", a.tier, a.email, d.destination_id as "destinationId", t.kind as "destinationKind",
    t.status as "destinationStatus", t.settings, null::bytea as sealed, t.failing_since as "failingSince",
    al.id as "alertId", al.revision_id as "revisionId",
    coalesce(nullif(case when d.kind = 'echo' then echo_changes(d.echo_id, d.alert_id, d.destination_id, al.change_ids)
      else unmuted_changes(d.account_id, al.change_ids, $3) end, '{}'), al.change_ids) as "changeIds",
    cardinality(al.change_ids) as "alertChanges", false as "isPart", false as "isUndone", false as "isTakenOff", d.echo_id as "echoId",
    (select corrected_at from revision where id = al.revision_id) as "correctedAt", null::jsonb as "toldBy",
    coalesce((
      select jsonb_agg(jsonb_build_object('id', w.id::text, 'name', w.name) order by w.id)
      from unnest(al.watchlist_ids) as matched (id)
      join watchlist w on w.id = matched.id
      join watchlist_destination wd on wd.watchlist_id = w.id and wd.destination_id = d.destination_id
    ), '[]') as watchlists
  from delivery d join account a on a.id = d.account_id join destination t on t.id = d.destination_id
  left join alert al on al.id = d.alert_id
  where d.account_id = $1 and d.id = $2`;

/** @returns null when the account has no such delivery */
export async function findToShow(
  sql: Sql,
  accountId: AccountId,
  id: DeliveryId,
  now: Date,
): Promise<LeasedDelivery | null> {
  const [row] = await sql.query<LeasedDelivery>(FIND_TO_SHOW, [accountId, id, now]);
  return row ?? null;
}
