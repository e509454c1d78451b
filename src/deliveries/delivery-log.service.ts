import { Injectable } from '@nestjs/common';
import { ChannelRegistry } from '../channels/registry.js';
import { parseRowId, type AccountId } from '../domain/ids.js';
import type { SentRequest } from '../domain/sent-request.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { keyOfCursor, pageOfRows, type Page, type PageQuery } from '../platform/http/page.js';
import { notFound, Problem } from '../platform/http/problem.js';
import {
  findDelivery,
  listAttempts,
  listDeliveries,
  type AttemptRow,
  type DeliveryRow,
} from './delivery-log.store.js';
import { DeliveryQueue } from './delivery-queue.js';
import { Messages } from './messages.js';
import { sentRequest } from './sent-request.js';

/** A delivery with all its attempts, oldest first. */
export type LoggedDelivery = DeliveryRow & { attempts: AttemptRow[] };

/** Which deliveries of an account are meant; all unless given. */
export type LogQuery = PageQuery & {
  destination?: string | undefined;
  alert?: string | undefined;
  state?: DeliveryRow['state'] | undefined;
};

/** What went out, and what became of it, for the account that it is of. */
@Injectable()
export class DeliveryLog {
  constructor(
    private readonly database: Database,
    private readonly queue: DeliveryQueue,
    private readonly channels: ChannelRegistry,
    private readonly messages: Messages,
    private readonly clock: Clock,
  ) {}

  /** Newest first. @throws Problem 422 for a cursor of another list or of other filters */
  async list(accountId: AccountId, query: LogQuery): Promise<Page<LoggedDelivery>> {
    const { destination = null, alert = null, state = null, limit, cursor } = query;
    const name = `deliveries ${JSON.stringify([destination, alert, state])}`;
    const before = keyOfCursor(name, cursor, (key) => parseRowId(key) !== null);
    const filter = { destination, alert, state, before, limit: limit + 1 };
    const rows = await listDeliveries(this.database, accountId, filter);
    const attempts = await listAttempts(this.database, rows);
    return pageOfRows(
      name,
      rows,
      limit,
      (row) => row.id,
      (row) => ({ ...row, attempts: attempts.get(row.id) ?? [] }),
    );
  }

  /** @throws Problem 404 when there is none, or it is somebody else's */
  async find(accountId: AccountId, id: string): Promise<LoggedDelivery> {
    const rowId = parseRowId<'delivery'>(id);
    const row = rowId && (await findDelivery(this.database, accountId, rowId));
    if (!row) throw notFound('delivery');
    return { ...row, attempts: (await listAttempts(this.database, [row])).get(row.id) ?? [] };
  }

  /** @throws Problem 404 for a delivery that is not the account's, or makes no request */
  async request(accountId: AccountId, id: string): Promise<SentRequest> {
    const rowId = parseRowId<'delivery'>(id);
    if (rowId === null) throw notFound('delivery');
    const { database, channels, messages, clock } = this;
    return sentRequest({ database, channels, messages, clock }, accountId, rowId);
  }

  /** Whether deliveries of a lane are requests that can be shown. */
  makesRequests(lane: string): boolean {
    return this.channels.find(lane)?.requestOf !== undefined;
  }

  /** Sends an ended delivery again, by its old ids. @throws Problem 404, 409 with the reason why it can't be */
  async replay(accountId: AccountId, id: string): Promise<void> {
    const delivery = await this.find(accountId, id);
    const done = await this.queue.replay(accountId, delivery.id);
    if (done === 'not at work') {
      throw new Problem(409, 'Its destination is not at work: enable it first, then replay.');
    }
    if (done === 'undone') {
      throw new Problem(409, 'What it told went back or was retracted since: it is not told again.');
    }
    if (done === 'not ended') {
      throw new Problem(
        409,
        'It can be replayed once it has ended. What asks for a confirmation is sent again by ' +
          'POST /v1/destinations/:id/confirmation.',
      );
    }
  }
}
