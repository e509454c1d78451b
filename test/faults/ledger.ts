import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { sealSettings } from '../../src/channels/sealed-settings.js';
import { newSigningSecret } from '../../src/channels/signing-secret.js';
import type { DestinationId } from '../../src/domain/ids.js';
import { secretBox } from '../../src/platform/secret-box.js';
import type { Lane } from './receipts.js';

/*
 * All that the scenarios know of the tables. Whoever changes a table that is named here changes this file, and no scenario.
 */

/** $1 numbers of the accounts. Each account is the number's own: `N@followers.example`. */
const MAKE_ACCOUNTS = `
  insert into account (id, email, tier, created_at) overriding system value
  select n, n || '@followers.example', 'watcher', now() from unnest($1::bigint[]) as n`;

/** $1 ids, $2 accounts, $3 kinds, $4 settings, $5 sealed settings. */
const MAKE_DESTINATIONS = `
  insert into destination (id, account_id, kind, status, settings, sealed, created_at) overriding system value
  select id, account, kind, 'active', settings, sealed, now()
  from unnest($1::bigint[], $2::bigint[], $3::text[], $4::jsonb[], $5::bytea[]) as made (id, account, kind, settings, sealed)`;

/** One instant watchlist each, with all destinations of the account. $1 numbers, $2 the entity that it follows. */
const MAKE_WATCHLISTS = `
  with made as (
    insert into watchlist (account_id, name, min_rank, direction, min_change, kinds, cadence, created_at)
    select n, 'Watch', 1, 'any', 0, array['introduced', 'withdrawn', 'escalated', 'eased', 'reworded'], '{"mode": "instant"}', now()
    from unnest($1::bigint[]) as n returning id, account_id
  ), linked as (
    insert into watchlist_destination (watchlist_id, destination_id)
    select made.id, destination.id from made join destination using (account_id)
  )
  insert into follow (watchlist_id, kind, key, account_id, since) select id, 'entity', $2, account_id, now() from made`;

/** Ids that the identity columns gave away by hand are behind them. */
const MOVE_IDENTITIES = `
  select setval(pg_get_serial_sequence('account', 'id'), (select max(id) from account)),
    setval(pg_get_serial_sequence('destination', 'id'), (select max(id) from destination))`;

const COUNT_DELIVERED = `select count(*)::integer as count from delivery where state = 'delivered'`;
const COUNT_STATES = `select lane, state, count(*)::integer as count from delivery group by 1, 2 order by 1, 2`;
const LIST_DELIVERIES = `
  select id, state, lane, delivered_at as "deliveredAt", account_id as "accountId" from delivery`;
const COUNT_MADE = `
  select (select count(*)::integer from alert) as alerts, (select count(*)::integer from delivery) as deliveries,
    (select count(*)::integer from revision where settled_at is not null) as settled`;
const LIST_CHANGES = `select source, event_id as "eventId", count(*)::integer as count from change group by 1, 2`;
const LIST_PARTITIONS = `
  select child.relname as name, pg_get_expr(child.relpartbound, child.oid) as bounds from pg_inherits
  join pg_class child on child.oid = inhrelid where inhparent = 'delivery_attempt'::regclass order by 1`;

/** Where leases are kept, by the table: a lease ends when the due date of its row comes. */
const leaseTables = ['parcel', 'delivery'];

/** The first of these tables that holds claims. $1 names. */
const FIND_TABLE = `
  select table_name as name from information_schema.columns
  where table_schema = 'public' and column_name = 'claim_id' and table_name = any ($1)`;

/** Notes from now on who took which lease and when. A process tells its name by `application_name`. */
const traceLeases = (table: string) => `
  create table faults_lease (claim uuid not null, holder text not null, at timestamptz not null);
  create function faults_note_lease() returns trigger language plpgsql as $$
  begin
    insert into faults_lease values (new.claim_id, current_setting('application_name'), clock_timestamp());
    return null;
  end $$;
  create trigger faults_lease after update of claim_id on ${table} for each row
  when (new.claim_id is not null and new.claim_id is distinct from old.claim_id) execute function faults_note_lease()`;

/**
 * Ends leases now. Passes over what somebody has locked: a transaction that was cut off may keep its rows for long.
 * $1 of this holder or of all, $2 those taken until then or all.
 */
const endLeases = (table: string) => `
  update ${table} set due_at = now() where ctid = any (array(
    select ${table}.ctid from ${table}
    where due_at > now() and claim_id in (
      select claim from faults_lease where ($1::text is null or holder = $1) and ($2::timestamptz is null or at <= $2))
    for update skip locked))`;

/** Connections of one process that the server has not seen the end of. $1 its name. */
const COUNT_CONNECTIONS = `
  select count(*)::integer as count from pg_stat_activity where datname = current_database() and application_name = $1`;

export type DeliveryRow = {
  id: string;
  state: string;
  lane: Lane;
  deliveredAt: Date | null;
  accountId: string;
};
export type Ledger = Awaited<ReturnType<typeof openLedger>>;

/** What stands in the database, seen past the service; it shares no connection with it. */
export async function openLedger(url: string) {
  const pool = new pg.Pool({
    connectionString: url,
    max: 3,
    statement_timeout: 20_000,
    options: '-c timezone=UTC',
  });
  // A scenario may kill the server under it.
  pool.on('error', () => undefined);
  const rows = async <Row extends pg.QueryResultRow>(sql: string, parameters: unknown[] = []) =>
    (await pool.query<Row>(sql, parameters)).rows;
  const leaseTable = async () => {
    const [table] = await rows<{ name: string }>(FIND_TABLE, [leaseTables]);
    if (!table) throw new Error('there is no table of leases');
    return table.name;
  };

  return {
    async makeFollowers(wanted: {
      count: number;
      entity: string;
      lanes: readonly Lane[];
      hookUrl: (account: number) => string;
      secretKey: string;
    }): Promise<void> {
      const box = secretBox(wanted.secretKey);
      const numbers = Array.from({ length: wanted.count }, (_, index) => index + 1);
      const made = numbers.flatMap((account) =>
        wanted.lanes.map((lane, index) => {
          const id = String((account - 1) * wanted.lanes.length + index + 1);
          const { open, secret } = settingsOf(lane, account, wanted.hookUrl);
          return { id, account, lane, open, sealed: sealSettings(box, id as DestinationId, secret) };
        }),
      );
      await pool.query(MAKE_ACCOUNTS, [numbers]);
      await pool.query(MAKE_DESTINATIONS, [
        made.map(({ id }) => id),
        made.map(({ account }) => account),
        made.map(({ lane }) => lane),
        made.map(({ open }) => JSON.stringify(open)),
        made.map(({ sealed }) => sealed),
      ]);
      await pool.query(MAKE_WATCHLISTS, [numbers, wanted.entity]);
      await pool.query(MOVE_IDENTITIES);
      await pool.query('analyze');
    },
    countDelivered: async () => (await rows<{ count: number }>(COUNT_DELIVERED))[0]!.count,
    countStates: () => rows<{ lane: Lane; state: string; count: number }>(COUNT_STATES),
    countMade: async () =>
      (await rows<{ alerts: number; deliveries: number; settled: number }>(COUNT_MADE))[0]!,
    deliveries: () => rows<DeliveryRow>(LIST_DELIVERIES),
    changes: () => rows<{ source: string; eventId: string; count: number }>(LIST_CHANGES),
    attemptPartitions: () => rows<{ name: string; bounds: string }>(LIST_PARTITIONS),
    /** Has leases noted, so that they can be ended. To be called once the schema is there, before anything is leased. */
    async traceLeases(): Promise<void> {
      await pool.query(traceLeases(await leaseTable()));
    },
    /** Ends the leases of one process, which must be dead or frozen. */
    async endLeasesOf(holder: string): Promise<void> {
      await pool.query(endLeases(await leaseTable()), [holder, null]);
    },
    /** Resolves when the server is through with a killed process: a statement may have been on its way to its commit. */
    async untilDisconnected(holder: string): Promise<void> {
      while ((await rows<{ count: number }>(COUNT_CONNECTIONS, [holder]))[0]!.count > 0) await delay(20);
    },
    /** Ends the leases that were taken until a time, of the database's clock. */
    async endLeasesUntil(time: Date): Promise<void> {
      await pool.query(endLeases(await leaseTable()), [null, time]);
    },
    now: async () => (await rows<{ now: Date }>('select clock_timestamp() as now'))[0]!.now,
    /** Somebody else's transaction, which sees the database as it is now until it is let go. */
    async holdSnapshot(): Promise<() => Promise<void>> {
      const client = await pool.connect();
      await client.query('begin isolation level repeatable read');
      await client.query(COUNT_DELIVERED);
      return async () => {
        await client.query('rollback');
        client.release();
      };
    },
    rows,
    close: () => pool.end(),
  };
}

function settingsOf(lane: Lane, account: number, hookUrl: (account: number) => string) {
  const none = { settings: {}, signing: [] };
  switch (lane) {
    case 'webhook':
      return { open: { url: hookUrl(account) }, secret: { settings: {}, signing: [newSigningSecret()] } };
    case 'slack':
      return {
        open: { channel: `C${account}` },
        secret: { settings: { token: 'xoxb-faults-0000000001' }, signing: [] },
      };
    case 'email':
      return { open: { address: `${account}@followers.example` }, secret: none };
    default:
      return lane satisfies never;
  }
}
