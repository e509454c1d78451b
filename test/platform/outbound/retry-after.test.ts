import { describe, expect, it } from 'vitest';
import { retryAfterSeconds } from '../../../src/platform/outbound/retry-after.js';

const at = new Date('2026-11-06T08:49:37.500Z');

describe('retryAfterSeconds', () => {
  it.each([
    ['0', 0],
    ['120', 120],
    [' 120 ', 120],
    ['99999999999999999999', 86_400],
    ['Fri, 06 Nov 2026 08:51:37 GMT', 120],
    ['Friday, 06-Nov-26 08:51:37 GMT', 120],
    ['Fri Nov  6 08:51:37 2026', 120],
    ['Fri, 06 Nov 2026 08:00:00 GMT', 0],
    ['Sat, 06 Nov 2027 08:49:37 GMT', 86_400],
  ])('reads %j as %d s', (header, seconds) => {
    expect(retryAfterSeconds(header, at)).toBe(seconds);
  });

  it.each([undefined, '', 'soon', '-5', '1.5', '1e3', '2026-11-06', '2026-11-06T08:51:37Z', ['1', '2']])(
    'takes %j for no time at all',
    (header) => {
      expect(retryAfterSeconds(header, at)).toBeUndefined();
    },
  );
});
