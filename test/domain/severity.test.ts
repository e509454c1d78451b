import { describe, expect, it } from 'vitest';
import { exposureWeight, rankOf, Severity, severityOf } from '../../src/domain/severity.js';

describe('severity', () => {
  it('ranks 0 not in force, 1 low, 2 medium, 3 high', () => {
    expect([null, ...Severity.options].map(rankOf)).toEqual([0, 1, 2, 3]);
  });

  it('is found by its rank', () => {
    for (const severity of [null, ...Severity.options]) expect(severityOf(rankOf(severity))).toBe(severity);
  });

  it('weighs 1, 3 and 9 in the exposure, and nothing when not in force', () => {
    expect([null, ...Severity.options].map((severity) => exposureWeight(rankOf(severity)))).toEqual([
      0, 1, 3, 9,
    ]);
  });

  it.each(['High', 'critical', '', null, 3])('refuses %j', (value) => {
    expect(Severity.safeParse(value).success).toBe(false);
  });
});
