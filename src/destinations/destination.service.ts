import { Inject, Injectable } from '@nestjs/common';
import { lockAccount } from '../accounts/account-lock.js';
import { eraseDeliveries } from '../accounts/erase-deliveries.js';
import { ChannelRegistry } from '../channels/registry.js';
import { DeliveryQueue } from '../deliveries/delivery-queue.js';
import { parseRowId, type AccountId, type DestinationId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { keyOfCursor, pageOfRows, type Page, type PageQuery } from '../platform/http/page.js';
import { notFound } from '../platform/http/problem.js';
import { SECRET_BOX, type SecretBox } from '../platform/secret-box.js';
import { addressDigest } from '../platform/address-digest.js';
import { SuppressionList } from '../suppressions/suppression-list.service.js';
import {
  activatePending,
  lockToConfirm,
  pauseActive,
  unlinkWatchlists,
} from './destination-consent.store.js';
import { channelOf, needsConfirming, readSetup, requireTierHolds } from './destination-setup.js';
import type { Destination, DestinationWithSecret, NewDestination } from './destination.js';
import {
  deleteDestination,
  findDestination,
  insertDestination,
  listDestinations,
  lockDestination,
  setSealed,
} from './destination.store.js';
import { sealSettings } from '../channels/sealed-settings.js';
import { newSigningSecret } from '../channels/signing-secret.js';

const listName = 'destinations';

/** The places where accounts want their alerts. */
@Injectable()
export class DestinationService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly channels: ChannelRegistry,
    private readonly queue: DeliveryQueue,
    @Inject(SECRET_BOX) private readonly box: SecretBox,
    private readonly suppressed: SuppressionList,
  ) {}

  /**
   * Makes a destination. One whose owner has to confirm it is sent a message that asks for it, and waits.
   *
   * @returns with the signing secret, for kinds that are signed: the only time that it is shown
   * @throws Problem 422 for a kind or settings that are none, 403 for what the tier does not hold, 409 for an address that
   * gets no mail
   */
  async create(accountId: AccountId, given: NewDestination): Promise<DestinationWithSecret> {
    const { kind, label } = given;
    const channel = channelOf(this.channels, kind);
    const setup = readSetup(channel, given.settings);
    const signing = channel.signs ? [newSigningSecret()] : [];
    const destination = await this.database.transaction(async (tx) => {
      const owner = await lockAccount(tx, accountId);
      requireTierHolds(setup.address, owner);
      await this.suppressed.requireFree(tx, setup.address);
      const status = needsConfirming(setup.address, owner) ? 'pending' : 'active';
      const row = { kind, label, status, settings: setup.shown } as const;
      const made = await insertDestination(tx, accountId, row, this.clock.now());
      // The seal names the destination, so there has to be one first.
      await setSealed(tx, made.id, sealSettings(this.box, made.id, { settings: setup.secret, signing }));
      if (status === 'pending') {
        await this.queue.enqueue(tx, { kind: 'confirm', accountId, destinationId: made.id, lane: kind });
      }
      return made;
    });
    if (destination.status === 'pending') await this.queue.ring(kind);
    const [fresh] = signing;
    return fresh ? { ...destination, secret: fresh.secret } : destination;
  }

  /** Oldest first. */
  async list(accountId: AccountId, { limit, cursor }: PageQuery): Promise<Page<Destination>> {
    const after = keyOfCursor(listName, cursor, (key) => parseRowId(key) !== null);
    const rows = await listDestinations(this.database, accountId, after, limit + 1);
    return pageOfRows(
      listName,
      rows,
      limit,
      (row) => row.id,
      (row) => row,
    );
  }

  async get(accountId: AccountId, id: DestinationId): Promise<Destination> {
    const destination = await findDestination(this.database, accountId, id);
    if (!destination) throw notFound('destination');
    return destination;
  }

  /** Deletes a destination with its deliveries; watchlists keep the others that they have, alerts stay in the inbox. */
  async remove(accountId: AccountId, id: DestinationId): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await lockDestination(tx, accountId, id))) throw notFound('destination');
      await eraseDeliveries(tx, { accountId, destinationId: id });
      await deleteDestination(tx, accountId, id);
    });
  }

  /**
   * Puts a destination to work whose owner opened the link that was sent there. Opening it again changes nothing.
   *
   * @param digest of the address that the link was sent to, see `addressDigest`
   * @returns false when there is no such destination any more, or it has another address by now
   * @throws Problem 409 when the address gets no mail any more
   */
  async confirm(id: DestinationId, digest: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const destination = await lockToConfirm(tx, id);
      const address =
        destination && this.channels.find(destination.kind)?.addressToConfirm(destination.settings);
      if (!destination || !address || addressDigest(address) !== digest) return false;
      await this.suppressed.requireFree(tx, address);
      await activatePending(tx, id);
      return true;
    });
  }

  /** Takes a destination off watchlists, as its reader asked. @returns off how many */
  async unsubscribe(of: {
    accountId: AccountId;
    destinationId: DestinationId;
    watchlistIds: readonly string[];
  }): Promise<number> {
    const watchlistIds = of.watchlistIds.filter((id) => parseRowId(id) !== null);
    return unlinkWatchlists(this.database, of.accountId, of.destinationId, watchlistIds, this.clock.now());
  }

  /** Pauses a destination that is active. @returns false when it was not. @param reason as its owner reads it */
  async pauseByOwner(id: DestinationId, accountId: AccountId, reason: string): Promise<boolean> {
    return pauseActive(this.database, accountId, id, reason);
  }
}
