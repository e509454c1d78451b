import { createHmac, hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { disableAndTell } from '../deliveries/destination-health.js';
import type { DestinationId } from '../domain/ids.js';
import { mailboxKey } from '../domain/mailbox.js';
import { Clock } from '../platform/clock.js';
import type { Sql, Transaction } from '../platform/database.js';
import { Problem } from '../platform/http/problem.js';
import { SECRETS, type Secrets } from '../platform/secrets.js';
import type { SuppressionReason } from './suppression.js';
import {
  findAddresses,
  findLifted,
  findOpen,
  insertSuppression,
  lockAddress,
  lockAtMailbox,
} from './suppression.store.js';

const remedies: Readonly<Record<SuppressionReason, string>> = {
  bounce:
    'Use another address. Once the mailbox is there, lift the suppression, or have the operator do so: ' +
    'GET /v1/suppressions shows yours.',
  complaint: 'Use another address: only the operator can lift this.',
};

/** What an owner reads on a destination that was disabled for it. */
const advice: Readonly<Record<SuppressionReason, string>> = {
  bounce: 'correct the address or, once the mailbox is there, lift the suppression',
  complaint: 'only the operator can lift this suppression',
};

export type NewSuppression = {
  address: string;
  reason: SuppressionReason;
  /** In words, and without any of a stranger's: no address. */
  detail: string;
  /** When the mail in question went out, or at least came back; null when that is not known. */
  sentAt: Date | null;
};

/** The addresses that get no mail. */
@Injectable()
export class SuppressionList {
  private readonly key: Buffer;

  constructor(
    private readonly clock: Clock,
    @Inject(SECRETS) secrets: Secrets,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', secrets.secretKey, '', 'tocsin suppression v1', 32));
  }

  /** What stands for a mailbox, however its address is written: without the key nobody finds out by trying which one. */
  hashOf(address: string): Buffer {
    return createHmac('sha256', this.key).update(mailboxKey(address)).digest();
  }

  /** Before anything begins to be sent to an address. @throws Problem 409 that names the reason and the remedy */
  async requireFree(tx: Transaction, address: string | null): Promise<void> {
    if (address === null) return;
    await lockAddress(tx, this.hashOf(address));
    await this.requireUnsuppressed(tx, address);
  }

  /** The same where nothing is written. @throws Problem 409 */
  async requireUnsuppressed(sql: Sql, address: string): Promise<void> {
    const [found] = await findOpen(sql, [this.hashOf(address)]);
    if (!found) return;
    const { reason, detail, at } = found;
    throw new Problem(409, `Mail to this address is suppressed: ${detail}. ${remedies[reason]}`, undefined, {
      suppression: { reason, at: at.toISOString() },
    });
  }

  /**
   * Suppresses an address that somebody has as a destination, and disables all destinations that have it; their owners are
   * told. What was paused stays so: to lift this must not put it to work. Repeated, it changes nothing.
   *
   * @returns false when nobody had the address when the mail went out, or it was lifted since
   */
  async add(tx: Transaction, { address, reason, detail, sentAt }: NewSuppression): Promise<boolean> {
    const hash = this.hashOf(address);
    await lockAddress(tx, hash);
    const lifted = sentAt === null ? [] : await findLifted(tx, [hash], sentAt);
    if (lifted.some((one) => one.reason === reason)) return false;
    const destinations = await lockAtMailbox(tx, mailboxKey(address), sentAt);
    if (destinations.length === 0) return false;
    const now = this.clock.now();
    await insertSuppression(tx, { hash, reason, detail }, now);
    const reasons = new Map(destinations.map((id) => [id, `${detail}: ${advice[reason]}`]));
    await disableAndTell(tx, reasons, now);
    return true;
  }

  /** Mailboxes that a server said are not there, in answer to a mail. @param gone with when that mail went out */
  async addGone(
    tx: Transaction,
    gone: readonly { destinationId: DestinationId; at: Date; reason: string | null }[],
  ): Promise<void> {
    if (gone.length === 0) return;
    const details = new Map(gone.map(({ destinationId, reason }) => [destinationId, reason]));
    const sentAt = new Map(gone.map(({ destinationId, at }) => [destinationId, at]));
    for (const { id, address } of await findAddresses(tx, gone)) {
      const detail = details.get(id) ?? 'the mailbox does not exist';
      await this.add(tx, { address, reason: 'bounce', detail, sentAt: sentAt.get(id) ?? null });
    }
  }
}
