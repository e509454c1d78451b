import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerOutcome } from '../../../src/channels/webhook/answer-outcome.js';

const excerptOf = (body: Buffer) =>
  answerOutcome({ status: 200, body, retryAfter: undefined }, new Date()).excerpt ?? '';

describe('the excerpt of an answer', () => {
  it('is the first 500 characters of it in one line, however the white space lies', () => {
    const unit = fc.constantFrom('a', 'é', '\u{1F512}', ' ', '\n', '\t', '\u2028', '\u0000', '€');
    const run = fc.tuple(unit, fc.integer({ min: 1, max: 900 })).map(([text, times]) => text.repeat(times));
    fc.assert(
      fc.property(fc.array(run, { maxLength: 12 }), (runs) => {
        const text = runs.join('');
        const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
        const expected = line.slice(0, 500).replace(/[\uD800-\uDBFF]$/u, '');
        expect(excerptOf(Buffer.from(text))).toBe(expected);
      }),
      { examples: [[['\n'.repeat(5_000), 'a']], [['a'.repeat(499), '\u0000'.repeat(1_500), '€b']]] },
    );
  });

  it('is whole though the part that is looked at first ends within its last character', () => {
    const text = `${'a'.repeat(498)}${' '.repeat(1_500)}€c`;
    expect(excerptOf(Buffer.from(text))).toBe(`${'a'.repeat(498)} €`);
  });
});
