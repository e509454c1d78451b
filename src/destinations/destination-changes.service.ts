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
import {
  channelOf,
  isSameAddress,
  needsConfirming,
  readSetup,
  requireTierHolds,
} from './destination-setup.js';
import { asksAgain, requireMovable } from './destination-status.js';
import type { Destination, DestinationChanges, DestinationWithSecret } from './destination.js';
import { lockDestination, updateDestination, type LockedDestination } from './destination.store.js';
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
  ) {}

  /**
   * Changes what is given. Settings replace the former ones whole; a new address waits to be confirmed.
   *
   * @throws Problem 403 for what the tier does not hold, 409 for a status that it can't go to and an
   * address that gets no mail, 422 for wrong settings
   */
  async update(accountId: AccountId, id: DestinationId, changes: DestinationChanges): Promise<Destination> {
    const { label, settings, status } = changes;
    const { destination, asks } = await this.database.transaction(async (tx) => {
      const { owner, held } = await hold(tx, accountId, id);
      const given = settings ? await this.resettled(tx, held, settings, owner) : { row: held, asks: false };
      const moved = status ? await this.moved(tx, given.row, status, owner) : { row: given.row, asks: false };
      const row = { ...moved.row, label: label === undefined ? held.label : label };
      return this.write(tx, accountId, { row, asks: given.asks || moved.asks });
    });
    if (asks) await this.queue.ring(destination.kind);
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
    const { destination, asks } = await this.database.transaction(async (tx) => {
      const { owner, held } = await hold(tx, accountId, id);
      await before(tx);
      return this.write(tx, accountId, await this.moved(tx, held, 'active', owner));
    });
    if (asks) await this.queue.ring(destination.kind);
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

  /** The destination with other settings, and whether its owner has to be asked to confirm them. */
  private async resettled(
    tx: Transaction,
    held: LockedDestination,
    given: Record<string, unknown>,
    owner: AccountOwner,
  ): Promise<Changed> {
    const setup = readSetup(channelOf(this.channels, held.kind), given);
    requireTierHolds(setup.address, owner);
    const { signing } = openSettingsToReplace(this.box, held);
    const sealed = sealSettings(this.box, held.id, { settings: setup.secret, signing });
    const row = { ...held, settings: setup.shown, sealed };
    const isSame = isSameAddress(setup.address, this.addressOf(held));
    if (!isSame) await this.suppressed.requireFree(tx, setup.address);
    if (!needsConfirming(setup.address, owner)) {
      return { row: { ...row, status: held.status === 'pending' ? 'active' : held.status }, asks: false };
    }
    if (isSame) return { row, asks: false };
    return { row: { ...row, status: 'pending', reason: null }, asks: true };
  }

  private async moved(
    tx: Transaction,
    row: LockedDestination,
    to: 'active' | 'paused',
    owner: AccountOwner,
  ): Promise<Changed> {
    requireMovable(row.status, to);
    const address = this.addressOf(row);
    if (to === 'active') requireTierHolds(address, owner);
    if (to === row.status) return { row, asks: false };
    if (to === 'active') await this.suppressed.requireFree(tx, address);
    const asks = to === 'active' && asksAgain(row) && needsConfirming(address, owner);
    return { row: { ...row, status: asks ? 'pending' : to, reason: null }, asks };
  }

  private async write(tx: Transaction, accountId: AccountId, { row, asks }: Changed) {
    const destination = await updateDestination(tx, accountId, row, this.clock.now());
    const { id: destinationId, kind: lane } = row;
    if (asks) await this.queue.enqueue(tx, { kind: 'confirm', accountId, destinationId, lane });
    return { destination, asks };
  }

  private addressOf(row: LockedDestination): string | null {
    const { settings: secret } = openSettingsToReplace(this.box, row);
    return channelOf(this.channels, row.kind).addressToConfirm({ ...row.settings, ...secret });
  }
}

/** A destination as it is to be written, and whether somebody has to be asked to confirm it. */
type Changed = { row: LockedDestination; asks: boolean };

async function hold(tx: Transaction, accountId: AccountId, id: DestinationId) {
  const owner = await lockAccount(tx, accountId);
  const held = await lockDestination(tx, accountId, id);
  if (!held) throw notFound('destination');
  return { owner, held };
}
