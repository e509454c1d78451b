import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { describe, expect, it } from 'vitest';
import { filledBody, mimeBody } from '../../../src/channels/email/mime-body.js';
import { slotNames, type Slots, type Slotted } from '../../../src/channels/email/slots.js';
import { HeaderField } from '../../../src/channels/email/header-field.js';
import { oddText } from './odd-text.js';

/** What is rendered is well-formed, and its line ends are all alike: see `shown`. */
const renderedText = oddText.map((text) => text.toWellFormed().replaceAll('\r', '\n'));

/** Text with slots in it. None is empty: of nothing nodemailer makes no part at all. */
const slotted = (opening: string) =>
  fc
    .tuple(fc.array(fc.tuple(renderedText, fc.constantFrom(...slotNames)), { maxLength: 4 }), renderedText)
    .map(([cuts, last]): Slotted => {
      const pieces = [...cuts.map(([piece]) => piece), last];
      return {
        pieces: pieces.map((piece, index) => (index === 0 ? opening + piece : piece)),
        slots: cuts.map(([, slot]) => slot),
      };
    });
const values = fc.record({ alertUrl: renderedText, confirmUrl: renderedText, reason: renderedText });

function joined({ pieces, slots }: Slotted, filled: Slots): string {
  return pieces
    .flatMap((piece, index) => [piece, ...slots.slice(index, index + 1).map((slot) => filled[slot])])
    .join('');
}

describe('a composed mail', () => {
  it('is read as the one that nodemailer composes of the same subject, text and HTML', async () => {
    await fc.assert(
      fc.asyncProperty(
        slotted('Hello'),
        slotted('<p>'),
        values,
        values,
        oddText,
        async (text, html, inText, inHtml, odd) => {
          const subject = `About ${odd}`;
          const body = mimeBody({ text, html });
          const fields = [
            new HeaderField('From', 'Tocsin <alerts@tocsin.example>'),
            new HeaderField('Subject', subject),
            new HeaderField('MIME-Version', '1.0'),
            new HeaderField('Content-Type', body.contentType),
          ];
          const filled = filledBody(body, { text: inText, html: inHtml }).join('');
          for (const line of filled.split('\r\n')) expect(line).toMatch(/^(?!\.)[ -~]{0,76}$/);
          const source = `${fields.map(({ line }) => `${line}\r\n`).join('')}\r\n${filled}`;
          const theirs = await new MailComposer({
            from: 'Tocsin <alerts@tocsin.example>',
            subject,
            text: joined(text, inText),
            html: joined(html, inHtml),
            newline: 'win',
          })
            .compile()
            .build();
          const [our, their] = await Promise.all([simpleParser(source), simpleParser(theirs)]);
          // White space that ends a header is read only where it is encoded, as nodemailer does beside a quotation mark.
          expect(our.subject?.trimEnd()).toBe(their.subject?.trimEnd());
          expect(our.text).toBe(their.text);
          expect(our.html).toBe(their.html);
          expect(our.headerLines.map(({ key }) => key)).toEqual([
            'from',
            'subject',
            'mime-version',
            'content-type',
          ]);
        },
      ),
      { numRuns: 100 },
    );
  });
});
