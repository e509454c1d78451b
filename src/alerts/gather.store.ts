import type { Transaction } from '../platform/database.js';
import type { FanOutRange, FanOutTerms } from './fan-out.store.js';

/** A dense range was fanned out without nested loops: what is gathered is looked up row by row. */
const ALLOW_LOOKUPS = `select set_config('enable_nestloop', 'on', true)`;

/**
 * Ends the digests of a range whose window is over: what is gathered now belongs to the next one. In the same order as all
 * that lock bundles. $1 from account, $2 until account, $3 now. Index: bundle_account.
 */
const END_OVER = `
  with over as materialized (
    select delivery_id from bundle
    where account_id >= $1 and account_id < $2 and ended_at is null and until_at <= $3 and kind = 'digest'
    order by destination_id, cadence for no key update
  )
  update bundle set ended_at = until_at from over where bundle.delivery_id = over.delivery_id`;

/**
 * Gathers what a range that was fanned out in this transaction has for digests: a cancelled delivery that names the bundle of
 * its destination and cadence, which is opened where none is. Instant watchlists that wait until a change has stood get
 * deliveries that are due then, in parcels of their own. A destination that gets the alert at once, or sooner, gets it once: the
 * instant one wins, then the one that waits, then the digest whose window ends first, as near as the wall clock tells.
 *
 * A destination that is not at work has its digests gathered too: they are cancelled when they are due, and can be recovered.
 *
 * As with fan-out, no plan is worse than a lookup a row: whatever else holds rows of all accounts is asked by one of them.
 * The full join finds no more than a left one, but is never a loop in a loop: of 5,000 accounts that took 10 s.
 * $1 revision, $2 from account, $3 until account, $4 now, $5 tiers and $6 modes: which tier holds which cadence, $7 tiers that
 * hold every channel. Indexes: the unique key of (revision, account), the primary keys, delivery_alert, bundle_open.
 */
const GATHER_RANGE = `
  with made as materialized (
    select al.id, al.account_id, al.watchlist_ids, a.tier, a.email, $4::timestamptz at time zone a.time_zone as local,
      (select max(time) from change where id = any (al.change_ids)) as changed_at
    from alert al join account a on a.id = al.account_id and a.id >= $2 and a.id < $3
    where al.revision_id = $1 and al.account_id >= $2 and al.account_id < $3 and al.created_at = $4
  ), wanted as (
    select distinct on (m.id, d.id) m.id as alert_id, m.account_id, d.id as destination_id, d.kind as lane, d.status,
      w.mode, case when w.mode <> 'instant' then w.cadence - 'heartbeat' end as cadence,
      greatest($4, m.changed_at + w.confirm_after * interval '1 hour') as confirmed_at
    from made m
    cross join lateral (
      select w.mode, w.cadence, w.confirm_after, wd.destination_id
      from watchlist w join watchlist_destination wd on wd.watchlist_id = w.id
      where w.id = any (m.watchlist_ids) and (w.mode <> 'instant' or w.confirm_after is not null) offset 0) w
    join unnest($5::text[], $6::text[]) as held (tier, mode) on held.tier = m.tier and held.mode = w.mode
    join destination d on d.id = w.destination_id and d.account_id >= $2 and d.account_id < $3 and d.status <> 'pending'
      and (m.tier = any ($7) or d.kind = 'email' and lower(d.settings ->> 'address') = lower(m.email))
    where (select id from delivery told where told.alert_id = m.id and told.destination_id = d.id limit 1) is null
    order by m.id, d.id, array_position(array['instant', 'hourly', 'daily', 'weekly'], w.mode), w.confirm_after,
      (array_position(array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
        w.cadence ->> 'on') - extract(isodow from m.local)::integer + 7) % 7,
      (extract(epoch from (w.cadence ->> 'at')::time) - extract(epoch from m.local::time) + 86400)::numeric % 86400,
      w.cadence
  ), gathered as materialized (
    select * from wanted
  ), opened as (
    insert into bundle (delivery_id, kind, destination_id, account_id, cadence, began_at)
    select nextval('delivery_id_seq'), 'digest', destination_id, account_id, cadence, $4
    from (select distinct destination_id, account_id, cadence from gathered where cadence is not null
      order by destination_id, cadence) windows
    on conflict (destination_id, kind, cadence) where ended_at is null do update set began_at = bundle.began_at
    returning delivery_id, destination_id, cadence
  ), sent as (
    insert into delivery (alert_id, account_id, destination_id, lane, state, reason, summary_id, parcel_id, due_at, created_at)
    select g.alert_id, g.account_id, g.destination_id, g.lane,
      case when g.cadence is null and g.status = 'active' then 'due' else 'cancelled' end,
      case when g.cadence is not null then 'told in the ' || g.mode || ' digest'
        when g.status <> 'active' then 'the destination was ' || g.status
        else 'waits until the change has stood for as long as the watchlist asks' end,
      o.delivery_id, case when g.cadence is null and g.status = 'active' then nextval('parcel_id_seq') end,
      case when g.cadence is null then g.confirmed_at else $4 end, $4
    from gathered g full join opened o on o.destination_id = g.destination_id and o.cadence = g.cadence
    returning id, lane, parcel_id, due_at
  ), parcelled as (
    insert into parcel (id, lane, bulk, first_id, last_id, due_at)
    select parcel_id, lane, false, id, id, due_at from sent where parcel_id is not null
  )
  select (select count(*)::integer from sent where parcel_id is not null) as waiting,
    (select count(*)::integer from sent where parcel_id is null) as gathered`;

/** The cadences that each tier holds, as pairs. */
export type HeldCadences = readonly { tier: string; mode: string }[];

/** First of all that gathers in a transaction of fan-out. */
export async function allowLookups(tx: Transaction): Promise<void> {
  await tx.query(ALLOW_LOOKUPS);
}

/** Before `gatherRange` in its transaction. */
export async function endOverDigests(tx: Transaction, range: FanOutRange, now: Date): Promise<void> {
  await tx.execute(END_OVER, [range.fromAccount, range.untilAccount, now]);
}

/** @returns how many deliveries wait until a change has stood, and how many are told in digests */
export async function gatherRange(
  tx: Transaction,
  range: FanOutRange,
  now: Date,
  terms: Pick<FanOutTerms, 'everyChannelTiers'> & { heldCadences: HeldCadences },
): Promise<{ waiting: number; gathered: number }> {
  const [row] = await tx.query<{ waiting: number; gathered: number }>(GATHER_RANGE, [
    range.revisionId,
    range.fromAccount,
    range.untilAccount,
    now,
    terms.heldCadences.map(({ tier }) => tier),
    terms.heldCadences.map(({ mode }) => mode),
    terms.everyChannelTiers,
  ]);
  return row ?? { waiting: 0, gathered: 0 };
}
