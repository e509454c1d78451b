import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analysisForTier } from '../../src/domain/locked-analysis.js';
import type { Analysis } from '../../src/domain/provision-event.js';
import { Tier, tiers } from '../../src/domain/tiers.js';

const whole: Analysis = {
  summary: 'You answer for those who use your account.',
  consumerImpact: 'An account can be closed for what somebody else did.',
  businessImpact: 'Resellers stand in for their customers.',
  regulatoryCitations: [{ citation: 'Regulation (EU) 2022/2065', note: 'Digital Services Act' }],
  complianceMemo: 'Pass the policy on by contract.',
  agencies: [{ code: 'FTC' }],
};

const anAnalysis: fc.Arbitrary<Analysis> = fc.record(
  {
    summary: fc.string(),
    complianceMemo: fc.string(),
    regulatoryCitations: fc.array(fc.record({ citation: fc.string({ minLength: 1 }) })),
    agencies: fc.array(fc.record({ code: fc.string({ minLength: 1 }) })),
  },
  { requiredKeys: [] },
);

describe('an analysis cut to a tier', () => {
  it('shows the free tier neither citations nor memo, and names both', () => {
    const { analysis, locked } = analysisForTier(whole, 'free');
    const { regulatoryCitations: _citations, complianceMemo: _memo, ...rest } = whole;
    expect(analysis).toEqual(rest);
    expect(locked).toEqual(['regulatoryCitations', 'complianceMemo']);
  });

  it('shows a watcher the citations, and names the memo', () => {
    const { analysis, locked } = analysisForTier(whole, 'watcher');
    expect(analysis?.regulatoryCitations).toEqual(whole.regulatoryCitations);
    expect(analysis).not.toHaveProperty('complianceMemo');
    expect(locked).toEqual(['complianceMemo']);
  });

  it('shows professionals and the operator all of it', () => {
    expect(analysisForTier(whole, 'professional')).toEqual({ analysis: whole, locked: [] });
    expect(analysisForTier(whole, null)).toEqual({ analysis: whole, locked: [] });
  });

  it('promises nobody a part that was never written', () => {
    const empty: Analysis = { summary: 'Short.', regulatoryCitations: [], complianceMemo: ' \n' };
    expect(analysisForTier(empty, 'free')).toEqual({ analysis: { summary: 'Short.' }, locked: [] });
    expect(analysisForTier(null, 'free')).toEqual({ analysis: null, locked: [] });
  });

  it('keeps the given analysis as it is', () => {
    const given = structuredClone(whole);
    analysisForTier(given, 'free');
    expect(given).toEqual(whole);
  });

  it('leaves out what a tier locks, and nothing else', () => {
    fc.assert(
      fc.property(anAnalysis, fc.constantFrom(...Tier.options), (given, tier) => {
        const held = Object.entries(given).filter(([part]) => !lockedParts(tier).includes(part));
        expect(analysisForTier(given, tier).analysis).toEqual(Object.fromEntries(held));
      }),
    );
  });

  it('names exactly the locked parts that say something', () => {
    fc.assert(
      fc.property(anAnalysis, fc.constantFrom(...Tier.options), (given, tier) => {
        const written = {
          regulatoryCitations: (given.regulatoryCitations ?? []).length > 0,
          complianceMemo: /\S/.test(given.complianceMemo ?? ''),
        };
        const named = tiers[tier].locked.filter((part) => written[part]);
        expect(analysisForTier(given, tier).locked).toEqual(named);
      }),
    );
  });
});

function lockedParts(tier: Tier): readonly string[] {
  return tiers[tier].locked;
}
