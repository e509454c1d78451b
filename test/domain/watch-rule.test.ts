import { describe, expect, it } from 'vitest';
import { WatchRule } from '../../src/domain/watch-rule.js';

describe('WatchRule', () => {
  it('wants everything but cosmetics when it says nothing', () => {
    expect(WatchRule.parse({})).toEqual({
      minSeverity: 'low',
      direction: 'any',
      minChange: 0,
      kinds: ['introduced', 'withdrawn', 'escalated', 'eased', 'reworded'],
      keywords: null,
    });
  });

  it('names each kind once, in the order given', () => {
    expect(WatchRule.parse({ kinds: ['eased', 'cosmetic', 'eased'] }).kinds).toEqual(['eased', 'cosmetic']);
  });

  it('takes keywords in web-search syntax, without white space around them', () => {
    expect(WatchRule.parse({ keywords: ' "class action" -trial ' }).keywords).toBe('"class action" -trial');
  });

  it.each([
    { minSeverity: 'critical' },
    { direction: 'up' },
    { minChange: 4 },
    { minChange: -1 },
    { minChange: 1.5 },
    { kinds: [] },
    { kinds: ['renamed'] },
    { keywords: '  ' },
    { keywords: 'a'.repeat(501) },
    { keywords: 'a\u0000b' },
    { keywords: '\uD800' },
    { colour: 'red' },
  ])('refuses %j', (rule) => {
    expect(WatchRule.safeParse(rule).success).toBe(false);
  });
});
