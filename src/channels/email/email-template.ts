import type { Recipient } from '../../domain/alert-content.js';
import type { Content } from '../../domain/content.js';
import { alertMail } from './alert-mail.js';
import { coverageMail } from './coverage-mail.js';
import { digestMail } from './digest-mail.js';
import { digestSubject } from './digest-title.js';
import { echoMail } from './echo-mail.js';
import { escapedHtml } from './escaped-html.js';
import { HeaderField } from './header-field.js';
import { listFields, messageId, threadOf, wayOut, type MailThread } from './mail-headers.js';
import { causeOf, reasonHtml, reasonText, type MailCause } from './mail-reason.js';
import { filledBody, mimeBody, type MimeBody, type MimeChunk } from './mime-body.js';
import { cutAtSlots, slotWords, type Slots } from './slots.js';
import { shortMail } from './short-mail.js';
import { alertSubject, echoSubject } from './subject.js';

/** A mail, encoded but for what differs from recipient to recipient. */
export type EmailTemplate = {
  kind: Content['kind'];
  cause: MailCause;
  thread: MailThread | null;
  /** Its date, where that is later than when the delivery was made. */
  notBefore: string | null;
  fields: readonly HeaderField[];
  body: MimeBody;
};

/** One recipient's mail, encoded, all but the addresses. */
export type EmailMessage = {
  kind: Content['kind'];
  thread: MailThread | null;
  fields: readonly HeaderField[];
  body: readonly MimeChunk[];
};

/** What mails are made with. */
export type MailSetup = { domain: string; publicUrl: string; messageIdSecret: string };

/** Renders what all recipients of a content share. Pure: no clock, no network, no chance. */
export async function renderMail(content: Content, { domain, publicUrl }: MailSetup): Promise<EmailTemplate> {
  const words = slotWords(content);
  const { subject, html, text } = await mailOf(content, publicUrl, words);
  const body = mimeBody({ text: cutAtSlots(text, words), html: cutAtSlots(html, words) });
  // What Gmail's Postmaster Tools group by.
  const feedback = [content.kind, 'tier' in content ? content.tier : '', 'email', 'tocsin'].join(':');
  return {
    kind: content.kind,
    cause: causeOf(content),
    thread: threadOf(content),
    // Its delivery is made when the first change comes in: a mail of a week may not be a week old when it is sent.
    notBefore: content.kind === 'digest' ? content.until : null,
    fields: [
      new HeaderField('Subject', subject),
      ...listFields(content.kind, feedback, domain),
      new HeaderField('MIME-Version', '1.0'),
      new HeaderField('Content-Type', body.contentType),
    ],
    body,
  };
}

async function mailOf(content: Content, publicUrl: string, slots: Slots) {
  switch (content.kind) {
    case 'alert':
      return { subject: alertSubject(content), ...(await alertMail(content, publicUrl, slots)) };
    case 'digest':
      return { subject: digestSubject(content), ...(await digestMail(content, publicUrl, slots)) };
    case 'echo':
      return { subject: echoSubject(content), ...(await echoMail(content, publicUrl, slots)) };
    case 'coverage':
      return coverageMail(content, publicUrl, slots);
    default:
      return shortMail(content, publicUrl, slots);
  }
}

/** @throws RangeError when the recipient lacks a link that the mail is about */
export function fillMail(template: EmailTemplate, recipient: Recipient, setup: MailSetup): EmailMessage {
  const { kind, cause, thread, notBefore, fields, body } = template;
  const { domain, messageIdSecret } = setup;
  const links = linksOf(kind, recipient);
  // No time of an attempt, so that every one carries the same date.
  const made = Math.max(Date.parse(recipient.createdAt), Date.parse(notBefore ?? recipient.createdAt));
  const date = new Date(made).toUTCString().replace('GMT', '+0000');
  return {
    kind,
    thread: threadOfReader(thread, recipient, setup),
    fields: [
      ...fields,
      new HeaderField('Message-ID', messageId(recipient.deliveryId, messageIdSecret, domain)),
      new HeaderField('Date', date),
      ...wayOut(recipient, domain),
    ],
    body: filledBody(body, {
      text: { ...links, reason: reasonText(cause, recipient) },
      html: {
        alertUrl: escapedHtml(links.alertUrl),
        confirmUrl: escapedHtml(links.confirmUrl),
        reason: reasonHtml(cause, recipient),
      },
    }),
  };
}

/** An echo answers the very mail that told its reader, be that an alert's or a digest's. */
function threadOfReader(
  thread: MailThread | null,
  { toldBy }: Recipient,
  { messageIdSecret, domain }: MailSetup,
): MailThread | null {
  if (thread === null || !toldBy) return thread;
  return { ...thread, answers: messageId(toldBy, messageIdSecret, domain) };
}

function linksOf(
  kind: Content['kind'],
  { alert, links }: Recipient,
): { alertUrl: string; confirmUrl: string } {
  if ((kind === 'alert' || kind === 'echo') && alert === null)
    throw new RangeError('a mail about an alert needs the alert');
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
