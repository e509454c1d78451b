import { Inject, Injectable } from '@nestjs/common';
import type { DeliveryId } from '../domain/ids.js';
import type { Finding } from '../mail-reports/finding.js';
import { parseReport } from '../mail-reports/parse-report.js';
import type { ReturnPaths } from '../mail-reports/return-path.js';
import { meaningOf } from '../mail-reports/status-meaning.js';
import { Database } from '../platform/database.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { Metrics, type MailFinding } from '../platform/metrics.js';
import { findSent, type SentMail } from './sent-mail.store.js';
import { SuppressionList, type NewSuppression } from './suppression-list.service.js';

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
    private readonly suppressed: SuppressionList,
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(RETURN_PATHS) private readonly paths: ReturnPaths | null,
  ) {}

  /** Whether mails have return paths, so that a mailed report can prove what it is about. */
  get areRead(): boolean {
    return this.paths !== null;
  }

  /** A mail that came to the address for bounces. Anybody can write one: only a return path of ours proves anything. */
  async take(mail: Buffer): Promise<Taken> {
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
    const told = mail === null ? 'unproven' : toldBy(finding);
    this.metrics.mailFindings.inc({ finding: told });
    const { status } = finding;
    if (told === 'policy') this.log.warn({ deliveryId, status }, 'mail refused by policy');
    else this.log.info({ deliveryId, finding: told, status }, 'mail report');
    const reason = told === 'bad-mailbox' ? 'bounce' : told === 'complaint' ? 'complaint' : null;
    if (mail === null || reason === null) return false;
    const detail = reason === 'bounce' ? bounceIn(finding) : complaintIn(finding);
    const given: NewSuppression = { ...mail, reason, detail };
    return this.database.transaction(async (tx) => this.suppressed.add(tx, given));
  }

  private async about({ returnPaths, recipient }: Finding, isProven: boolean): Promise<About> {
    const deliveryId = this.paths?.readFirst(returnPaths) ?? null;
    const sent = deliveryId === null ? null : await findSent(this.database, deliveryId);
    if (sent !== null) return { deliveryId, mail: { address: sent.address, sentAt: sent.sentAt } };
    // A delivery of ours whose destination has moved on says nothing about where it is now.
    const isTold = isProven && deliveryId === null && recipient !== null;
    return { deliveryId, mail: isTold ? { address: recipient, sentAt: null } : null };
  }
}

function toldBy(finding: Finding): MailFinding {
  return finding.kind === 'bounce' ? meaningOf(finding) : finding.kind;
}

/** Codes alone: the words of the server hold addresses. */
function bounceIn({ reply, status }: Finding): string {
  const codes = [reply, status].filter((code) => code !== null).join(' ');
  return codes === '' ? 'the mailbox does not exist' : `the mailbox does not exist (${codes})`;
}

function complaintIn({ feedbackType }: Finding): string {
  const isWord = feedbackType !== null && /^[a-z-]{1,40}$/.test(feedbackType);
  return `its reader reported our mail as spam${isWord && feedbackType !== 'abuse' ? ` (${feedbackType})` : ''}`;
}
