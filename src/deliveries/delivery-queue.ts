import { Injectable } from '@nestjs/common';
import type { AccountId, DeliveryId, DestinationId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database, type Sql } from '../platform/database.js';
import { TicketBus, type Lane } from '../tickets/ticket-bus.js';
import { type ReplayedChunk, replayChunk, replayOne, type ReplayFilter } from './replay.store.js';

/** Deliveries that are looked at in one transaction: a tenth of a second when all are made due again. */
const chunkSize = 2_000;
/** So many of a replay go as new alerts do, the rest after those of everybody. */
const mostFresh = 1_000;

/**
 * A delivery with its parcel, if account and destination are still there; they then stay until the transaction ends.
 * $1 account, $2 destination, $3 kind, $4 lane, $5 notice, $6 now.
 */
const ENQUEUE = `
  with place as materialized (
    select t.id, nextval('parcel_id_seq') as parcel_id
    from account a join destination t on t.account_id = a.id
    where a.id = $1 and t.id = $2 for key share
  ), made as (
    insert into delivery (account_id, destination_id, kind, lane, notice, parcel_id, due_at, created_at)
    select $1, id, $3, $4, $5, parcel_id, $6::timestamptz, $6::timestamptz from place
    returning id, parcel_id
  ), parcelled as (
    insert into parcel (id, lane, first_id, last_id, due_at) select parcel_id, $4, id, id, $6 from made
  )
  select id from made`;

type NewDelivery = {
  kind: 'test' | 'confirm' | 'notice';
  accountId: AccountId;
  destinationId: DestinationId;
  lane: Lane;
  /** What a notice tells. */
  notice?: unknown;
};

/** Puts deliveries that no alert made into the ledger, and those that ended back. */
@Injectable()
export class DeliveryQueue {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly bus: TicketBus,
  ) {}

  /**
   * Inside the caller's transaction; ring the lane once that has committed.
   *
   * @returns null when the destination is not there any more
   */
  async enqueue(sql: Sql, delivery: NewDelivery): Promise<DeliveryId | null> {
    const { accountId, destinationId, kind, lane, notice } = delivery;
    const [row] = await sql.query<{ id: DeliveryId }>(ENQUEUE, [
      accountId,
      destinationId,
      kind,
      lane,
      notice === undefined ? null : JSON.stringify(notice),
      this.clock.now(),
    ]);
    return row?.id ?? null;
  }

  async ring(lane: Lane): Promise<void> {
    await this.bus.publish([{ lane }]);
  }

  /** Sends an ended delivery again, by its old ids; not where the destination is not at work, nor what went back since. */
  async replay(
    accountId: AccountId,
    id: DeliveryId,
  ): Promise<'replayed' | 'not ended' | 'not at work' | 'undone'> {
    const found = await this.database.transaction(async (tx) =>
      replayOne(tx, accountId, id, this.clock.now()),
    );
    if (found === null) return 'not ended';
    if (found.became === 'replayed') await this.ring(found.lane);
    return found.became;
  }

  /**
   * Sends again, by their old ids, those of an account's alerts that were not delivered, or, when that is asked for, all
   * that have ended. What is due or on its way is never touched. Commits chunk by chunk: cut off and repeated, it goes on
   * with what is left, but what was delivered may then be sent once more.
   *
   * Beyond the first ones they are bulk: a big replay holds up nobody's new alerts.
   */
  async replayAll(
    accountId: AccountId,
    filter: ReplayFilter,
  ): Promise<{ replayed: number; skipped: number }> {
    const done = { replayed: 0, skipped: 0 };
    let afterId: string | null = '0';
    while (afterId !== null) {
      const bulk = done.replayed >= mostFresh;
      const chunk = { afterId, limit: chunkSize, now: this.clock.now(), bulk };
      const went: ReplayedChunk = await this.database.transaction(async (tx) =>
        replayChunk(tx, accountId, filter, chunk),
      );
      if (went.lanes.length > 0) await this.bus.publish(went.lanes.map((lane) => ({ lane })));
      done.replayed += went.replayed;
      done.skipped += went.skipped;
      afterId = went.walked < chunkSize ? null : went.lastId;
    }
    return done;
  }
}
