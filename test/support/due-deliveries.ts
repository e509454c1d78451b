import type { Ending } from '../../src/deliveries/ending.store.js';
import type { DeliveryId } from '../../src/domain/ids.js';
import type { TestApp } from './app.js';

const ONE_EACH = `
  with made as (
    insert into delivery (account_id, destination_id, kind, lane, parcel_id, due_at, created_at)
    select $1, $2, 'test', $3, nextval('parcel_id_seq'), $4, $4 from generate_series(1, $6::integer)
    returning id, parcel_id
  ), parcelled as (
    insert into parcel (id, lane, bulk, first_id, last_id, due_at) select parcel_id, $3, $5, id, id, $4 from made
  )
  select id from made order by id`;

const ONE_RANGE = `
  with range as materialized (select nextval('parcel_id_seq') as id), made as (
    insert into delivery (account_id, destination_id, kind, lane, parcel_id, due_at, created_at)
    select $1, $2, 'test', $3, range.id, $4, $4 from range, generate_series(1, $6::integer)
    returning id
  ), parcelled as (
    insert into parcel (id, lane, bulk, first_id, last_id, due_at)
    select range.id, $3, $5, (select min(id) from made), (select max(id) from made), $4 from range
  )
  select id from made order by id`;

type Due = {
  accountId: string;
  destinationId: string;
  lane?: string;
  bulk?: boolean;
  /** In one parcel; otherwise each has its own. */
  inOneRange?: boolean;
};

/** Puts deliveries of tests into the ledger that are due now. @returns their ids, in order */
export async function makeDue(
  app: TestApp,
  count: number,
  { accountId, destinationId, lane = 'webhook', bulk = false, inOneRange = false }: Due,
): Promise<DeliveryId[]> {
  const rows = await app.database.query<{ id: DeliveryId }>(inOneRange ? ONE_RANGE : ONE_EACH, [
    accountId,
    destinationId,
    lane,
    app.clock.now(),
    bulk,
    count,
  ]);
  return rows.map(({ id }) => id);
}

/** What a worker would record of a delivery that arrived; `of` names it and says what else came of it. */
export function endingOf(
  app: TestApp,
  of: Partial<Ending> & Pick<Ending, 'id' | 'parcelId' | 'claim' | 'accountId' | 'destinationId'>,
): Ending {
  return {
    lane: 'webhook',
    state: 'delivered',
    dueAt: null,
    paced: false,
    reason: null,
    at: app.clock.now(),
    endedAt: app.clock.now(),
    outcome: 'delivered',
    status: 204,
    ms: 1,
    excerpt: null,
    triesBefore: 0,
    failingSince: null,
    disable: false,
    fault: null,
    ...of,
  };
}

export type ParcelRow = {
  id: string;
  bulk: boolean;
  firstId: string;
  lastId: string;
  dueAt: Date;
  claim: string | null;
  claims: number;
};

/** The parcels of a lane, by their first delivery. */
export async function parcelsOf(app: TestApp, lane: string): Promise<ParcelRow[]> {
  return app.database.query<ParcelRow>(
    `select id, bulk, first_id as "firstId", last_id as "lastId", due_at as "dueAt", claim_id as claim, claims
     from parcel where lane = $1 order by first_id, last_id`,
    [lane],
  );
}

/** How deliveries stand in the ledger, by their ids. */
export async function rowsOf(
  app: TestApp,
  ids: readonly string[],
): Promise<{ id: string; state: string; tries: number; reason: string | null; parcelId: string | null }[]> {
  return app.database.query(
    `select id, state, tries, reason, parcel_id as "parcelId" from delivery where id = any ($1) order by id`,
    [ids],
  );
}

/** The log of a delivery's attempts, oldest first. */
export async function loggedOf(
  app: TestApp,
  id: string,
): Promise<{ outcome: string; status: number | null }[]> {
  return app.database.query(
    `select outcome, status from delivery_attempt where delivery_id = $1 order by at`,
    [id],
  );
}
