import { deliveryFindings } from './delivery-status.js';
import { feedbackFindings, hotmailFindings } from './feedback-report.js';
import { finding, type Finding } from './finding.js';
import { mailParts, type MailParts } from './mail-parts.js';
import { valueOf, type Fields } from './mail-fields.js';
import { originalMail } from './original-mail.js';
import { plainFindings } from './plain-bounce.js';
import { addressIn } from './report-address.js';

/** Of a mail that is longer only so much is read, in bytes: a report comes before the mail that it gives back. */
export const longestReport = 1_024 * 1_024;

/**
 * What a mail that came to the address for bounces reports: delivery status (RFC 3464), complaints (RFC 5965), and the
 * bounces of systems that keep to neither. Never throws, whatever the bytes.
 *
 * @returns at least one finding; a mail that reports nothing, such as an automatic reply, is one of kind `other`
 */
export async function parseReport(source: Buffer): Promise<Finding[]> {
  const mail = await mailParts(source.subarray(0, longestReport));
  if (mail === null) return [finding('other', {})];
  const original = originalMail(mail);
  const known: Partial<Finding> = {
    messageId: original.messageId ?? repliedTo(mail.header),
    returnPaths: original.returnPaths,
    reportedBy: senderHost(mail.header),
  };
  const status = partOf(mail, 'message/delivery-status', 'message/global-delivery-status');
  const feedback = partOf(mail, 'message/feedback-report');
  const found = [
    ...(status === null ? [] : await deliveryFindings(status, known)),
    ...(feedback === null ? [] : feedbackFindings(feedback, original, known)),
  ];
  if (found.length === 0) found.push(...plainFindings(mail, known), ...hotmailFindings(original, known));
  return found.length > 0 ? found : [finding('other', known)];
}

function partOf({ parts }: MailParts, ...types: string[]): string | null {
  return parts.find(({ type }) => types.includes(type))?.text ?? null;
}

/** What an automatic reply answers. */
function repliedTo(header: Fields): string | null {
  return /<[^<>\s]+>/.exec(valueOf(header, 'in-reply-to') ?? '')?.[0] ?? null;
}

function senderHost(header: Fields): string | null {
  const address = addressIn(valueOf(header, 'from'));
  return address === null ? null : address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
