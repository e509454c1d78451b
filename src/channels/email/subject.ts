import type { AlertContent } from '../../domain/alert-content.js';
import type { EchoContent } from '../../domain/echo-content.js';
import { headline } from '../../domain/gravity.js';
import { capitalised } from '../../domain/sentence.js';
import { shownLine } from '../../domain/shown-text.js';

/** Far beyond what any client shows, far below what a header line holds once it is encoded (RFC 5322: 998 bytes). */
const longestSubject = 240;

/** `[High ▲] Amazon: AWS Acceptable Use Policy: Customer Responsibility for End-User Conduct +2 more`. */
export function alertSubject({
  entity,
  document,
  changes,
}: Pick<AlertContent, 'entity' | 'document' | 'changes'>): string {
  const { label, index } = headline(changes.map(({ delta }) => delta));
  const rest = changes.length > 1 ? ` +${changes.length - 1} more` : '';
  const start = `[${label}] ${shownLine(entity.name, 60)}: ${shownLine(document.title, 100)}: `;
  return (
    start +
    shownLine(changes[index]?.provision.title ?? '', longestSubject - start.length - rest.length) +
    rest
  );
}

/**
 * `Re: [Reverted] [High ▲] Amazon: …`, or `Re: [1 of 3 reverted] …`: the subject of the alert behind marks that mail programs
 * pass over when they put mails into one conversation (RFC 5256, 2.1).
 */
export function echoSubject(content: EchoContent): string {
  const { about, changes, alertChanges } = content;
  const isPart = about !== 'reminder' && changes.length < alertChanges;
  const mark = isPart ? `${changes.length} of ${alertChanges} ${about}` : capitalised(about);
  return `Re: [${mark}] ${alertSubject(content)}`;
}
