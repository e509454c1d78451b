import { Injectable } from '@nestjs/common';
import type { AccountId, DeliveryId, DestinationId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database, type Sql } from '../platform/database.js';
import { TicketBus, type Lane } from '../tickets/ticket-bus.js';

/** $1 account, $2 destination, $3 kind, $4 lane, $5 now. */
const ENQUEUE = `
  insert into delivery (account_id, destination_id, kind, lane, due_at, created_at)
  values ($1, $2, $3, $4, $5, $5) returning id`;

/** Makes what a destination missed due again. $1 account, $2 destination, $3 since, $4 now. Index: delivery_destination. */
const RECOVER = `
  update delivery set state = 'due', due_at = $4, tries = 0, reason = null, claim_id = null
  where account_id = $1 and destination_id = $2 and kind = 'alert' and state in ('dead', 'cancelled') and created_at >= $3`;

/** Puts deliveries that no alert made into the ledger, and brings back what was missed. */
@Injectable()
export class DeliveryQueue {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly bus: TicketBus,
  ) {}

  /** Inside the caller's transaction; ring the lane once that has committed. */
  async enqueue(
    sql: Sql,
    delivery: { kind: 'test' | 'confirm'; accountId: AccountId; destinationId: DestinationId; lane: Lane },
  ): Promise<DeliveryId> {
    const [row] = await sql.query<{ id: DeliveryId }>(ENQUEUE, [
      delivery.accountId,
      delivery.destinationId,
      delivery.kind,
      delivery.lane,
      this.clock.now(),
    ]);
    if (!row) throw new Error('inserting a delivery gave no id back');
    return row.id;
  }

  async ring(lane: Lane): Promise<void> {
    await this.bus.publish([{ lane }]);
  }

  /** @returns how many deliveries are due again */
  async recover(
    accountId: AccountId,
    destinationId: DestinationId,
    lane: Lane,
    since: Date,
  ): Promise<number> {
    const recovered = await this.database.execute(RECOVER, [
      accountId,
      destinationId,
      since,
      this.clock.now(),
    ]);
    if (recovered > 0) await this.ring(lane);
    return recovered;
  }
}
