import { createHmac } from 'node:crypto';
import type { Content, Recipient } from '../../domain/alert-content.js';

/**
 * The same id through every attempt of a delivery, so that a receiver can tell a repeat; keyed, so that it gives away
 * neither how many mails go out nor the ids of other people's.
 */
export function messageId(deliveryId: string, secret: string, domain: string): string {
  const digest = createHmac('sha256', secret).update(`message-id:${deliveryId}`).digest('hex').slice(0, 40);
  return `<${digest}@${domain}>`;
}

/** The domain part of `Tocsin <alerts@example.org>`. @throws RangeError when there is none */
export function domainOf(from: string): string {
  const domain = /@([a-z0-9.-]+)>?\s*$/i.exec(from)?.[1];
  if (domain === undefined) throw new RangeError('the sender needs an address with a domain');
  return domain.toLowerCase();
}

/**
 * What makes of these mails a list that mailbox providers let in: who sends (`List-Id`, RFC 2919), that no person does
 * (RFC 3834), what Gmail groups complaints by (`Feedback-ID`), and a way out in one click (RFC 8058).
 */
export function mailHeaders(
  shared: { kind: Content['kind']; feedback: string },
  { links }: Recipient,
  domain: string,
): Record<string, string> {
  return {
    'Auto-Submitted': 'auto-generated',
    // Exchange and Outlook.com answer "out of office" to everything that lacks it, Auto-Submitted or not.
    'X-Auto-Response-Suppress': 'All',
    'Feedback-ID': shared.feedback,
    ...(shared.kind === 'confirm' ? {} : { 'List-Id': `Tocsin alerts <alerts.${domain}>` }),
    ...(links.unsubscribe === undefined ? {} : wayOut(links.unsubscribe, domain)),
  };
}

function wayOut(unsubscribeUrl: string, domain: string): Record<string, string> {
  const url = new URL(unsubscribeUrl);
  return {
    'List-Unsubscribe': `<${url.href}>, <${mailto(tokenIn(url), domain)}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
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

/** nodemailer's own list of header fields to sign (RFC 6376, 5.4.1), and what RFC 8058 and Gmail want signed besides. */
export const signedHeaderNames =
  'From:Reply-To:To:Subject:Date:Message-ID:MIME-Version:Content-Type:Content-Transfer-Encoding:' +
  'List-Id:List-Unsubscribe:List-Unsubscribe-Post:Auto-Submitted:Feedback-ID';
