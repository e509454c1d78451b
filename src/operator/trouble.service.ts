import { Injectable } from '@nestjs/common';
import { disableAndTell, noticeLane } from '../deliveries/destination-health.js';
import { DestinationChangesService } from '../destinations/destination-changes.service.js';
import { DeliveryQueue } from '../deliveries/delivery-queue.js';
import { parseRowId, type AccountId, type DestinationId } from '../domain/ids.js';
import { shownText } from '../domain/plain-text.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { keyOfCursor, pageOfRows, type Page } from '../platform/http/page.js';
import { notFound } from '../platform/http/problem.js';
import { validate } from '../platform/http/validation.js';
import {
  countTrouble,
  findOwner,
  listBreakers,
  listTrouble,
  type OpenBreaker,
  type TroubledDestination,
} from './trouble.store.js';

export type { OpenBreaker, TroubledDestination } from './trouble.store.js';

/** Whoever owns the destination reads it. */
const Reason = shownText(200);
const mostBreakers = 50;
const mostCounted = 10_000;

/** Destinations that do not work, of all accounts. */
@Injectable()
export class TroubleService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly changes: DestinationChangesService,
    private readonly queue: DeliveryQueue,
  ) {}

  /** @throws Problem 422 for another list's cursor */
  async list(
    status: 'disabled' | 'failing' | null,
    page: { limit: number; cursor: string | undefined },
  ): Promise<Page<TroubledDestination>> {
    const name = `trouble ${status ?? 'all'}`;
    const before = keyOfCursor(name, page.cursor, (key) => parseRowId(key) !== null);
    const rows = await listTrouble(this.database, status, before, page.limit + 1);
    return pageOfRows(
      name,
      rows,
      page.limit,
      (row) => row.id,
      (row) => row,
    );
  }

  async count(): Promise<{ disabled: number; failing: number }> {
    return countTrouble(this.database, mostCounted);
  }

  async breakers(): Promise<OpenBreaker[]> {
    return listBreakers(this.database, mostBreakers);
  }

  /** Takes a destination out of work and tells its owner why. @throws Problem 404, 422 without a reason */
  async disable(id: string, reason: string): Promise<void> {
    const { destinationId } = await this.find(id);
    const words = validate(Reason, reason, 'reason');
    await this.database.transaction(async (tx) =>
      disableAndTell(tx, new Map([[destinationId, `by the operator: ${words}`]]), this.clock.now()),
    );
    await this.queue.ring(noticeLane);
  }

  /** Puts it back to work, by the rules that hold for its owner. @throws Problem 404, 409 when it was never confirmed or gets no mail */
  async enable(id: string): Promise<void> {
    const { accountId, destinationId } = await this.find(id);
    await this.changes.enable(accountId, destinationId);
  }

  private async find(text: string): Promise<{ accountId: AccountId; destinationId: DestinationId }> {
    const destinationId = parseRowId<'destination'>(text);
    const accountId = destinationId && (await findOwner(this.database, destinationId));
    if (!destinationId || !accountId) throw notFound('destination');
    return { accountId, destinationId };
  }
}
