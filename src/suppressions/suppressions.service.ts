import { Injectable } from '@nestjs/common';
import { DestinationChangesService } from '../destinations/destination-changes.service.js';
import { unsubscribedReason } from '../destinations/destination.js';
import { parseRowId, type AccountId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database, type Transaction } from '../platform/database.js';
import { keyOfCursor, pageOfRows, type Page, type PageQuery } from '../platform/http/page.js';
import { notFound, Problem } from '../platform/http/problem.js';
import { SuppressionList } from './suppression-list.service.js';
import type { AnySuppression, Suppression } from './suppression.js';
import {
  findLifted,
  findOpen,
  liftSuppression,
  listAddressed,
  listOpen,
  lockAddress,
  type AddressedDestination,
  type OpenSuppression,
} from './suppression.store.js';

const listName = 'suppressions';
const operatorsListName = 'operator-suppressions';

/** How long after it was lifted an address that bounced again stays suppressed, whoever has it. */
const liftableAfterMs = 86_400_000;

/** What is suppressed, as accounts and the operator see it and may lift it. */
@Injectable()
export class SuppressionsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly suppressed: SuppressionList,
    private readonly changes: DestinationChangesService,
  ) {}

  /** What concerns an account's destinations, the oldest of these first. */
  async list(accountId: AccountId, { limit, cursor }: PageQuery): Promise<Page<Suppression>> {
    const after = keyOfCursor(listName, cursor, (key) => partsOf(key) !== null);
    const all = await this.of(await listAddressed(this.database, accountId));
    const rest = after === null ? all : all.filter(({ id }) => isAfter(id, after));
    return pageOfRows(
      listName,
      rest,
      limit,
      (row) => row.id,
      (row) => row,
    );
  }

  /**
   * Lifts a suppression, and has mail go to its destination again: at once to the account's own address, to another once
   * it is confirmed anew. What its owner paused stays so.
   *
   * @throws Problem 404, 403 when only the operator may lift it, 409 when it was lifted less than a day ago
   */
  async lift(accountId: AccountId, id: string): Promise<void> {
    const destinations = await listAddressed(this.database, accountId);
    const destination = destinations.find((one) => one.id === partsOf(id)?.destinationId);
    const found = destination && (await this.of([destination]));
    const meant = found?.find((one) => one.id === id);
    if (!destination || !meant) throw notFound('suppression');
    if (meant.reason === 'complaint' || found?.some(({ reason }) => reason === 'complaint')) {
      throw new Problem(403, 'Its reader reported our mail as spam: only the operator can lift this.');
    }
    if (meant.reason === 'unsubscribe') {
      await this.changes.enable(accountId, destination.id);
      return;
    }
    const lift = async (tx: Transaction) => this.liftBounce(tx, destination.address);
    if (destination.status === 'disabled') await this.changes.enable(accountId, destination.id, lift);
    else await this.database.transaction(lift);
  }

  /** All of them, newest first, to the operator. */
  async listAny({ limit, cursor }: PageQuery): Promise<Page<AnySuppression>> {
    const before = keyOfCursor(operatorsListName, cursor, (key) => parseRowId(key) !== null);
    const rows = await listOpen(this.database, before, limit + 1);
    return pageOfRows(operatorsListName, rows, limit, (row) => row.id, toOperator);
  }

  async search(address: string): Promise<AnySuppression[]> {
    const found = await findOpen(this.database, [this.suppressed.hashOf(address)]);
    return found.map(toOperator);
  }

  /** Destinations stay disabled until their owners enable them. @throws Problem 404 */
  async liftAny(id: string): Promise<void> {
    const isOne = parseRowId(id) !== null && (await liftSuppression(this.database, id, this.clock.now()));
    if (!isOne) throw notFound('suppression');
  }

  private async liftBounce(tx: Transaction, address: string): Promise<void> {
    const hash = this.suppressed.hashOf(address);
    const now = this.clock.now();
    await lockAddress(tx, hash);
    const lifted = await findLifted(tx, [hash], lapsed(now));
    if (lifted.some(({ reason }) => reason === 'bounce')) {
      throw new Problem(409, 'It was lifted less than a day ago, and mail came back again: try it tomorrow.');
    }
    const open = (await findOpen(tx, [hash])).find(({ reason }) => reason === 'bounce');
    if (!open || !(await liftSuppression(tx, open.id, now))) throw notFound('suppression');
  }

  /** By destination, then by reason. */
  private async of(destinations: readonly AddressedDestination[]): Promise<Suppression[]> {
    const hashed = destinations.map((one) => ({ ...one, hash: this.suppressed.hashOf(one.address) }));
    const hashes = hashed.map(({ hash }) => hash);
    const open = await findOpen(this.database, hashes);
    const lifted = await findLifted(this.database, hashes, lapsed(this.clock.now()));
    return hashed.flatMap(({ hash, ...destination }) => [
      ...open
        .filter(({ addressHash }) => addressHash.equals(hash))
        .toSorted((a, b) => (a.reason < b.reason ? -1 : 1))
        .map(({ reason, detail, at }) => ({
          ...named(destination, reason),
          detail,
          at: at.toISOString(),
          liftable:
            reason === 'bounce' &&
            !open.some((other) => other.reason === 'complaint' && other.addressHash.equals(hash)) &&
            !lifted.some((one) => one.reason === reason && one.addressHash.equals(hash)),
        })),
      ...(destination.status === 'paused' && destination.reason === unsubscribedReason
        ? [unsubscribed(destination, open, hash)]
        : []),
    ]);
  }
}

function unsubscribed(
  destination: AddressedDestination,
  open: readonly OpenSuppression[],
  hash: Buffer,
): Suppression {
  const detail = 'its reader used the link in a mail to stop all of it';
  const liftable = !open.some(({ addressHash }) => addressHash.equals(hash));
  const at = destination.unsubscribedAt?.toISOString() ?? null;
  return { ...named(destination, 'unsubscribe'), detail, at, liftable };
}

function named<Reason extends Suppression['reason']>({ id, address }: AddressedDestination, reason: Reason) {
  return { id: `${id}-${reason}`, destinationId: id, address, reason };
}

/** An id names the account's destination and the reason: the same address is another's in another account. */
function partsOf(id: string) {
  const [, destinationId, reason] = /^([1-9]\d{0,18})-(bounce|complaint|unsubscribe)$/.exec(id) ?? [];
  return destinationId === undefined || reason === undefined ? null : { destinationId, reason };
}

function isAfter(id: string, after: string): boolean {
  const [one, other] = [partsOf(id), partsOf(after)];
  if (one === null || other === null) return false;
  const [a, b] = [BigInt(one.destinationId), BigInt(other.destinationId)];
  return a === b ? one.reason > other.reason : a > b;
}

function lapsed(now: Date): Date {
  return new Date(now.getTime() - liftableAfterMs);
}

function toOperator({ id, reason, detail, at }: Omit<OpenSuppression, 'addressHash'>): AnySuppression {
  return { id, reason, detail, at: at.toISOString() };
}
