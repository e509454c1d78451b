import { Injectable } from '@nestjs/common';
import { lockAccount, type AccountOwner } from '../accounts/account-lock.js';
import { DeliveryQueue } from '../deliveries/delivery-queue.js';
import { confirmationDays, countedMs, mayAskFrom } from '../domain/confirmation.js';
import type { AccountId, DeliveryId, DestinationId } from '../domain/ids.js';
import { mailboxFamily, mailboxKey } from '../domain/mailbox.js';
import { addressDigest } from '../platform/address-digest.js';
import { Clock } from '../platform/clock.js';
import { Database, type Sql, type Transaction } from '../platform/database.js';
import { notFound, Problem } from '../platform/http/problem.js';
import { SuppressionList } from '../suppressions/suppression-list.service.js';
import {
  activatePending,
  cancelAsking,
  forgetAsked,
  insertAsked,
  listMailed,
  lockAndFindAsked,
  markUsed,
  type MailedDestination,
} from './confirmation.store.js';
import { needsConfirming } from './destination-setup.js';
import type { Asked } from './destination.js';
import { lockDestination } from './destination.store.js';

/** A destination whose owner has to be asked. */
type ToAsk = { accountId: AccountId; destinationId: DestinationId; lane: string; address: string };

/** Asks whose address it is, one mail for all that waits for it, and takes the answer. */
@Injectable()
export class ConfirmationService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly queue: DeliveryQueue,
    private readonly suppressed: SuppressionList,
  ) {}

  /** Whether somebody has to confirm an address that the account begins to use: one that works for it already needs none. */
  async isNeeded(tx: Transaction, accountId: AccountId, address: string | null, owner: AccountOwner) {
    if (address === null || !needsConfirming(address, owner)) return false;
    const key = mailboxKey(address);
    const mailed = await listMailed(tx, accountId);
    return !mailed.some(
      ({ status, settings }) => status === 'active' && mailboxKey(settings.address) === key,
    );
  }

  /**
   * Asks, unless a mail of the day asks the same address for the same account: its link confirms all that waits by then.
   * The account is locked already; ring the lane once the transaction has committed.
   *
   * @param anew whether what went out does not count: it bounced, or its reader has since stopped what it was about
   * @returns whether a mail goes out
   * @throws Problem 429 when too many went out within a day
   */
  async ask(tx: Transaction, given: ToAsk, { anew = false } = {}): Promise<boolean> {
    const asked = await this.askUnless(tx, given, ({ isOpen }) => isOpen && !anew);
    if (asked.kind === 'wait') throw tooMany(asked.from, this.clock.now());
    return asked.kind === 'asked';
  }

  /**
   * A destination loses the address: what would ask it is not to go to the next one. Others that wait for the same mail are
   * asked in its place, unless too many went out: then theirs to ask for.
   *
   * @returns whether a mail goes out
   */
  async withdraw(tx: Transaction, accountId: AccountId, from: { id: DestinationId; address: string }) {
    await cancelAsking(tx, from.id, 'the destination has another address by now');
    const key = mailboxKey(from.address);
    const next = (await listMailed(tx, accountId)).find(
      ({ id, status, settings }) =>
        id !== from.id && status === 'pending' && mailboxKey(settings.address) === key,
    );
    if (next === undefined) return false;
    const toAsk = { accountId, destinationId: next.id, lane: next.kind, address: next.settings.address };
    return (await this.askUnless(tx, toAsk, ({ isOpen }) => isOpen)).kind === 'asked';
  }

  /**
   * Asks once more. @throws Problem 404, 409 when nothing waits to be confirmed or the address gets no mail, 429 when too
   * many mails went out within a day
   */
  async askAgain(accountId: AccountId, destinationId: DestinationId): Promise<Asked> {
    const { asked, kind } = await this.database.transaction(async (tx) => {
      await lockAccount(tx, accountId);
      const held = await lockDestination(tx, accountId, destinationId);
      if (!held) throw notFound('destination');
      const { address } = held.settings;
      if (held.status !== 'pending' || typeof address !== 'string') {
        throw new Problem(409, `There is nothing to confirm: the destination is ${held.status}.`);
      }
      await this.suppressed.requireFree(tx, address);
      const toAsk = { accountId, destinationId, lane: held.kind, address };
      return { asked: await this.askUnless(tx, toAsk, () => false), kind: held.kind };
    });
    const now = this.clock.now();
    if (asked.kind === 'wait') throw tooMany(asked.from, now);
    if (asked.kind === 'open') throw new Error('a destination was not asked once more');
    await this.queue.ring(kind);
    const expiresAt = new Date(now.getTime() + confirmationDays * 86_400_000);
    return { deliveryId: asked.deliveryId, expiresAt: expiresAt.toISOString() };
  }

  /** What a link is about, without changing anything. @returns null when nothing of the account has the address any more */
  async look(accountId: AccountId, digest: string): Promise<Confirmable | null> {
    return confirmable(await meant(this.database, accountId, digest));
  }

  /**
   * Puts to work what waits at the address that the link was sent to. Doing it again changes nothing.
   *
   * @param digest of the address, see `addressDigest`
   * @returns how things are now; null when nothing of the account has the address any more
   * @throws Problem 409 when the address gets no mail any more
   */
  async confirm(accountId: AccountId, digest: string): Promise<Confirmable | null> {
    const [first] = await meant(this.database, accountId, digest);
    if (first === undefined) return null;
    const { address } = first.settings;
    await this.database.transaction(async (tx) => {
      await this.suppressed.requireFree(tx, address);
      await activatePending(tx, await meant(tx, accountId, digest), this.clock.now());
      await markUsed(tx, accountId, this.suppressed.hashOf(address));
    });
    return this.look(accountId, digest);
  }

  private async askUnless(
    tx: Transaction,
    { accountId, destinationId, lane, address }: ToAsk,
    isEnough: (asked: { isOpen: boolean }) => boolean,
  ): Promise<Asking> {
    const now = this.clock.now();
    const since = new Date(now.getTime() - countedMs);
    const hashes = {
      address: this.suppressed.hashOf(address),
      family: this.suppressed.hashOf(mailboxFamily(address)),
    };
    const asked = await lockAndFindAsked(tx, accountId, hashes, since);
    if (asked.some((one) => one.isAccount && one.isAddress && isEnough(one))) return { kind: 'open' };
    const from = mayAskFrom(asked);
    if (from !== null) return { kind: 'wait', from };
    const delivery = { kind: 'confirm', accountId, destinationId, lane } as const;
    const deliveryId = await this.queue.enqueue(tx, delivery);
    if (deliveryId === null) throw notFound('destination');
    await forgetAsked(tx, since);
    await insertAsked(tx, accountId, hashes, deliveryId, now);
    return { kind: 'asked', deliveryId };
  }
}

/** `open`: a mail that asks is on its way or in the mailbox. `wait`: too many went out. */
type Asking = { kind: 'asked'; deliveryId: DeliveryId } | { kind: 'open' } | { kind: 'wait'; from: Date };

async function meant(sql: Sql, accountId: AccountId, digest: string): Promise<MailedDestination[]> {
  const mailed = await listMailed(sql, accountId);
  return mailed.filter(({ settings }) => addressDigest(settings.address) === digest);
}

/** How the destinations of an address are. */
export type Confirmable = { address: string; pending: number; active: number };

function confirmable(destinations: readonly MailedDestination[]): Confirmable | null {
  const [first] = destinations;
  if (first === undefined) return null;
  const count = (status: string) => destinations.filter((one) => one.status === status).length;
  return { address: first.settings.address, pending: count('pending'), active: count('active') };
}

function tooMany(from: Date, now: Date): Problem {
  const retryAfterS = Math.ceil((from.getTime() - now.getTime()) / 1_000);
  return new Problem(
    429,
    'As many mails that ask for a confirmation went out within a day as may: look for one of them in the mailbox, in its ' +
      `spam folder too, or try again from ${from.toISOString()} on.`,
    undefined,
    { retryAfterS },
  );
}
