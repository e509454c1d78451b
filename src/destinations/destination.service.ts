import { Inject, Injectable } from '@nestjs/common';
import { lockAccount } from '../accounts/account-lock.js';
import { eraseDeliveries } from '../accounts/erase-deliveries.js';
import { ChannelRegistry } from '../channels/registry.js';
import { DeliveryQueue } from '../deliveries/delivery-queue.js';
import {
  parseRowId,
  type AccountId,
  type AlertId,
  type DeliveryId,
  type DestinationId,
} from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database, type Transaction } from '../platform/database.js';
import { keyOfCursor, pageOfRows, type Page, type PageQuery } from '../platform/http/page.js';
import { notFound, Problem } from '../platform/http/problem.js';
import { SECRET_BOX, type SecretBox } from '../platform/secret-box.js';
import { SuppressionList } from '../suppressions/suppression-list.service.js';
import { ConfirmationService } from './confirmation.service.js';
import { pauseMailbox, unlinkWatchlists } from './destination-consent.store.js';
import { channelOf, readSetup, requireTierHolds } from './destination-setup.js';
import {
  unsubscribedReason,
  type Destination,
  type DestinationWithSecret,
  type NewDestination,
} from './destination.js';
import {
  countDestinations,
  deleteDestination,
  findDestination,
  insertDestination,
  listDestinations,
  lockDestination,
  setSealed,
} from './destination.store.js';
import { isLeft } from './former-address.store.js';
import { sealSettings } from '../channels/sealed-settings.js';
import { newSigningSecret } from '../channels/signing-secret.js';

const listName = 'destinations';
/** Of one account, whatever its tier: each may cost an attempt a message, and names to be resolved. */
const mostDestinations = 500;

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
    private readonly confirmations: ConfirmationService,
  ) {}

  /**
   * Makes a destination. One whose owner has to confirm it waits; a mail asks for it, unless one has done so lately.
   *
   * @returns with the signing secret, for kinds that are signed: the only time that it is shown
   * @throws Problem 422 for a kind or settings that are none, 403 for what the tier does not hold or one too many, 409 for an address that
   * gets no mail, 429 when too many mails asked for a confirmation within a day
   */
  async create(accountId: AccountId, given: NewDestination): Promise<DestinationWithSecret> {
    const { kind, label } = given;
    const channel = channelOf(this.channels, kind);
    const setup = await readSetup(channel, accountId, given.settings);
    const signing = channel.signs ? [newSigningSecret()] : [];
    const destination = await this.database.transaction(async (tx) => {
      const owner = await lockAccount(tx, accountId);
      requireTierHolds(setup.address, owner);
      await requireRoom(tx, accountId);
      await this.suppressed.requireFree(tx, setup.address);
      const isAsked = await this.confirmations.isNeeded(tx, accountId, setup.address, owner);
      const status = isAsked ? 'pending' : 'active';
      const row = { kind, label, status, settings: setup.shown } as const;
      const made = await insertDestination(tx, accountId, row, this.clock.now());
      // The seal names the destination, so there has to be one first.
      await setSealed(tx, made.id, sealSettings(this.box, made.id, { settings: setup.secret, signing }));
      if (setup.address !== null && isAsked) {
        const { address } = setup;
        await this.confirmations.ask(tx, { accountId, destinationId: made.id, lane: kind, address });
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
    const lane = await this.database.transaction(async (tx) => {
      await lockAccount(tx, accountId);
      const held = await lockDestination(tx, accountId, id);
      if (!held) throw notFound('destination');
      await eraseDeliveries(tx, { accountId, destinationId: id });
      await deleteDestination(tx, accountId, id);
      const { address } = held.settings;
      const isPending = held.status === 'pending' && typeof address === 'string';
      return isPending && (await this.confirmations.withdraw(tx, accountId, { id, address }))
        ? held.kind
        : null;
    });
    if (lane !== null) await this.queue.ring(lane);
  }

  /** Whether the mail went to an address that the destination has left since. */
  async isFormer(mailed: Mailed): Promise<boolean> {
    return isLeft(this.database, mailed.accountId, mailed.destinationId, mailed);
  }

  /** Takes a destination off watchlists, as its reader asked. @returns off how many */
  async unsubscribe(of: Mailed & { watchlistIds: readonly string[] }): Promise<number> {
    const { accountId, destinationId } = of;
    const watchlistIds = of.watchlistIds.filter((id) => parseRowId(id) !== null);
    return this.asReader(of, async (tx) =>
      unlinkWatchlists(tx, accountId, destinationId, watchlistIds, this.clock.now()),
    );
  }

  /** Pauses a destination, and whatever else of its account goes to the same mailbox, as its reader asked. */
  async unsubscribeAll(of: Mailed): Promise<void> {
    const { accountId, destinationId } = of;
    await this.asReader(of, async (tx) => {
      await pauseMailbox(tx, accountId, destinationId, unsubscribedReason, this.clock.now());
      return 1;
    });
  }

  /**
   * Acts for whoever reads a mail, unless it went elsewhere than mail goes now: its reader has no say there. With the account
   * locked, as whoever makes or changes a destination has it: neither overlooks what the other has not yet committed.
   */
  private async asReader(of: Mailed, act: (tx: Transaction) => Promise<number>): Promise<number> {
    const { accountId, destinationId } = of;
    const isKnown = (of.alertId ?? of.noticeId ?? of.bundleId) !== undefined;
    if (!(await findDestination(this.database, accountId, destinationId))) return 0;
    return this.database.transaction(async (tx) => {
      await lockAccount(tx, accountId);
      if (isKnown && (await isLeft(tx, accountId, destinationId, of))) return 0;
      return act(tx);
    });
  }
}

/** A mail that somebody read: its destination and, where that is known, the alert, the notice or the digest or summary. */
type Mailed = {
  accountId: AccountId;
  destinationId: DestinationId;
  alertId?: AlertId;
  noticeId?: string;
  bundleId?: DeliveryId;
};

/** @throws Problem 403 naming the limit */
async function requireRoom(tx: Transaction, accountId: AccountId): Promise<void> {
  if ((await countDestinations(tx, accountId)) < mostDestinations) return;
  throw new Problem(403, `An account has at most ${mostDestinations} destinations: delete one first.`);
}
