import type { SunkMail } from '../support/smtp-sink.js';

type BounceOptions = {
  status?: string;
  words?: string;
  returnPath?: string;
  recipient?: string;
  /** When the mail came to whoever reports. */
  arrival?: Date;
};

/** The report of Postfix on a mail that it took on and could not hand over, as it comes to the mail's return path. */
export function postfixBounce(mail: SunkMail, options: BounceOptions = {}): string {
  const { status = '5.1.1', words = `550 ${status} User unknown`, returnPath = mail.from } = options;
  const { recipient = mail.to[0], arrival } = options;
  return `Return-Path: <>
X-Original-To: ${returnPath}
Delivered-To: ${returnPath}
Date: Mon, 23 Nov 2026 09:14:07 +0000 (UTC)
From: MAILER-DAEMON@mail.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: ${returnPath}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="4Tq1x957f4z9tKl/mail.example.org"

This is a MIME-encapsulated message.

--4Tq1x957f4z9tKl/mail.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.example.org.

--4Tq1x957f4z9tKl/mail.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
X-Postfix-Sender: rfc822; ${returnPath}${arrival ? `\nArrival-Date: ${arrival.toUTCString()}` : ''}

Final-Recipient: rfc822; ${recipient}
Original-Recipient: rfc822;${recipient}
Action: failed
Status: ${status}
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; ${words}

--4Tq1x957f4z9tKl/mail.example.org
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Return-Path: <${returnPath}>
Message-ID: ${mail.parsed.messageId ?? '<none@example.org>'}

--4Tq1x957f4z9tKl/mail.example.org--
`;
}

/** A complaint as providers send it (RFC 5965), with the recipient blacked out. */
export function complaint(mail: SunkMail): string {
  return `From: <feedback@provider.example>
To: <abuse@example.org>
Subject: complaint
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part"

--part
Content-Type: text/plain

This is an email abuse report.

--part
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Provider/1.0
Version: 1
Original-Mail-From: <${mail.from}>
Original-Rcpt-To: redacted@provider.example

--part
Content-Type: message/rfc822

Return-Path: <${mail.from}>
Message-ID: ${mail.parsed.messageId ?? '<none@example.org>'}

--part--
`;
}
