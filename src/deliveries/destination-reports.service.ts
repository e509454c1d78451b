import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ChannelRegistry } from '../channels/registry.js';
import { parseRowId, type AccountId, type DestinationId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { notFound } from '../platform/http/problem.js';
import { findDelivery, listAttempts, listDeliveries } from './delivery-log.store.js';
import { deliveryView, type Delivery } from './delivery-view.js';
import { findHeld, reportsOf } from './destination-report.store.js';

/** How a destination does. Times in RFC 3339. */
export type DestinationReport = {
  lastDeliveredAt: string | null;
  lastFailure: { at: string; reason: string } | null;
  /** Since when nothing arrived any more; null while all is well. */
  failing: { since: string; deliveries: number } | null;
  /** Until when nothing is tried, since its endpoint does not answer; null while it does. */
  heldUntil: string | null;
};

type Reported = { id: DestinationId; kind: string; settings: Record<string, unknown> };

/** What became of what was sent to destinations, to their owner. */
@Injectable()
export class DestinationReportsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly channels: ChannelRegistry,
  ) {}

  /** Of a page of an account's destinations. */
  async of(
    accountId: AccountId,
    destinations: readonly Reported[],
  ): Promise<Map<DestinationId, DestinationReport>> {
    const ids = destinations.map(({ id }) => id);
    const rows = await reportsOf(this.database, accountId, ids);
    const held = await this.heldOf(destinations);
    return new Map(
      rows.map(({ id, failingSince, failedInRow, lastDeliveredAt, lastFailedAt, lastFailure }) => [
        id,
        {
          lastDeliveredAt: lastDeliveredAt?.toISOString() ?? null,
          lastFailure:
            lastFailedAt === null ? null : { at: lastFailedAt.toISOString(), reason: lastFailure ?? '' },
          failing:
            failingSince === null ? null : { since: failingSince.toISOString(), deliveries: failedInRow },
          heldUntil: held.get(id)?.toISOString() ?? null,
        },
      ]),
    );
  }

  /** The newest deliveries of a destination, with their attempts. */
  async latest(accountId: AccountId, destination: DestinationId, limit: number): Promise<Delivery[]> {
    const filter = { destination, state: null, alert: null, before: null, limit };
    const rows = await listDeliveries(this.database, accountId, filter);
    const attempts = await listAttempts(this.database, rows);
    return rows.map((row) => deliveryView(row, attempts.get(row.id) ?? []));
  }

  /** @throws Problem 404 for a delivery that is not one of the account's to the destination */
  async delivery(accountId: AccountId, destination: DestinationId, id: string): Promise<Delivery> {
    const rowId = parseRowId<'delivery'>(id);
    const row = rowId && (await findDelivery(this.database, accountId, rowId));
    if (!row || row.destinationId !== destination) throw notFound('delivery');
    return deliveryView(row, (await listAttempts(this.database, [row])).get(row.id) ?? []);
  }

  private async heldOf(destinations: readonly Reported[]): Promise<Map<DestinationId, Date>> {
    const keyed = destinations.map(({ id, kind, settings }) => {
      const endpoint = this.channels.find(kind)?.endpoint(settings) ?? `destination:${id}`;
      return { id, lane: kind, endpoint: hash('sha256', endpoint, 'base64url') };
    });
    const held = await findHeld(this.database, keyed, this.clock.now());
    return new Map(
      keyed.flatMap(({ id, lane, endpoint }) => {
        const found = held.find((one) => one.lane === lane && one.endpoint === endpoint);
        return found ? [[id, found.openUntil] as const] : [];
      }),
    );
  }
}
