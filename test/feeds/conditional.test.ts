import { describe, expect, it } from 'vitest';
import { isHeld } from '../../src/feeds/conditional.js';

const now = { tag: 'W/"abc"', changedAt: new Date('2026-03-24T09:00:00Z') };
const same = 'Tue, 24 Mar 2026 09:00:00 GMT';
const earlier = 'Tue, 24 Mar 2026 08:59:59 GMT';

describe('what a client holds', () => {
  it.each([
    ['the tag', 'W/"abc"', true],
    ['the tag, strong', '"abc"', true],
    ['one of a list', '"x", W/"y,\\", W/"abc"', true],
    ['one of a list without spaces', '"x","abc"', true],
    ['whatever there is', '*', true],
    ['whatever there is, with spaces', ' * ', true],
    ['another tag', '"abd"', false],
    ['a part of the tag', '"ab"', false],
    ['the tag within another, behind a comma', '"x, W/"', false],
    ['no tag at all', 'abc', false],
    ['nothing', '', false],
  ])('is compared by tag: %s', (_, tags, held) => {
    expect(isHeld({ 'if-none-match': tags }, now)).toBe(held);
  });

  it.each([
    ['the same second', same, true],
    ['a second before', earlier, false],
    ['later', 'Wed, 25 Mar 2026 00:00:00 GMT', true],
    ['the form of RFC 850', 'Tuesday, 24-Mar-26 09:00:00 GMT', true],
    ['the same, a second before', 'Tuesday, 24-Mar-26 08:59:59 GMT', false],
    ['the form of asctime, which is in GMT', 'Tue Mar 24 09:00:00 2026', true],
    ['the same, a second before', 'Tue Mar 24 08:59:59 2026', false],
    ['no time of HTTP', '2026-03-24T09:00:00Z', false],
    ['another zone', 'Tue, 24 Mar 2026 09:00:00 +0000', false],
    ['an hour that there is not', 'Tue, 24 Mar 2026 29:00:00 GMT', false],
    ['nonsense', 'yesterday', false],
  ])('is compared by time: %s', (_, since, held) => {
    expect(isHeld({ 'if-modified-since': since }, now)).toBe(held);
  });

  it('is not compared by time where there is a tag', () => {
    expect(isHeld({ 'if-none-match': '"other"', 'if-modified-since': same }, now)).toBe(false);
    expect(isHeld({ 'if-none-match': '"abc"', 'if-modified-since': earlier }, now)).toBe(true);
    expect(isHeld({}, now)).toBe(false);
  });
});
