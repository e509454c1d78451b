import { finding, type Finding } from './finding.js';
import { headerFields, valueOf } from './mail-fields.js';
import type { OriginalMail } from './original-mail.js';
import { addressIn, hostIn } from './report-address.js';

/** Reports in the form of complaints in which nobody complains (RFC 6430, 6591, 7489). */
const noComplaints = new Set(['not-spam', 'auth-failure', 'dmarc']);
const mostRecipients = 100;

/** Whether the feedback is of a kind that says that somebody does not want our mails. */
export function isComplaint(feedbackType: string | null): boolean {
  return feedbackType === null || !noComplaints.has(feedbackType.toLowerCase());
}

/**
 * Reads a `message/feedback-report` (RFC 5965): a finding for each recipient, or one without a recipient, as providers
 * commonly black the address out. Then the return path tells.
 */
export function feedbackFindings(text: string, original: OriginalMail, known: Partial<Finding>): Finding[] {
  const fields = headerFields(text.trimStart());
  const feedbackType = valueOf(fields, 'feedback-type');
  const named = [...(fields.get('original-rcpt-to') ?? []), ...(fields.get('removal-recipient') ?? [])];
  const recipients = named.map(addressIn).filter((address) => address !== null);
  const sender = addressIn(valueOf(fields, 'original-mail-from'));
  const paths = known.returnPaths ?? [];
  return distinct(recipients.length > 0 ? recipients : [recipientOf(original)]).map((recipient) =>
    finding(isComplaint(feedbackType) ? 'complaint' : 'other', {
      ...known,
      recipient,
      feedbackType,
      returnPaths: sender === null ? paths : [sender, ...paths],
      reportedBy: hostIn(valueOf(fields, 'reporting-mta')) ?? known.reportedBy ?? null,
    }),
  );
}

/**
 * Hotmail's programme (JMRP) as it was before it took to RFC 5965: the mail itself comes back, with the recipient in a
 * field that was put into its header.
 */
export function hotmailFindings(original: OriginalMail, known: Partial<Finding>): Finding[] {
  if (!original.header.has(hotmailRecipient)) return [];
  return [finding('complaint', { ...known, recipient: recipientOf(original), feedbackType: 'abuse' })];
}

const hotmailRecipient = 'x-hmxmroriginalrecipient';

/** Outlook.com names the recipient there and nowhere else. Our mails have a single one, who stands in "To". */
function recipientOf({ header }: OriginalMail): string | null {
  return addressIn(valueOf(header, hotmailRecipient)) ?? addressIn(valueOf(header, 'to'));
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)].slice(0, mostRecipients);
}
