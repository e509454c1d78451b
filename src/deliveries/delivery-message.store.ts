import type { ChatUser } from '../domain/alert-content.js';
import type { ChangeKind } from '../domain/delta.js';
import type { EchoKind } from '../domain/echo-kind.js';
import type { AlertId, DeliveryId, DestinationId } from '../domain/ids.js';
import type { Rank } from '../domain/severity.js';
import type { Sql, Transaction } from '../platform/database.js';
import type { LeasedDelivery } from './leased-delivery.store.js';

/**
 * Keeps what messages are known by, and what they tell of where that is not all of the alert: what was muted before must not
 * come with the next update. A delivery that is sent again has its newest. Indexes: primary keys.
 * $1 deliveries, $2 provider's ids, $3 those of the messages that they answer, $4 when, $5 the changes that each tells of, as
 * PostgreSQL writes arrays, or null.
 */
const KEEP_MESSAGES = `
  insert into delivery_message (delivery_id, provider_id, thread, at, change_ids)
  select given.id, given.provider_id, given.thread, given.at, nullif(given.change_ids::bigint[], al.change_ids)
  from unnest($1::bigint[], $2::text[], $3::text[], $4::timestamptz[], $5::text[])
    as given (id, provider_id, thread, at, change_ids)
  left join delivery d on d.id = given.id
  left join alert al on al.id = d.alert_id
  on conflict (delivery_id) do update set provider_id = excluded.provider_id, thread = excluded.thread, at = excluded.at,
    change_ids = excluded.change_ids`;

/**
 * The message that a follow-up answers: of the same account's alert on an earlier part of the revision, at the same
 * destination as it is set up now, and itself no answer. The newest of them, since an older one may be gone.
 * $1 delivery. Indexes: the unique keys of revision, alert and delivery.
 */
const FIND_FOLLOWED = `
  select ed.alert_id as "alertId", m.provider_id as "providerId"
  from delivery d
  join alert al on al.id = d.alert_id
  join revision r on r.id = al.revision_id
  join revision er on er.source = r.source and er.document_id = r.document_id and er.external_id = r.external_id
    and er.part < r.part
  join alert ea on ea.revision_id = er.id and ea.account_id = al.account_id
  join delivery ed on ed.alert_id = ea.id and ed.destination_id = d.destination_id and ed.echo_id is null
  join delivery_message m on m.delivery_id = ed.id and m.thread is null
  join destination t on t.id = d.destination_id and (t.resettled_at is null or t.resettled_at <= m.at)
  where d.id = $1
  order by er.part desc limit 1`;

/**
 * The message of an alert that an echo of it answers, at the same destination as it is set up now; of one that is an answer
 * itself, the thread that it stands in. $1 delivery. Indexes: primary keys, the unique key of delivery.
 */
const FIND_ECHOED = `
  select d.alert_id as "alertId", coalesce(m.thread, m.provider_id) as "providerId"
  from delivery d
  join delivery o on o.alert_id = d.alert_id and o.destination_id = d.destination_id and o.echo_id is null
  join delivery_message m on m.delivery_id = o.id
  join destination t on t.id = d.destination_id and (t.resettled_at is null or t.resettled_at <= m.at)
  where d.id = $1`;

/**
 * The messages of an alert that can be changed, with all that they show by now of what each told: neither what went back and stands
 * again, nor corrections that they were sent with.
 * $1 alert, $2 destination or null for all, $3 now. Indexes: the unique key of delivery, delivery_message_thread,
 * echo_revision.
 */
const FIND_SHOWN = `
  select d.id, d.kind, d.lane, d.notice, d.created_at as "createdAt", d.account_id as "accountId", a.tier,
    d.destination_id as "destinationId", t.settings, t.sealed, al.id as "alertId", al.revision_id as "revisionId",
    told.change_ids as "changeIds", cardinality(al.change_ids) as "alertChanges", r.corrected_at as "correctedAt",
    null::bigint as "echoId", null::jsonb as "toldBy", m.provider_id as "providerId",
    al.acknowledged_at as "acknowledgedAt", al.acknowledged_by as "acknowledgedBy",
    array(select unnest(told.change_ids) except select unnest(unmuted_changes(al.account_id, told.change_ids, $3)))
      as "mutedChangeIds",
    coalesce((select jsonb_agg(jsonb_build_object('id', w.id::text, 'name', w.name) order by w.id)
      from watchlist w join watchlist_destination wd on wd.watchlist_id = w.id and wd.destination_id = d.destination_id
      where w.id = any (al.watchlist_ids)), '[]') as watchlists,
    f.count as "followUps", f.changes as "followUpChanges",
    coalesce((select jsonb_agg(jsonb_build_object('about', e.kind, 'at', e.at) order by e.id)
      from echo e where e.revision_id = al.revision_id and e.change_ids && told.change_ids
        and (e.kind <> 'reverted' or exists (select from change c
          where c.id = any (e.change_ids) and c.id = any (told.change_ids) and c.undone_by is not null))
        and (e.kind <> 'corrected' or (select state from told_by(e.id, d.alert_id, d.destination_id)) = 'told')), '[]') as echoes
  from alert al
  join account a on a.id = al.account_id
  join revision r on r.id = al.revision_id
  join delivery d on d.alert_id = al.id and d.kind = 'alert'
  join destination t on t.id = d.destination_id
  join delivery_message m on m.delivery_id = d.id
  cross join lateral (select coalesce(m.change_ids, al.change_ids) as change_ids) told
  cross join lateral (
    select count(distinct fd.id)::integer as count,
      coalesce(jsonb_agg(jsonb_build_object('kind', c.kind, 'beforeRank', c.before_rank, 'afterRank', c.after_rank)
        order by c.id), '[]') as changes
    from delivery_message fm
    join delivery fd on fd.id = fm.delivery_id and fd.destination_id = d.destination_id and fd.kind = 'alert'
    join alert fa on fa.id = fd.alert_id
    join change c on c.id = any (coalesce(fm.change_ids, fa.change_ids))
    where fm.thread = m.provider_id) f
  where al.id = $1 and ($2::bigint is null or d.destination_id = $2) and t.status <> 'disabled'
  order by d.id`;

/** Whether an alert was acknowledged. Index: the primary key. $1 alert. */
const FIND_ACKNOWLEDGED = `select id from alert where id = $1 and acknowledged_at is not null`;

/** Nobody answers or follows up what is older. Index: delivery_message_at. $1 before. */
const REMOVE_OLD_MESSAGES = `delete from delivery_message where at < $1`;

/** What a delivered message is known by, and the changes that it tells of: null, or left out, when it is of no alert. */
export type KeptMessage = { providerId: string; thread: string | null; changeIds?: readonly string[] | null };

/** The message that a follow-up answers, and its alert. */
export type FollowedMessage = { alertId: AlertId; providerId: string };

/** What a message is made of; see LeasedDelivery. */
export type Told = Pick<
  LeasedDelivery,
  | 'id'
  | 'kind'
  | 'lane'
  | 'notice'
  | 'createdAt'
  | 'accountId'
  | 'tier'
  | 'destinationId'
  | 'settings'
  | 'sealed'
  | 'alertId'
  | 'revisionId'
  | 'changeIds'
  | 'alertChanges'
  | 'correctedAt'
  | 'echoId'
  | 'toldBy'
  | 'watchlists'
>;

export type ShownMessage = Told & {
  providerId: string;
  acknowledgedAt: Date | null;
  acknowledgedBy: ChatUser | null;
  mutedChangeIds: string[];
  followUps: number;
  echoes: { about: EchoKind; at: string }[];
  followUpChanges: { kind: ChangeKind; beforeRank: Rank; afterRank: Rank }[];
};

/** What became of deliveries, of those that were delivered by messages that are to be kept. */
export async function keepMessages(
  tx: Transaction,
  endings: readonly { id: DeliveryId; endedAt: Date; message?: KeptMessage | null }[],
): Promise<void> {
  const kept = endings.flatMap(({ id, endedAt, message }) => (message ? [{ id, endedAt, ...message }] : []));
  if (kept.length === 0) return;
  await tx.execute(KEEP_MESSAGES, [
    kept.map(({ id }) => id),
    kept.map(({ providerId }) => providerId),
    kept.map(({ thread }) => thread),
    kept.map(({ endedAt }) => endedAt),
    kept.map(({ changeIds }) => (changeIds ? `{${changeIds.join(',')}}` : null)),
  ]);
}

export async function findFollowed(sql: Sql, id: DeliveryId): Promise<FollowedMessage | null> {
  const [row] = await sql.query<FollowedMessage>(FIND_FOLLOWED, [id]);
  return row ?? null;
}

export async function findEchoed(sql: Sql, id: DeliveryId): Promise<FollowedMessage | null> {
  const [row] = await sql.query<FollowedMessage>(FIND_ECHOED, [id]);
  return row ?? null;
}

/** @param destinationId null for all destinations */
export async function findShown(
  sql: Sql,
  alertId: AlertId,
  destinationId: DestinationId | null,
  now: Date,
): Promise<ShownMessage[]> {
  return sql.query<ShownMessage>(FIND_SHOWN, [alertId, destinationId, now]);
}

export async function isAcknowledged(sql: Sql, alertId: AlertId): Promise<boolean> {
  return (await sql.query(FIND_ACKNOWLEDGED, [alertId])).length > 0;
}

export async function removeOldMessages(sql: Sql, before: Date): Promise<void> {
  await sql.execute(REMOVE_OLD_MESSAGES, [before]);
}
