import { createHmac } from 'node:crypto';
import type { AlertContent, Recipient } from '../../domain/alert-content.js';
import type { Content } from '../../domain/content.js';
import type { EchoContent } from '../../domain/echo-content.js';
import { HeaderField } from './header-field.js';

/**
 * The same id through every attempt of a delivery, so that a receiver can tell a repeat; keyed, so that it gives away
 * neither how many mails go out nor the ids of other people's.
 */
export function messageId(deliveryId: string, secret: string, domain: string): string {
  const digest = createHmac('sha256', secret).update(`message-id:${deliveryId}`).digest('hex').slice(0, 40);
  return `<${digest}@${domain}>`;
}

/**
 * What makes of these mails a list that mailbox providers let in: who sends (`List-Id`, RFC 2919), that no person does
 * (RFC 3834), and what Gmail groups complaints by (`Feedback-ID`).
 */
export function listFields(kind: Content['kind'], feedback: string, domain: string): HeaderField[] {
  return [
    new HeaderField('Auto-Submitted', 'auto-generated'),
    // Exchange and Outlook.com answer "out of office" to everything that lacks it, Auto-Submitted or not.
    new HeaderField('X-Auto-Response-Suppress', 'All'),
    new HeaderField('Feedback-ID', feedback),
    ...(kind === 'confirm' || kind === 'sign-in'
      ? []
      : [new HeaderField('List-Id', `Tocsin alerts <alerts.${domain}>`)]),
  ];
}

/** What holds the mails about one revision together, or about one document while it can't be seen. */
export type MailThread = {
  key: string;
  isFollowUp: boolean;
  /** The Message-ID of the mail that it follows, where that is known. */
  answers?: string;
};

/** The thread of a content; null for one that nothing follows. */
export function threadOf(content: Content): MailThread | null {
  switch (content.kind) {
    case 'alert':
      return { key: alertKey(content), isFollowUp: content.followUp };
    case 'echo':
      return { key: alertKey(content), isFollowUp: true };
    case 'coverage':
      return {
        key: JSON.stringify(['coverage', content.document.id, content.since]),
        isFollowUp: content.about === 'back',
      };
    default:
      return null;
  }
}

/** A change that belongs to no revision is alone in its alert. */
function alertKey({ document, revision, changes }: AlertContent | EchoContent): string {
  return JSON.stringify([document.id, revision.id ?? { change: changes[0]?.id }]);
}

/**
 * Has what follows stand below the first mail of its thread (RFC 5322, 3.6.4). Both name an id that stands for the thread
 * and that no mail has: it follows from what the thread is about and the address alone, so that nothing need be kept or looked up, and two
 * destinations of one address never get two mails under one id.
 */
export function threadFields(
  thread: MailThread | null,
  address: string,
  { secret, domain }: { secret: string; domain: string },
): HeaderField[] {
  if (thread === null) return [];
  const named = `thread:${thread.key}:${address}`;
  const id = `<${createHmac('sha256', secret).update(named).digest('hex').slice(0, 40)}@${domain}>`;
  const answered = thread.answers ?? null;
  const references = new HeaderField('References', answered === null ? id : `${id} ${answered}`);
  if (answered === null && !thread.isFollowUp) return [references];
  return [new HeaderField('In-Reply-To', answered ?? id), references];
}

const oneClick = new HeaderField('List-Unsubscribe-Post', 'List-Unsubscribe=One-Click');

/** A way out in one click (RFC 8058), for those who have one. */
export function wayOut({ links }: Recipient, domain: string): HeaderField[] {
  if (links.unsubscribe === undefined) return [];
  const url = new URL(links.unsubscribe);
  const ways = `<${url.href}>, <${mailto(tokenIn(url), domain)}>`;
  return [new HeaderField('List-Unsubscribe', ways), oneClick];
}

function tokenIn(url: URL): string {
  return (
    url.searchParams.get('token') ??
    [...url.searchParams.values()][0] ??
    decodeURIComponent(url.pathname.split('/').at(-1) ?? '')
  );
}

/** A local part takes 64 characters (RFC 5321, 4.5.3.1.1) and few signs; a token that does not fit goes to the subject. */
function mailto(token: string, domain: string): string {
  const local = `unsubscribe+${token}`;
  if (local.length <= 64 && /^[\w.+~-]+$/.test(local)) return `mailto:${local}@${domain}`;
  return `mailto:unsubscribe@${domain}?subject=${encodeURIComponent(`unsubscribe ${token}`)}`;
}
