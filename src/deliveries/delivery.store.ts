import type { AccountId, AlertId, DeliveryId, DestinationId, RevisionId } from '../domain/ids.js';
import type { Tier } from '../domain/tiers.js';
import type { Sql, Transaction } from '../platform/database.js';

/**
 * Leases due deliveries of one lane; an abandoned lease is due again when it ran out.
 * Index: delivery_due. $1 lane, $2 now, $3 limit, $4 claim, $5 lease ms.
 */
const LEASE_DUE = `
  with picked as (
    select id from delivery
    where lane = $1 and state in ('due', 'leased') and due_at <= $2
    order by due_at limit $3 for update skip locked)
  update delivery d
  set state = 'leased', claim_id = $4, tries = d.tries + 1, due_at = $2::timestamptz + $5 * interval '1 millisecond'
  from picked where d.id = picked.id
  returning d.id`;

/**
 * What is needed to send leased deliveries. `watchlists` are those that still want it: instant, still with this
 * destination, still following and wanting one of the changes. $1 ids.
 */
const FIND_LEASED = `
  select d.id, d.kind, d.lane, d.tries, d.created_at as "createdAt", d.account_id as "accountId",
    d.destination_id as "destinationId", a.tier, a.email,
    jsonb_build_object('kind', t.kind, 'status', t.status, 'settings', t.settings) as destination, t.sealed,
    al.id as "alertId", al.revision_id as "revisionId", al.change_ids as "changeIds",
    coalesce((
      select jsonb_agg(jsonb_build_object('id', w.id::text, 'name', w.name) order by w.id)
      from watchlist w
      join watchlist_destination wd on wd.watchlist_id = w.id and wd.destination_id = d.destination_id
      where w.id = any (al.watchlist_ids) and w.mode = 'instant' and exists (
        select from change c join change_subject s on s.change_id = c.id
        join follow f on f.watchlist_id = w.id and f.kind = s.kind and f.key = s.key
        where c.id = any (al.change_ids) and rule_wants(w.min_rank, w.direction, w.min_change, w.kinds, w.keyword_query,
        c.before_rank, c.after_rank, c.kind, c.changed_words))
    ), '[]') as watchlists
  from delivery d
  join account a on a.id = d.account_id
  join destination t on t.id = d.destination_id
  left join alert al on al.id = d.alert_id
  where d.id = any ($1)`;

/**
 * Records how attempts ended, whoever holds the lease; the fence is the claim: an outcome of a lease that was lost
 * touches nothing. $1 outcomes. @returns the ids that were recorded
 */
const RECORD_OUTCOMES = `
  with given as (
    select * from jsonb_to_recordset($1::jsonb) as given (id bigint, claim uuid, state text, "dueAt" timestamptz,
      reason text, at timestamptz, "endedAt" timestamptz, outcome text, status integer, ms integer, excerpt text)
  ), recorded as (
    update delivery d
    set state = given.state, due_at = coalesce(given."dueAt", d.due_at), reason = given.reason, claim_id = null,
      delivered_at = case when given.state = 'delivered' then given."endedAt" end
    from given where d.id = given.id and d.claim_id = given.claim
    returning d.id, given.claim
  ), attempted as (
    insert into delivery_attempt (delivery_id, at, outcome, status, ms, reason, excerpt)
    select id, at, outcome, status, ms, reason, excerpt
    from given join recorded using (id, claim) where outcome is not null
  )
  select id, claim from recorded`;

/** Gives leases back that were not used, so that others need not wait them out. $1 ids, $2 claims, $3 now. */
const RELEASE = `
  update delivery d set state = 'due', claim_id = null, tries = d.tries - 1, due_at = $3
  from unnest($1::bigint[], $2::uuid[]) as given (id, claim)
  where d.id = given.id and d.claim_id = given.claim`;

/** $1 destinations, $2 reasons. */
const DISABLE_DESTINATIONS = `
  update destination t set status = 'disabled', reason = given.reason
  from unnest($1::bigint[], $2::text[]) as given (id, reason)
  where t.id = given.id and t.status in ('active', 'pending')`;

export type LeasedDelivery = {
  id: DeliveryId;
  kind: 'alert' | 'test' | 'confirm';
  lane: string;
  tries: number;
  createdAt: Date;
  accountId: AccountId;
  destinationId: DestinationId;
  tier: Tier;
  email: string;
  destination: { kind: string; status: string; settings: Record<string, unknown> };
  sealed: Buffer | null;
  alertId: AlertId | null;
  revisionId: RevisionId | null;
  changeIds: string[] | null;
  watchlists: { id: string; name: string }[];
};

/** How one claimed delivery ended. `outcome` is null when no attempt was made. */
export type Ending = {
  id: DeliveryId;
  claim: string;
  state: 'due' | 'delivered' | 'dead' | 'cancelled';
  dueAt: Date | null;
  reason: string | null;
  /** When the attempt began, and when it ended. */
  at: Date;
  endedAt: Date;
  outcome: 'delivered' | 'retry' | 'permanent' | null;
  status: number | null;
  ms: number;
  excerpt: string | null;
  /** Set when the destination is to be disabled. */
  disable: DestinationId | null;
};

export async function leaseDue(
  sql: Sql,
  lease: { lane: string; now: Date; limit: number; claim: string; leaseMs: number },
): Promise<DeliveryId[]> {
  const rows = await sql.query<{ id: DeliveryId }>(LEASE_DUE, [
    lease.lane,
    lease.now,
    lease.limit,
    lease.claim,
    lease.leaseMs,
  ]);
  return rows.map((row) => row.id);
}

export async function findLeased(sql: Sql, ids: readonly DeliveryId[]): Promise<LeasedDelivery[]> {
  return sql.query<LeasedDelivery>(FIND_LEASED, [ids]);
}

/** @returns the ids whose lease still held */
export async function recordEndings(tx: Transaction, endings: readonly Ending[]): Promise<Set<DeliveryId>> {
  const rows = await tx.query<{ id: DeliveryId; claim: string }>(RECORD_OUTCOMES, [JSON.stringify(endings)]);
  const recorded = new Map(rows.map((row) => [row.id, row.claim]));
  const disabling = endings.filter(
    (ending) => ending.disable !== null && recorded.get(ending.id) === ending.claim,
  );
  if (disabling.length > 0) {
    await tx.execute(DISABLE_DESTINATIONS, [
      disabling.map((ending) => ending.disable),
      disabling.map((ending) => ending.reason),
    ]);
  }
  return new Set(recorded.keys());
}

export async function releaseLeases(
  sql: Sql,
  ids: readonly DeliveryId[],
  claims: readonly string[],
  now: Date,
) {
  await sql.execute(RELEASE, [ids, claims, now]);
}
