import type { DeliveryKind } from '../domain/delivery-kind.js';
import type { AccountId, AlertId, ChangeId, DeliveryId, DestinationId, WatchlistId } from '../domain/ids.js';
import type { MuteKind } from '../domain/mute.js';
import type { SilenceReason } from '../domain/silence.js';
import type { Sql } from '../platform/database.js';
import type { ChangeInShort } from './judged-change.store.js';

/** A change in short. Index: the primary key. $1 change. */
const FIND_CHANGE = `
  select id, time, received_at as "receivedAt", kind, before_rank as "beforeRank", after_rank as "afterRank", labels
  from change where id = $1`;

/** The account's watchlists, oldest first, and until when they sleep. Index: watchlist_account. $1 account, $2 now. */
const LIST_WATCHLISTS = `
  select id, name, case when snoozed_until > $2 then snoozed_until end as "snoozedUntil"
  from watchlist where account_id = $1 order by id`;

/** Mutes that hold for a change. Indexes: primary keys. $1 account, $2 change, $3 now. */
const LIST_MUTES = `
  select m.kind, m.key, m.since, m.until
  from change_subject s join mute m on m.account_id = $1 and m.kind = s.kind and m.key = s.key
  where s.change_id = $2 and (m.until is null or m.until > $3) order by m.kind, m.key`;

/** The alert that tells of a change, if the account has one. Index: the unique key of alert. $1 account, $2 change. */
const FIND_ALERT = `
  select al.id, al.created_at as "createdAt"
  from change c join alert al on al.revision_id = c.revision_id and al.account_id = $1 and al.change_ids @> array[c.id]
  where c.id = $2`;

/**
 * The deliveries of an alert, each with what it was gathered into, and why those of the alert itself leave out a change. A bundle
 * that was cancelled speaks for what it gathered. Indexes: delivery_alert, the primary keys. $1 alert, $2 change.
 */
const LIST_DELIVERIES = `
  select d.id, d.kind, d.state, case when s.state = 'cancelled' then s.reason else d.reason end as reason,
    d.delivered_at as "deliveredAt", s.kind as gathered, s.state as "gatheredState",
    case when d.kind = 'alert' then left_out(d.id, $2) end as "leftOut",
    t.id as "destinationId", t.kind as "destinationKind", t.label, t.status
  from delivery d
  join destination t on t.id = d.destination_id
  left join delivery s on s.id = d.summary_id and d.state = 'cancelled'
  where d.alert_id = $1 order by d.id`;

export type WhyWatchlist = { id: WatchlistId; name: string; snoozedUntil: Date | null };
export type WhyMute = { kind: MuteKind; key: string; since: Date; until: Date | null };
export type WhyAlert = { id: AlertId; createdAt: Date };
type EndState = 'due' | 'delivered' | 'dead' | 'cancelled';
export type WhyDelivery = {
  id: DeliveryId;
  kind: DeliveryKind;
  state: EndState;
  reason: string | null;
  deliveredAt: Date | null;
  /** The kind of the delivery that tells it together with others, and how that fares; null when it stands by itself. */
  gathered: DeliveryKind | null;
  gatheredState: EndState | null;
  /** Why it does not tell the change; null when it did, is about to, or tells what became of the alert. */
  leftOut: SilenceReason | 'unwanted' | null;
  destinationId: DestinationId;
  destinationKind: string;
  label: string | null;
  status: string;
};

export async function findChange(sql: Sql, id: ChangeId): Promise<ChangeInShort | null> {
  const [row] = await sql.query<ChangeInShort>(FIND_CHANGE, [id]);
  return row ?? null;
}

export async function listWatchlists(sql: Sql, accountId: AccountId, now: Date): Promise<WhyWatchlist[]> {
  return sql.query<WhyWatchlist>(LIST_WATCHLISTS, [accountId, now]);
}

export async function listMutes(sql: Sql, accountId: AccountId, id: ChangeId, now: Date): Promise<WhyMute[]> {
  return sql.query<WhyMute>(LIST_MUTES, [accountId, id, now]);
}

export async function findAlert(sql: Sql, accountId: AccountId, id: ChangeId): Promise<WhyAlert | null> {
  const [row] = await sql.query<WhyAlert>(FIND_ALERT, [accountId, id]);
  return row ?? null;
}

export async function listDeliveries(sql: Sql, id: AlertId, changeId: ChangeId): Promise<WhyDelivery[]> {
  return sql.query<WhyDelivery>(LIST_DELIVERIES, [id, changeId]);
}
