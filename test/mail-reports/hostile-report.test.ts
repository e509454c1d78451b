import { describe, expect, it } from 'vitest';
import { longestReport, parseReport } from '../../src/mail-reports/parse-report.js';

/** So much of it that nothing more would be read. */
const filled = (piece: string, bytes = longestReport) =>
  piece.repeat(Math.ceil(bytes / piece.length)).slice(0, bytes);

const header = 200_000;
const part = (type: string, content: string) =>
  `Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/${type}\n\n${content}\n--b--\n`;
const status = (content: string) => part('delivery-status', content);

/** Mails that are made to keep a reader busy. */
const hostile: Record<string, string> = {
  'addresses without end': `To: ${filled('a@b,', header)}\n\n`,
  'brackets that open': `To: ${filled('<', header)}\n\n`,
  'quotes that open': `To: ${filled('"a', header)}\n\n`,
  'comments that open': `Content-Type: ${filled('(', header)}\n\n`,
  'parameters without end': `Content-Type: multipart/report; ${filled('a=b; ', header)}\n\n`,
  'a header of folds': `Subject: x${filled('\n a', header)}\n\n`,
  'a way of many stations': `${filled('Received: from a by b for <a@b>; x\n', header)}\n`,
  'encoded words': status(`Final-Recipient: rfc822; a@b\nDiagnostic-Code: smtp; ${filled('=?utf-8?Q?a?= ')}`),
  'nothing but line ends': filled('\n'),
  'nothing but zeroes': filled('\0'),
  'parts without end': `Content-Type: multipart/report; boundary=b\n\n${filled('--b\n\nx\n')}`,
  'parts in parts': filled('Content-Type: multipart/mixed; boundary=b\n\n--b\n'),
  'recipients without end': status(filled('Final-Recipient: rfc822; a@b\n\n')),
  'groups of nothing': status(filled('\n \n\t')),
  'escapes without end': status(`Final-Recipient: utf-8; ${filled(String.raw`\x{41}`)}`),
  'a quoted local part': status(`Final-Recipient: rfc822; ${filled(String.raw`"\a`)}`),
  'a field of white space': status(`Reporting-MTA: ${filled(' ', header)}\nFinal-Recipient: ${filled(' ')}`),
  'words of a server': status(`Final-Recipient: rfc822;a@b\nDiagnostic-Code: ${filled('said ')}`),
  'those who complain': part('feedback-report', filled('Original-Rcpt-To: a@b\n')),
  'a plain bounce': `From: a\n\nHi. This is the qmail\n\n${filled('<a@b>:\nx\n\n')}`,
  'a plain bounce of Exim': `X-Failed-Recipients: ${filled('a@b, ', header)}\n\n${filled('  a@b\n    x\n')}`,
  'a line before a copy': `From: a\n\n${filled('---- This is a copy of the message')}`,
};

describe('a mail that is made to keep us busy', () => {
  it.each(Object.entries(hostile))('does not: %s', async (_, source) => {
    const started = performance.now();
    const findings = await parseReport(Buffer.from(source, 'latin1'));
    // The worst took a quarter of a second; what grows with the square of a mail takes minutes.
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.length).toBeLessThanOrEqual(100);
    expect(JSON.stringify(findings).length).toBeLessThan(500_000);
  });
});
