import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { HeaderField } from '../../../src/channels/email/header-field.js';
import { alertSubject } from '../../../src/channels/email/subject.js';
import { alertContent, hostile } from '../../support/alert-content-fixture.js';
import { oddText } from './odd-text.js';

describe('a header field', () => {
  it('is one field, whatever its value: ASCII in lines that SMTP takes, each but the first folded', () => {
    fc.assert(
      fc.property(oddText, (value) => {
        const lines = new HeaderField('Subject', value.slice(0, 900)).line.split('\r\n');
        expect(lines[0]).toMatch(/^Subject:(?: |$)/);
        for (const line of lines) expect(line).toMatch(/^[\t -~]{1,998}$/);
        for (const line of lines.slice(1)) expect(line).toMatch(/^[ \t]/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps to 78 characters a line where there is room to fold', () => {
    const words = fc.array(
      fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom('x', 'é', '😀') }),
      {
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(words, (value) => {
        for (const line of new HeaderField('Subject', value.join(' ')).line.split('\r\n')) {
          expect(line.length).toBeLessThanOrEqual(78);
        }
      }),
    );
  });

  it.each([
    ...Object.values(hostile),
    'Ünïcode Ltd. 🔔 и компания, 株式会社 and so on, far beyond what one line of a header can hold',
  ])('brings the subject of an alert over: %j', async (name) => {
    const base = alertContent();
    const subject = alertSubject(
      alertContent({ entity: { ...base.entity, name }, document: { ...base.document, title: name } }),
    );
    const parsed = await simpleParser(`${new HeaderField('Subject', subject).line}\r\n\r\n`);
    expect(parsed.subject).toBe(subject);
    expect(parsed.headerLines).toHaveLength(1);
  });
});
