import type { DeliveryId } from '../domain/ids.js';
import type { Meaning } from '../mail-reports/meaning.js';
import type { Transaction } from '../platform/database.js';
import { bury, logRefusal, noteReport, resendOnce } from './refused-mail.store.js';

/** A policy that is about reputation or rate may have changed by then; whoever goes on at once makes it worse. */
const restMs = 4 * 3_600_000;
/** Mail servers give up after five days. What comes later, such as an old mailbox file, brings no old alert back. */
const newsMs = 7 * 86_400_000;

/** A mail that came back after a mail server took it on. */
export type RefusedMail = {
  /** Null where the address alone is known. */
  deliveryId: DeliveryId | null;
  /** When the attempt began that delivered it; null where that is not known, or it is on its way again. */
  sentAt: Date | null;
  meaning: Meaning;
  /** SMTP reply code. */
  status: number | null;
  /** In words, without any of a stranger's: its owner reads it. */
  reason: string;
};

/**
 * Notes a refusal, once for each time that a mail went out, and shows it among the delivery's attempts. What a policy refused
 * goes out once more after a rest, by its old ids, and never again for that. What does not has failed, and is recovered as
 * whatever was missed.
 *
 * @returns whether it goes out once more
 */
export async function noteRefusal(tx: Transaction, mail: RefusedMail, now: Date): Promise<boolean> {
  const { deliveryId, sentAt, meaning, status, reason } = mail;
  // Who can tell which time is meant?
  if (deliveryId !== null && sentAt === null) return false;
  const isNew = await noteReport(tx, { deliveryId, sentAt, finding: meaning }, now);
  if (!isNew || deliveryId === null) return false;
  const dueAt = new Date(now.getTime() + restMs);
  const sentAfter = new Date(now.getTime() - newsMs);
  const isResent = meaning === 'policy' && (await resendOnce(tx, deliveryId, { dueAt, sentAfter }));
  if (!isResent) await bury(tx, deliveryId, { sentAt, reason }, now);
  const shown = isResent ? `${reason}; it goes out once more` : reason;
  await logRefusal(tx, deliveryId, { outcome: isResent ? 'retry' : 'permanent', status, reason: shown }, now);
  return isResent;
}
