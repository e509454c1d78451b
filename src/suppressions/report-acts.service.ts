import { Injectable } from '@nestjs/common';
import { noteRefusal } from '../deliveries/refused-mail.js';
import { unsubscribedReason } from '../destinations/destination.js';
import type { DeliveryId } from '../domain/ids.js';
import { mailboxKey } from '../domain/mailbox.js';
import type { Finding } from '../mail-reports/finding.js';
import type { Meaning } from '../mail-reports/meaning.js';
import { Clock } from '../platform/clock.js';
import type { Transaction } from '../platform/database.js';
import type { MailFinding } from '../platform/metrics.js';
import { resumeAtMailbox, stopAtMailbox } from './provider-consent.store.js';
import { SuppressionList } from './suppression-list.service.js';
import { findOpen, lockAddress } from './suppression.store.js';

/** A mail that something was reported on, and which that is. */
export type Reported = {
  /** Null when the provider named the address alone. */
  deliveryId: DeliveryId | null;
  address: string;
  /** When the mail went out, or at least came back; null when that is not known. */
  sentAt: Date | null;
  told: MailFinding;
  finding: Finding;
};

/** What was done about a report. */
export type Done = { isSuppressed: boolean; isResent: boolean };

const said: Readonly<Record<Meaning, string>> = {
  'bad-mailbox': 'the mailbox does not exist',
  'mailbox-full': 'the mailbox is full',
  temporary: 'it could not be handed over in time',
  policy: 'the mail server refused it by its policy',
  'too-big': 'the mail is too big for the mailbox',
  protocol: 'our mail settings or those of a relay are wrong, which the operator has to look into',
};

/** Acts on reports that are proven. */
@Injectable()
export class ReportActs {
  constructor(
    private readonly clock: Clock,
    private readonly suppressed: SuppressionList,
  ) {}

  async act(tx: Transaction, reported: Reported): Promise<Done> {
    const { told, finding, address, sentAt } = reported;
    if (told === 'unsubscribe' || told === 'resubscribe') await this.heed(tx, told, address, finding.at);
    const isResent = isRefusal(told) && (await this.noteRefusal(tx, told, reported));
    const reason = told === 'bad-mailbox' ? 'bounce' : told === 'complaint' ? 'complaint' : null;
    if (reason === null) return { isSuppressed: false, isResent };
    const detail = reason === 'bounce' ? bounceIn(finding) : complaintIn(finding);
    const isSuppressed = await this.suppressed.add(tx, { address, sentAt, reason, detail });
    return { isSuppressed, isResent };
  }

  /** @returns whether the mail goes out once more */
  private async noteRefusal(tx: Transaction, meaning: Meaning, reported: Reported): Promise<boolean> {
    const { deliveryId, sentAt, finding } = reported;
    const codes = codesIn(finding);
    const reason = `it came back: ${said[meaning]}${codes === '' ? '' : ` (${codes})`}`;
    const mail = { deliveryId, sentAt, meaning, status: finding.reply, reason };
    return noteRefusal(tx, mail, this.clock.now());
  }

  /** As the link in a mail does, for all that goes to the address. What bounced or was complained of does not go on by it. */
  private async heed(
    tx: Transaction,
    told: 'unsubscribe' | 'resubscribe',
    address: string,
    at: Date | null,
  ): Promise<void> {
    const hash = this.suppressed.hashOf(address);
    await lockAddress(tx, hash);
    const choice = { mailbox: mailboxKey(address), reason: unsubscribedReason, at: at ?? this.clock.now() };
    if (told === 'unsubscribe') await stopAtMailbox(tx, choice);
    else if ((await findOpen(tx, [hash])).length === 0) await resumeAtMailbox(tx, choice);
  }
}

function isRefusal(told: MailFinding): told is Meaning {
  return Object.hasOwn(said, told);
}

function codesIn({ reply, status }: Finding): string {
  return [reply, status].filter((code) => code !== null).join(' ');
}

/** Codes alone: the words of the server hold addresses. */
function bounceIn(finding: Finding): string {
  const codes = codesIn(finding);
  return codes === '' ? said['bad-mailbox'] : `${said['bad-mailbox']} (${codes})`;
}

function complaintIn({ feedbackType }: Finding): string {
  const isWord = feedbackType !== null && /^[a-z-]{1,40}$/.test(feedbackType);
  return `its reader reported our mail as spam${isWord && feedbackType !== 'abuse' ? ` (${feedbackType})` : ''}`;
}
