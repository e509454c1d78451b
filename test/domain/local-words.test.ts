import { describe, expect, it } from 'vitest';
import { agoWords, localMomentWords, windowWords } from '../../src/domain/local-words.js';

describe('a window in words', () => {
  it.each([
    [
      'a day',
      '2026-05-03T06:00:00Z',
      '2026-05-04T06:00:00Z',
      'Europe/Berlin',
      'Sunday 3 May 2026, 08:00 to Monday 4 May 2026, 08:00 (Europe/Berlin)',
    ],
    [
      'an hour of one day',
      '2026-05-04T02:15:00Z',
      '2026-05-04T03:15:00Z',
      'Asia/Kathmandu',
      'Monday 4 May 2026, 08:00 to 09:00 (Asia/Kathmandu)',
    ],
    [
      'the hour that comes twice',
      '2026-10-25T00:00:00Z',
      '2026-10-25T01:00:00Z',
      'Europe/Berlin',
      'Sunday 25 October 2026, 02:00 UTC+2 to 02:00 UTC+1 (Europe/Berlin)',
    ],
    [
      'a day of 23 hours',
      '2026-03-28T07:00:00Z',
      '2026-03-29T06:00:00Z',
      'Europe/Berlin',
      'Saturday 28 March 2026, 08:00 UTC+1 to Sunday 29 March 2026, 08:00 UTC+2 (Europe/Berlin)',
    ],
    [
      'a zone that nobody knows',
      '2026-05-04T02:00:00Z',
      '2026-05-04T03:00:00Z',
      'Atlantis/Capital',
      'Monday 4 May 2026, 02:00 to 03:00 (UTC)',
    ],
  ])('says %s', (_, from, until, timeZone, words) => {
    expect(windowWords(from, until, timeZone)).toBe(words);
  });
});

it('tells a moment on the reader’s clock', () => {
  expect(localMomentWords('2026-05-04T22:30:00Z', 'Pacific/Auckland')).toBe('5 May 2026, 10:30');
});

it.each([
  ['2026-05-04T08:59:30Z', 'just now'],
  ['2026-05-04T09:05:00Z', 'just now'],
  ['2026-05-04T08:59:00Z', '1 min ago'],
  ['2026-05-04T07:00:01Z', '119 min ago'],
  ['2026-05-04T05:30:00Z', '3 h ago'],
  ['2026-05-02T09:00:00Z', '2 days ago'],
])('tells how long ago %s was', (instant, words) => {
  expect(agoWords(instant, '2026-05-04T09:00:00Z')).toBe(words);
});
