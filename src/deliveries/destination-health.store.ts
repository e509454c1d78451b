import { unsubscribedReason } from '../destinations/destination.js';
import type { DestinationId } from '../domain/ids.js';
import { mailboxKey } from '../domain/mailbox.js';
import type { Transaction } from '../platform/database.js';

/**
 * Counts deliveries that failed at their first attempt. Locked in the order of ids, so that two workers don't deadlock.
 * $1 destinations, $2 how many of each, $3 now.
 */
const COUNT_FAILED = `
  with given as (
    select t.id, given.failed from unnest($1::bigint[], $2::integer[]) as given (id, failed)
    join destination t on t.id = given.id order by t.id for no key update of t)
  update destination t
  set failed_in_row = t.failed_in_row + given.failed, failing_since = coalesce(t.failing_since, $3)
  from given where t.id = given.id
  returning t.id, t.failed_in_row as "failedInRow", t.failed_in_row - given.failed as "failedBefore"`;

/** A delivery succeeded: whatever failed before is over. $1 destinations. */
const RECOVERED = `
  update destination set failed_in_row = 0, failing_since = null where id = any ($1) and failing_since is not null`;

/**
 * Those of the destinations to which something was delivered since they began to fail: what was under way meanwhile did not
 * know that they fail, and did not say so. Among their latest deliveries, which is where it would be. $1 destinations.
 * Index: delivery_destination.
 */
const DELIVERED_SINCE = `
  select t.id from destination t where t.id = any ($1) and exists (
    select from (select kind, delivered_at from delivery where destination_id = t.id order by id desc limit 200) latest
    where latest.kind <> 'notice' and latest.delivered_at > t.failing_since)`;

/** Takes destinations out of work. $1 destinations, $2 reasons. @returns those that were at work until now */
const DISABLE = `
  update destination t set status = 'disabled', reason = given.reason
  from unnest($1::bigint[], $2::text[]) as given (id, reason)
  where t.id = given.id and t.status in ('active', 'pending')
  returning t.id`;

/** Those of the destinations that fail since before $2, with more than one delivery. $1 destinations, $2 before, $3 least
 * failed in a row. */
const FIND_LONG_FAILING = `
  select id from destination
  where id = any ($1) and status = 'active' and failing_since <= $2 and failed_in_row >= $3`;

/** Where the owners of destinations are told. $1 destinations. */
const FIND_OWNERS = `
  select t.id, a.email from destination t join account a on a.id = t.account_id where t.id = any ($1)`;

/**
 * A mail to the owner about each destination, but where it would go the way that fails, or the owner's own mailbox is
 * disabled, or gets no mail since its reader stopped all of it. Not in the transaction's way: it is a delivery as any other.
 * $1 destinations, $2 what happened, $3 reasons, $4 lane, $5 now, $6 keys of the owners' mailboxes, $7 the reason where a
 * reader stopped all mail.
 */
const ENQUEUE_NOTICES = `
  with told as (
    select t.id, t.account_id, nextval('parcel_id_seq') as parcel_id, jsonb_build_object('about', given.about,
      'kind', t.kind, 'label', t.label, 'reason', given.reason, 'since', t.failing_since) as notice
    from unnest($1::bigint[], $2::text[], $3::text[], $6::text[]) as given (id, about, reason, mailbox)
    join destination t on t.id = given.id
    where not (t.kind = $4 and coalesce(t.mailbox, lower(t.settings ->> 'address')) = given.mailbox)
      and not exists (select from destination own where own.account_id = t.account_id and own.kind = $4
        and (own.status = 'disabled' or own.status = 'paused' and own.reason = $7)
        and coalesce(own.mailbox, lower(own.settings ->> 'address')) = given.mailbox)
  ), made as (
    insert into delivery (account_id, destination_id, kind, lane, notice, parcel_id, due_at, created_at)
    select account_id, id, 'notice', $4, notice, parcel_id, $5::timestamptz, $5::timestamptz from told
    returning id, parcel_id
  )
  insert into parcel (id, lane, first_id, last_id, due_at) select parcel_id, $4, id, id, $5 from made`;

export type FailedDestination = {
  id: DestinationId;
  /** Deliveries in a row that failed, before these were counted and since. */
  failedBefore: number;
  failedInRow: number;
};

export async function countFailed(
  tx: Transaction,
  failed: ReadonlyMap<DestinationId, number>,
  now: Date,
): Promise<FailedDestination[]> {
  return tx.query<FailedDestination>(COUNT_FAILED, [[...failed.keys()], [...failed.values()], now]);
}

export async function recovered(tx: Transaction, ids: readonly DestinationId[]): Promise<void> {
  await tx.execute(RECOVERED, [ids]);
}

/** @returns those of the destinations that took something since they began to fail */
export async function deliveredSince(
  tx: Transaction,
  ids: readonly DestinationId[],
): Promise<DestinationId[]> {
  return (await tx.query<{ id: DestinationId }>(DELIVERED_SINCE, [ids])).map(({ id }) => id);
}

/** @returns those that were at work until now */
export async function disable(
  tx: Transaction,
  reasons: ReadonlyMap<DestinationId, string>,
): Promise<DestinationId[]> {
  const rows = await tx.query<{ id: DestinationId }>(DISABLE, [[...reasons.keys()], [...reasons.values()]]);
  return rows.map((row) => row.id);
}

export async function findLongFailing(
  tx: Transaction,
  ids: readonly DestinationId[],
  before: Date,
  leastInRow: number,
): Promise<DestinationId[]> {
  const rows = await tx.query<{ id: DestinationId }>(FIND_LONG_FAILING, [ids, before, leastInRow]);
  return rows.map((row) => row.id);
}

export async function enqueueNotices(
  tx: Transaction,
  notices: readonly { id: DestinationId; about: 'failing' | 'disabled'; reason: string }[],
  lane: string,
  now: Date,
): Promise<void> {
  const ids = notices.map(({ id }) => id);
  const owners = await tx.query<{ id: DestinationId; email: string }>(FIND_OWNERS, [ids]);
  const mailboxes = new Map(owners.map(({ id, email }) => [id, mailboxKey(email)]));
  await tx.execute(ENQUEUE_NOTICES, [
    ids,
    notices.map(({ about }) => about),
    notices.map(({ reason }) => reason),
    lane,
    now,
    ids.map((id) => mailboxes.get(id) ?? ''),
    unsubscribedReason,
  ]);
}
