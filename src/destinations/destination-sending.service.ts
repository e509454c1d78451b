import { Injectable } from '@nestjs/common';
import { ChannelRegistry } from '../channels/registry.js';
import { DeliveryQueue } from '../deliveries/delivery-queue.js';
import type { AccountId, DeliveryId, DestinationId } from '../domain/ids.js';
import { Database, type Sql } from '../platform/database.js';
import { notFound } from '../platform/http/problem.js';
import { requireActive } from './destination-status.js';
import type { Destination } from './destination.js';
import { findDestination } from './destination.store.js';

/** What owners have sent to a destination: a test, or what it missed. */
@Injectable()
export class DestinationSendingService {
  constructor(
    private readonly database: Database,
    private readonly queue: DeliveryQueue,
    private readonly channels: ChannelRegistry,
  ) {}

  /** Sends a test message. @throws Problem 409 when the destination is not at work */
  async test(accountId: AccountId, id: DestinationId): Promise<DeliveryId> {
    const { kind } = await atWork(this.database, accountId, id);
    const delivery = { kind: 'test', accountId, destinationId: id, lane: kind } as const;
    const deliveryId = await this.database.transaction(async (tx) => this.queue.enqueue(tx, delivery));
    if (deliveryId === null) throw notFound('destination');
    await this.queue.ring(kind);
    return deliveryId;
  }

  /**
   * Sends again what the destination missed: alerts made since then whose delivery failed for good or was cancelled.
   * Repeated, it goes on with what is left.
   *
   * @returns how many
   * @throws Problem 409 when the destination is not at work, for they would be missed again
   */
  async recover(accountId: AccountId, id: DestinationId, since: Date): Promise<number> {
    const { kind, settings } = await atWork(this.database, accountId, id);
    // What its settings leave out was never missed, and would be cancelled again.
    if (this.channels.find(kind)?.declines?.(settings, 'alert')) return 0;
    const missed = { alert: null, destination: id, since, until: null, includeDelivered: false };
    return (await this.queue.replayAll(accountId, missed)).replayed;
  }
}

async function atWork(sql: Sql, accountId: AccountId, id: DestinationId): Promise<Destination> {
  const destination = await findDestination(sql, accountId, id);
  if (!destination) throw notFound('destination');
  requireActive(destination.status);
  return destination;
}
