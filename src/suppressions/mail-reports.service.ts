import { Inject, Injectable } from '@nestjs/common';
import type { DeliveryId } from '../domain/ids.js';
import { mailboxFamily } from '../domain/mailbox.js';
import type { Finding } from '../mail-reports/finding.js';
import { parseReport } from '../mail-reports/parse-report.js';
import type { ReturnPaths } from '../mail-reports/return-path.js';
import { meaningOf } from '../mail-reports/status-meaning.js';
import { Database } from '../platform/database.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { Metrics, type MailFinding } from '../platform/metrics.js';
import { MailedUnsubscription } from './mailed-unsubscription.service.js';
import { ReportActs, type Done } from './report-acts.service.js';
import { findSent, type SentMail } from './sent-mail.store.js';

/** The injection token of the ReturnPaths; null when no address for bounces is set. */
export const RETURN_PATHS = Symbol('RETURN_PATHS');

/** What became of a report. */
export type Taken = {
  /** What it told, a finding for each recipient. */
  findings: number;
  /** Findings by which an address is suppressed. */
  suppressed: number;
};

type About = { deliveryId: DeliveryId | null; mail: Pick<SentMail, 'address' | 'sentAt'> | null };

/** Takes in what is reported on mails, and acts on what is proven. */
@Injectable()
export class MailReports {
  constructor(
    private readonly database: Database,
    private readonly acts: ReportActs,
    private readonly unsubscriptions: MailedUnsubscription,
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(RETURN_PATHS) private readonly paths: ReturnPaths | null,
  ) {}

  /** Whether mails have return paths, so that a mailed report can prove what it is about. */
  get areRead(): boolean {
    return this.paths !== null;
  }

  /**
   * A mail that came to the address for bounces, or to that for unsubscribing. Anybody can write one: only a return path or a
   * token of ours proves anything.
   */
  async take(mail: Buffer): Promise<Taken> {
    if (await this.unsubscriptions.take(mail)) {
      this.metrics.mailFindings.inc({ finding: 'unsubscribe' });
      return { findings: 1, suppressed: 0 };
    }
    return this.note(await parseReport(mail), { isProven: false });
  }

  /** @param isProven whether a signature or a secret vouches for the findings: then the recipient is enough */
  async note(findings: readonly Finding[], { isProven }: { isProven: boolean }): Promise<Taken> {
    let suppressed = 0;
    for (const finding of findings) if (await this.noteOne(finding, isProven)) suppressed++;
    return { findings: findings.length, suppressed };
  }

  private async noteOne(finding: Finding, isProven: boolean): Promise<boolean> {
    const { deliveryId, mail } = await this.about(finding, isProven);
    const told = mail === null ? 'unproven' : toldBy(finding, mail.address);
    const done: Done =
      mail === null
        ? { isSuppressed: false, isResent: false }
        : await this.database.transaction(async (tx) =>
            this.acts.act(tx, { deliveryId, ...mail, told, finding }),
          );
    // Only once it holds: whoever reports tries again when it does not.
    this.metrics.mailFindings.inc({ finding: told });
    const { status } = finding;
    if (told === 'policy')
      this.log.warn({ deliveryId, status, resent: done.isResent }, 'mail refused by policy');
    else this.log.info({ deliveryId, finding: told, status }, 'mail report');
    return done.isSuppressed;
  }

  private async about({ kind, returnPaths, recipient, at }: Finding, isProven: boolean): Promise<About> {
    const ofAddress = isProven && recipient !== null ? { address: recipient, sentAt: at } : null;
    // What a reader tells the provider is about the address, whichever mail they had before them.
    if (kind === 'unsubscribe' || kind === 'resubscribe') return { deliveryId: null, mail: ofAddress };
    const deliveryId = this.paths?.readFirst(returnPaths) ?? null;
    const sent = deliveryId === null ? null : await findSent(this.database, deliveryId, at);
    // What nobody can tell the time of may be from before the address was lifted.
    if (sent !== null && sent.sentAt !== null) {
      return { deliveryId, mail: { address: sent.address, sentAt: sent.sentAt } };
    }
    // A delivery of ours whose destination has moved on says nothing about where it is now.
    return { deliveryId, mail: deliveryId === null ? ofAddress : null };
  }
}

/** @param address that we wrote to */
function toldBy(finding: Finding, address: string): MailFinding {
  if (finding.kind !== 'bounce') return finding.kind;
  const recipient = finding.recipient ?? address;
  // One member of a list, or of those whom mail is passed on to, is gone: the others still read it.
  if (mailboxFamily(recipient) !== mailboxFamily(address)) return 'forwarded';
  return meaningOf({ ...finding, recipient });
}
