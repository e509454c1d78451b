import { expect, it } from 'vitest';
import { coverageWords } from '../../src/domain/digest-words.js';
import { heartbeatContent } from '../support/digest-content-fixture.js';

const [from, until] = ['2026-05-04T06:00:00.000Z', '2026-05-05T06:00:00.000Z'];

it.each([
  ['2026-05-05T03:00:00.000Z', '41 documents checked, the newest capture 3 h ago.'],
  ['2026-05-05T06:00:30.000Z', '41 documents checked, the newest capture just now.'],
  [
    '2026-05-01T06:00:00.000Z',
    'You follow 41 documents; the archive looked at none of them in this time, the newest capture 4 days ago.',
  ],
  [null, 'You follow 41 documents; the archive did not say when it looked at them.'],
])('says of a newest capture at %s: %s', (lastVerified, words) => {
  expect(
    coverageWords(heartbeatContent({ from, until, coverage: { unseen: 0, documents: 41, lastVerified } })),
  ).toBe(words);
});
