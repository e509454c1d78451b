import { Inject, Injectable } from '@nestjs/common';
import { lockAccount, type AccountOwner } from '../accounts/account-lock.js';
import { ChannelRegistry } from '../channels/registry.js';
import { DeliveryQueue } from '../deliveries/delivery-queue.js';
import type { AccountId, DestinationId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database, type Transaction } from '../platform/database.js';
import { notFound, Problem } from '../platform/http/problem.js';
import { SECRET_BOX, type SecretBox } from '../platform/secret-box.js';
import { SuppressionList } from '../suppressions/suppression-list.service.js';
import { ConfirmationService } from './confirmation.service.js';
import {
  channelOf,
  isSameAddress,
  needsConfirming,
  readSetup,
  requireTierHolds,
  type Setup,
} from './destination-setup.js';
import { asksAgain, requireMovable, requireNotPaused, statusAt } from './destination-status.js';
import type { Destination, DestinationChanges, DestinationWithSecret } from './destination.js';
import {
  findDestination,
  lockDestination,
  updateDestination,
  type LockedDestination,
} from './destination.store.js';
import { openSettingsToReplace, sealSettings } from '../channels/sealed-settings.js';
import { newSigningSecret, rotateSecrets } from '../channels/signing-secret.js';

/** What owners change about a destination, each time with the account and the destination locked. */
@Injectable()
export class DestinationChangesService {
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
   * Changes what is given. Settings replace the former ones whole; a new address waits to be confirmed.
   *
   * @throws Problem 403 for what the tier does not hold, 409 for a status that it can't go to and an
   * address that gets no mail, 422 for wrong settings, 429 when too many mails asked for a confirmation within a day
   */
  async update(accountId: AccountId, id: DestinationId, changes: DestinationChanges): Promise<Destination> {
    const { label, settings, status } = changes;
    const setup = settings ? await this.setupOf(accountId, id, settings) : null;
    const { destination, isAsked } = await this.database.transaction(async (tx) => {
      const { owner, held } = await hold(tx, accountId, id);
      const given = setup ? await this.resettled(tx, held, setup, owner) : { row: held, asks: null };
      if (status && given.asks !== null) requireNotPaused(status);
      const moved: Changed =
        status && given.asks === null
          ? await this.moved(tx, given.row, status, owner)
          : { row: given.row, asks: given.asks };
      const row = { ...moved.row, label: label === undefined ? held.label : label };
      const { asks, anew = false } = moved;
      return this.write(tx, owner, { ...given, row, asks, anew });
    });
    if (isAsked) await this.queue.ring(destination.kind);
    return destination;
  }

  /**
   * Puts a destination back to work that was paused or disabled, or has its owner asked once more.
   *
   * @param before what goes with it, in the same transaction
   * @throws Problem 409 when it was never confirmed, or its address gets no mail
   */
  async enable(
    accountId: AccountId,
    id: DestinationId,
    before: (tx: Transaction) => Promise<void> = () => Promise.resolve(),
  ): Promise<Destination> {
    const { destination, isAsked } = await this.database.transaction(async (tx) => {
      const { owner, held } = await hold(tx, accountId, id);
      await before(tx);
      return this.write(tx, owner, await this.moved(tx, held, 'active', owner));
    });
    if (isAsked) await this.queue.ring(destination.kind);
    return destination;
  }

  /**
   * Makes a new signing secret; the one before it stays valid for 24 hours.
   *
   * @throws Problem 409 when the kind is not signed, or too many secrets are valid still
   */
  async rotateSecret(accountId: AccountId, id: DestinationId): Promise<DestinationWithSecret> {
    return this.database.transaction(async (tx) => {
      const { held } = await hold(tx, accountId, id);
      if (!this.channels.find(held.kind)?.signs) {
        throw new Problem(409, `A destination of kind "${held.kind}" has no signing secret.`);
      }
      const former = openSettingsToReplace(this.box, held);
      const fresh = newSigningSecret();
      const signing = rotateSecrets(former.signing, fresh, this.clock.now());
      if (!signing) throw new Problem(409, 'Too many former secrets are valid still: rotate again in a day.');
      const sealed = sealSettings(this.box, id, { settings: former.settings, signing });
      const destination = await updateDestination(tx, accountId, { ...held, sealed }, this.clock.now());
      return { ...destination, secret: fresh.secret };
    });
  }

  /** What settings would make of the destination. Its kind never changes, so that it need not be held for this. */
  private async setupOf(
    accountId: AccountId,
    id: DestinationId,
    given: Record<string, unknown>,
  ): Promise<Setup> {
    const destination = await findDestination(this.database, accountId, id);
    if (!destination) throw notFound('destination');
    return readSetup(channelOf(this.channels, destination.kind), accountId, given);
  }

  /** The destination with other settings, and whether its owner has to be asked to confirm them. */
  private async resettled(
    tx: Transaction,
    held: LockedDestination,
    setup: Setup,
    owner: Owner,
  ): Promise<Changed> {
    requireTierHolds(setup.address, owner);
    const { signing } = openSettingsToReplace(this.box, held);
    const sealed = sealSettings(this.box, held.id, { settings: setup.secret, signing });
    const row = { ...held, settings: setup.shown, sealed };
    const former = this.addressOf(held);
    const isSame = isSameAddress(setup.address, former);
    if (isSame && needsConfirming(setup.address, owner)) return { row, asks: null };
    if (!isSame) await this.suppressed.requireFree(tx, setup.address);
    if (isSame || setup.address === null) {
      return { row: { ...row, status: held.status === 'pending' ? 'active' : held.status }, asks: null };
    }
    const left = held.status === 'pending' ? former : null;
    const isAsked = await this.confirmations.isNeeded(tx, owner.accountId, setup.address, owner);
    const status = statusAt(held, isAsked);
    return { row: { ...row, status, reason: null }, asks: isAsked ? setup.address : null, left };
  }

  private async moved(
    tx: Transaction,
    row: LockedDestination,
    to: 'active' | 'paused',
    owner: Owner,
  ): Promise<Changed> {
    requireMovable(row.status, to);
    const address = this.addressOf(row);
    if (to === 'active') requireTierHolds(address, owner);
    if (to === row.status) return { row, asks: null };
    if (to === 'active') await this.suppressed.requireFree(tx, address);
    const asks = to === 'active' && asksAgain(row) && needsConfirming(address, owner);
    return {
      row: { ...row, status: asks ? 'pending' : to, reason: null },
      asks: asks ? address : null,
      anew: true,
    };
  }

  private async write(
    tx: Transaction,
    { accountId }: Owner,
    { row, asks, anew = false, left = null }: Changed,
  ) {
    const destination = await updateDestination(tx, accountId, row, this.clock.now());
    const { id, kind: lane } = row;
    let isAsked = false;
    if (left !== null) isAsked = await this.confirmations.withdraw(tx, accountId, { id, address: left });
    if (asks !== null) {
      const toAsk = { accountId, destinationId: id, lane, address: asks };
      isAsked = (await this.confirmations.ask(tx, toAsk, { anew })) || isAsked;
    }
    return { destination, isAsked };
  }

  private addressOf(row: LockedDestination): string | null {
    const { settings: secret } = openSettingsToReplace(this.box, row);
    return channelOf(this.channels, row.kind).addressToConfirm({ ...row.settings, ...secret });
  }
}

/** A destination as it is to be written, the address that has to be asked, and the one that was asked and is left. */
type Changed = { row: LockedDestination; asks: string | null; anew?: boolean; left?: string | null };

type Owner = AccountOwner & { accountId: AccountId };

async function hold(tx: Transaction, accountId: AccountId, id: DestinationId) {
  const owner: Owner = { ...(await lockAccount(tx, accountId)), accountId };
  const held = await lockDestination(tx, accountId, id);
  if (!held) throw notFound('destination');
  return { owner, held };
}
