import type { Content, Recipient } from '../../domain/alert-content.js';
import { alertMail } from './alert-mail.js';
import { escapedHtml } from './escaped-html.js';
import { HeaderField } from './header-field.js';
import { listFields, messageId, threadOf, wayOut, type MailThread } from './mail-headers.js';
import { reasonHtml, reasonText } from './mail-reason.js';
import { filledBody, mimeBody, type MimeBody, type MimeChunk } from './mime-body.js';
import { cutAtSlots, slotWords } from './slots.js';
import { shortMail } from './short-mail.js';
import { alertSubject } from './subject.js';

/** A mail, encoded but for what differs from recipient to recipient. */
export type EmailTemplate = {
  kind: Content['kind'];
  thread: MailThread | null;
  fields: readonly HeaderField[];
  body: MimeBody;
};

/** One recipient's mail, encoded, all but the addresses. */
export type EmailMessage = {
  thread: MailThread | null;
  fields: readonly HeaderField[];
  body: readonly MimeChunk[];
};

/** What mails are made with. */
export type MailSetup = { domain: string; publicUrl: string; messageIdSecret: string };

/** Renders what all recipients of a content share. Pure: no clock, no network, no chance. */
export async function renderMail(content: Content, { domain, publicUrl }: MailSetup): Promise<EmailTemplate> {
  if (content.kind === 'digest' || content.kind === 'echo' || content.kind === 'coverage')
    throw new RangeError(`there is no mail for a ${content.kind} yet`);
  const words = slotWords(content);
  const { subject, html, text } =
    content.kind === 'alert'
      ? { subject: alertSubject(content), ...(await alertMail(content, publicUrl, words)) }
      : await shortMail(content, publicUrl, words);
  const body = mimeBody({ text: cutAtSlots(text, words), html: cutAtSlots(html, words) });
  // What Gmail's Postmaster Tools group by.
  const feedback = [content.kind, content.kind === 'alert' ? content.tier : '', 'email', 'tocsin'].join(':');
  return {
    kind: content.kind,
    thread: threadOf(content),
    fields: [
      new HeaderField('Subject', subject),
      ...listFields(content.kind, feedback, domain),
      new HeaderField('MIME-Version', '1.0'),
      new HeaderField('Content-Type', body.contentType),
    ],
    body,
  };
}

/** @throws RangeError when the recipient lacks a link that the mail is about */
export function fillMail(template: EmailTemplate, recipient: Recipient, setup: MailSetup): EmailMessage {
  const { kind, thread, fields, body } = template;
  const { domain, messageIdSecret } = setup;
  const links = linksOf(kind, recipient);
  // When the delivery was made, so that every attempt carries the same date.
  const date = new Date(recipient.createdAt).toUTCString().replace('GMT', '+0000');
  return {
    thread,
    fields: [
      ...fields,
      new HeaderField('Message-ID', messageId(recipient.deliveryId, messageIdSecret, domain)),
      new HeaderField('Date', date),
      ...wayOut(recipient, domain),
    ],
    body: filledBody(body, {
      text: { ...links, reason: reasonText(recipient) },
      html: {
        alertUrl: escapedHtml(links.alertUrl),
        confirmUrl: escapedHtml(links.confirmUrl),
        reason: reasonHtml(recipient),
      },
    }),
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
