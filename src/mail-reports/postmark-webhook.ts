import { z } from 'zod';
import { finding, type Finding } from './finding.js';
import { postmarkType } from './postmark-types.js';
import { addressIn } from './report-address.js';
import { timeIn } from './report-time.js';
import { replyCodeIn, statusIn } from './status-code.js';

const text = z.string().nullish();
const common = { MessageID: text, Metadata: z.record(z.string(), z.unknown()).nullish() };

/** Of the webhooks that Postmark has, those that report on mails; it adds fields as it likes. */
const PostmarkReport = z.discriminatedUnion('RecordType', [
  z.object({
    RecordType: z.literal('Bounce'),
    TypeCode: z.number(),
    Email: z.string(),
    Details: text,
    BouncedAt: text,
    ...common,
  }),
  z.object({
    RecordType: z.literal('SpamComplaint'),
    Email: z.string(),
    Details: text,
    BouncedAt: text,
    ...common,
  }),
  z.object({ RecordType: z.literal('Delivery'), Recipient: z.string(), Details: text, ...common }),
  z.object({
    RecordType: z.literal('SubscriptionChange'),
    Recipient: z.string(),
    SuppressSending: z.boolean(),
    SuppressionReason: text,
    Origin: text,
    ChangedAt: text,
    ...common,
  }),
]);
type PostmarkReport = z.infer<typeof PostmarkReport>;

/**
 * What Postmark reports in a webhook whose secret was checked.
 *
 * @param body the parsed JSON of the request
 * @returns null for what is no report of Postmark's; nothing for those that are not about what became of a mail
 */
export function postmarkFindings(body: unknown): Finding[] | null {
  const report = PostmarkReport.safeParse(body);
  if (!report.success) return Others.safeParse(body).success ? [] : null;
  const { data } = report;
  const known: Partial<Finding> = {
    providerId: data.MessageID ?? null,
    returnPaths: returnPathsIn(data.Metadata),
    reportedBy: 'postmarkapp.com',
    at: timeOf(data),
  };
  return [found(data, known)];
}

const Others = z.object({ RecordType: z.enum(['Open', 'Click', 'SMTPApiError', 'Inbound']) });

function found(report: PostmarkReport, known: Partial<Finding>): Finding {
  if (report.RecordType === 'SubscriptionChange') return subscriptionChange(report, known);
  const of = { ...known, diagnostic: report.Details ?? null };
  if (report.RecordType === 'SpamComplaint') {
    return finding('complaint', { ...of, recipient: addressIn(report.Email), feedbackType: 'abuse' });
  }
  const codes = { status: statusIn(of.diagnostic), reply: replyCodeIn(of.diagnostic) };
  if (report.RecordType === 'Delivery') {
    return finding('delivered', { ...of, ...codes, recipient: addressIn(report.Recipient) });
  }
  const { kind, status, feedbackType } = postmarkType(report.TypeCode);
  return finding(kind, {
    ...of,
    recipient: addressIn(report.Email),
    status: codes.status ?? status ?? null,
    reply: codes.reply,
    feedbackType: feedbackType ?? null,
  });
}

/** Postmark tells when a mail came back, not when it went out. */
function timeOf(report: PostmarkReport): Date | null {
  if (report.RecordType === 'Delivery') return null;
  return timeIn(report.RecordType === 'SubscriptionChange' ? report.ChangedAt : report.BouncedAt);
}

/**
 * Postmark's own list of addresses that it writes to no more. What the recipient does there by Postmark's link is their word;
 * what anybody else does, a matter of the operator's.
 */
function subscriptionChange(
  report: Extract<PostmarkReport, { RecordType: 'SubscriptionChange' }>,
  known: Partial<Finding>,
): Finding {
  const of = { ...known, recipient: addressIn(report.Recipient) };
  const isReaders = report.Origin === 'Recipient' && (report.SuppressionReason ?? manual) === manual;
  // Of an address that is taken off the list Postmark tells no reason.
  if (!report.SuppressSending) return finding(isReaders ? 'resubscribe' : 'other', of);
  if (report.SuppressionReason === 'HardBounce') return finding('bounce', { ...of, status: '5.1.1' });
  if (report.SuppressionReason === 'SpamComplaint')
    return finding('complaint', { ...of, feedbackType: 'abuse' });
  return finding(isReaders ? 'unsubscribe' : 'other', of);
}

const manual = 'ManualSuppression';

/** Postmark has a return path of its own; ours comes back when it was given along as metadata. */
function returnPathsIn(metadata: PostmarkReport['Metadata']): string[] {
  return Object.values(metadata ?? {})
    .map((value) => addressIn(typeof value === 'string' ? value : null))
    .filter((address) => address !== null)
    .slice(0, 10);
}
