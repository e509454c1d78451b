import { Injectable } from '@nestjs/common';
import { listName } from '../archive/list-name.js';
import { parseRowId, type DeliveryId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { cursorAfter, keyOfCursor, type Page } from '../platform/http/page.js';
import { notFound } from '../platform/http/problem.js';
import { TicketBus } from '../tickets/ticket-bus.js';
import type { DeadDelivery, DeadQuery, DeadReplayed, DeadReplayRequest } from './dead.js';
import {
  countDead,
  listDead,
  markBulk,
  newestDead,
  nextDead,
  type DeadFilter,
  type DeadRow,
} from './dead.store.js';
import { replayOne } from './replay.store.js';

/** Deliveries that one transaction makes due again: a fifth of a second. */
const batch = 100;
/** And those that one request does, so that it answers before a browser gives up. */
const mostAtATime = 2_000;
const mostLookedAt = 10_000;

/** What was given up, of all accounts. For the operator. */
@Injectable()
export class DeadDeliveries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly bus: TicketBus,
  ) {}

  /** Newest first; a page ends early where little answers to the filter. @throws Problem 422 for another list's cursor */
  async list(query: DeadQuery): Promise<Page<DeadDelivery>> {
    const filter = filterOf(query);
    const { lane, reason, destination, since } = filter;
    const name = listName('dead', [lane, reason, destination, since?.toISOString() ?? null]);
    const before = keyOfCursor(name, query.cursor, (key) => parseRowId(key) !== null);
    const page = { before, limit: query.limit + 1, mostLookedAt };
    const { rows, lookedTo } = await listDead(this.database, filter, page);
    const shown = rows.slice(0, query.limit);
    const until = rows.length > query.limit ? (shown.at(-1)?.id ?? null) : lookedTo;
    return { items: shown.map(viewOf), nextCursor: until === null ? null : cursorAfter(name, until) };
  }

  /** @returns with `isMore` when there are more than 10,000, of which the newest were counted */
  async count(filter: DeadReplayRequest): Promise<{ count: number; isMore: boolean }> {
    return countDead(this.database, filterOf(filter), mostLookedAt);
  }

  /**
   * Sends again what the filter shows, from the oldest on, 2,000 at a time, by the rules and the ids of a single replay. What
   * is due again is no longer dead, so repeated it does nothing twice. They go behind the new alerts of everybody.
   */
  async replayAll(request: DeadReplayRequest): Promise<DeadReplayed> {
    const filter = filterOf(request);
    const until = await newestDead(this.database);
    let after = request.after ?? '0';
    const done = { replayed: 0, skipped: 0 };
    while (done.replayed + done.skipped < mostAtATime) {
      const found = await nextDead(this.database, filter, { after, until, limit: batch });
      const { lanes, replayed } = await this.replayBatch(found);
      if (lanes.length > 0) await this.bus.publish(lanes.map((lane) => ({ lane })));
      done.replayed += replayed;
      done.skipped += found.length - replayed;
      after = found.at(-1)?.id ?? after;
      if (found.length < batch) return { ...done, next: null };
    }
    return { ...done, next: after };
  }

  /** @throws Problem 404 when it is not dead, or not there */
  async replay(id: string): Promise<'replayed' | 'left'> {
    const row = parseRowId<'delivery'>(id);
    const key = row === null ? null : String(BigInt(row) - 1n);
    const any = filterOf({});
    const found = key === null ? [] : await nextDead(this.database, any, { after: key, until: id, limit: 1 });
    if (found.length === 0) throw notFound('dead delivery');
    const { lanes, replayed } = await this.replayBatch(found);
    if (lanes.length > 0) await this.bus.publish(lanes.map((lane) => ({ lane })));
    return replayed === 1 ? 'replayed' : 'left';
  }

  private async replayBatch(
    found: Awaited<ReturnType<typeof nextDead>>,
  ): Promise<{ lanes: string[]; replayed: number }> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const replayed: DeliveryId[] = [];
      const lanes = new Set<string>();
      for (const { id, accountId } of found) {
        const became = await replayOne(tx, accountId, id, now);
        if (became?.became !== 'replayed') continue;
        replayed.push(id);
        lanes.add(became.lane);
      }
      if (found.length > 1) await markBulk(tx, replayed);
      return { lanes: [...lanes], replayed: replayed.length };
    });
  }
}

function filterOf({ lane, reason, destination, since }: DeadReplayRequest): DeadFilter {
  return {
    lane: lane ?? null,
    reason: reason ?? null,
    destination: destination ?? null,
    since: since === undefined ? null : new Date(since),
  };
}

function viewOf(row: DeadRow): DeadDelivery {
  const { id, accountId, email, destinationId, label, destinationStatus, alertId, kind, lane, reason } = row;
  return {
    id,
    accountId,
    email,
    destination: { id: destinationId, label, status: destinationStatus },
    alertId,
    kind,
    lane,
    reason,
    createdAt: row.createdAt.toISOString(),
    diedAt: row.diedAt.toISOString(),
  };
}
