import type { Content, Recipient } from '../../domain/alert-content.js';
import { alertMail } from './alert-mail.js';
import { mailHeaders, messageId } from './mail-headers.js';
import { reasonHtml, reasonText } from './mail-reason.js';
import { cutAtSlots, fillSlots, slotWords, type Slotted } from './slots.js';
import { shortMail } from './short-mail.js';
import { alertSubject } from './subject.js';

/** A mail with slots for what differs from recipient to recipient. */
export type EmailTemplate = {
  kind: Content['kind'];
  subject: string;
  html: Slotted;
  text: Slotted;
  /** Value of `Feedback-ID`: what Gmail's Postmaster Tools group by. */
  feedback: string;
};

/** One recipient's mail, all but the addresses. */
export type EmailMessage = {
  messageId: string;
  /** When the delivery was made, so that every attempt carries the same date. */
  date: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
};

export type Sender = { domain: string; publicUrl: string; messageIdSecret: string };

/** Renders what all recipients of a content share. Pure: no clock, no network, no chance. */
export async function renderMail(content: Content, publicUrl: string): Promise<EmailTemplate> {
  const words = slotWords(content);
  const { subject, html, text } =
    content.kind === 'alert'
      ? { subject: alertSubject(content), ...(await alertMail(content, publicUrl, words)) }
      : await shortMail(content, publicUrl, words);
  return {
    kind: content.kind,
    subject,
    html: cutAtSlots(html, words),
    text: cutAtSlots(text, words),
    feedback: [content.kind, content.kind === 'alert' ? content.tier : '', 'email', 'tocsin'].join(':'),
  };
}

/** @throws RangeError when the recipient lacks a link that the mail is about */
export function fillMail(template: EmailTemplate, recipient: Recipient, sender: Sender): EmailMessage {
  const { kind, subject, html, text, feedback } = template;
  const links = linksOf(kind, recipient);
  return {
    messageId: messageId(recipient.deliveryId, sender.messageIdSecret, sender.domain),
    date: recipient.createdAt,
    subject,
    text: fillSlots(text, { ...links, reason: reasonText(recipient) }),
    html: fillSlots(html, {
      alertUrl: escaped(links.alertUrl),
      confirmUrl: escaped(links.confirmUrl),
      reason: reasonHtml(recipient),
    }),
    headers: mailHeaders({ kind, feedback }, recipient, sender.domain),
  };
}

function linksOf(
  kind: Content['kind'],
  { alert, links }: Recipient,
): { alertUrl: string; confirmUrl: string } {
  if (kind === 'alert' && alert === null) throw new RangeError('a mail about an alert needs the alert');
  if (kind === 'confirm' && links.confirm === undefined)
    throw new RangeError('a confirmation needs its link');
  return { alertUrl: absolute(alert?.url), confirmUrl: absolute(links.confirm) };
}

/** Normalised, so that no space or line end in a link can end it early; only the web's schemes. */
function absolute(url: string | undefined): string {
  if (url === undefined) return '';
  const { href, protocol } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') throw new RangeError('a link must be http(s)');
  return href;
}

function escaped(url: string): string {
  return url
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
