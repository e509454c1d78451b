import { z } from 'zod';
import { isComplaint } from './feedback-report.js';
import { finding, type Finding } from './finding.js';
import { addressIn, hostIn } from './report-address.js';
import { timeIn } from './report-time.js';
import { statusOfBounce, statusOfDelay } from './ses-status.js';
import { closestStatus, replyCodeIn } from './status-code.js';

const text = z.string().nullish();

const Recipient = z.object({
  emailAddress: z.string(),
  status: text,
  diagnosticCode: text,
});

/** Amazon adds fields as it likes; those that are read here are in its documentation. */
const SesNotification = z.object({
  // Of a topic that is set for an identity, and of one that is a configuration set's event destination.
  notificationType: text,
  eventType: text,
  mail: z.object({
    messageId: text,
    timestamp: text,
    source: text,
    headers: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
    commonHeaders: z.object({ messageId: text, returnPath: text }).nullish(),
  }),
  bounce: z
    .object({
      bounceType: z.string(),
      bounceSubType: z.string(),
      bouncedRecipients: z.array(Recipient),
      reportingMTA: text,
    })
    .optional(),
  complaint: z
    .object({ complainedRecipients: z.array(Recipient), complaintFeedbackType: text, userAgent: text })
    .optional(),
  delivery: z.object({ recipients: z.array(z.string()), smtpResponse: text, reportingMTA: text }).optional(),
  deliveryDelay: z
    .object({ delayType: z.string(), delayedRecipients: z.array(Recipient), reportingMTA: text })
    .optional(),
});
type SesNotification = z.infer<typeof SesNotification>;

/**
 * What Amazon SES reports in a notification of SNS whose signature was checked.
 *
 * @returns nothing for events that are no reports: a test, sendings, openings
 */
export function sesFindings(message: string): Finding[] {
  const parsed = SesNotification.safeParse(jsonIn(message));
  if (!parsed.success) return [];
  const { mail, bounce, complaint, delivery, deliveryDelay: delay } = parsed.data;
  const kind = parsed.data.eventType ?? parsed.data.notificationType;
  const known = { ...knownOf(mail), reportedBy: 'amazonses.com' };
  if (kind === 'Bounce' && bounce !== undefined) {
    const status = statusOfBounce(bounce.bounceType, bounce.bounceSubType);
    const by = { ...known, reportedBy: hostIn(bounce.reportingMTA) ?? known.reportedBy };
    return bounce.bouncedRecipients.map((recipient) =>
      finding('bounce', { ...by, ...refusalOf(recipient, status) }),
    );
  }
  if (kind === 'DeliveryDelay' && delay !== undefined) {
    const status = statusOfDelay(delay.delayType);
    return delay.delayedRecipients.map((one) => finding('delayed', { ...known, ...refusalOf(one, status) }));
  }
  if (kind === 'Complaint' && complaint !== undefined) {
    const feedbackType = complaint.complaintFeedbackType ?? null;
    return complaint.complainedRecipients.map(({ emailAddress }) =>
      finding(isComplaint(feedbackType) ? 'complaint' : 'other', {
        ...known,
        recipient: addressIn(emailAddress),
        feedbackType,
      }),
    );
  }
  if (kind === 'Delivery' && delivery !== undefined) {
    const response = delivery.smtpResponse ?? null;
    return delivery.recipients.map((address) =>
      finding('delivered', {
        ...known,
        recipient: addressIn(address),
        status: closestStatus(null, response),
        reply: replyCodeIn(response),
        diagnostic: response,
      }),
    );
  }
  return [];
}

function jsonIn(message: string): unknown {
  try {
    return JSON.parse(message) as unknown;
  } catch {
    return null;
  }
}

function knownOf(mail: SesNotification['mail']): Partial<Finding> {
  const original = mail.headers?.find(({ name }) => name.toLowerCase() === 'message-id')?.value;
  return {
    messageId: original ?? mail.commonHeaders?.messageId ?? null,
    providerId: mail.messageId ?? null,
    at: timeIn(mail.timestamp),
    returnPaths: [mail.source, mail.commonHeaders?.returnPath]
      .map(addressIn)
      .filter((address) => address !== null),
  };
}

/** @param status that Amazon's class stands for, where the refusing server gave none */
function refusalOf(recipient: z.infer<typeof Recipient>, status: string | null): Partial<Finding> {
  const words = recipient.diagnosticCode ?? null;
  const told = closestStatus(recipient.status ?? null, words);
  return {
    recipient: addressIn(recipient.emailAddress),
    status: told === null || (told.endsWith('.0.0') && status !== null) ? status : told,
    reply: replyCodeIn(words),
    diagnostic: words?.replace(/^\s*smtp\s*;/i, '') ?? null,
  };
}
