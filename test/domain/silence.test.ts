import { describe, expect, it } from 'vitest';
import { reasonToCancel, type BeforeSending } from '../../src/domain/delivery-verdict.js';
import { reasonOfCancelled, SilenceReason, silenceWords } from '../../src/domain/silence.js';

const wanted: BeforeSending = {
  kind: 'alert',
  tier: 'watcher',
  isOwnEmail: false,
  destinationStatus: 'active',
  watchlists: 1,
  isMuted: false,
  isUndone: false,
  isTakenOff: false,
};

describe('the reason of a cancelled delivery', () => {
  it.each<[SilenceReason, Partial<BeforeSending>]>([
    ['muted', { isMuted: true }],
    ['changed', { watchlists: 0 }],
    ['tier', { tier: 'free' }],
    ['tier', { tier: 'free', isOwnEmail: true }],
    ['destination', { destinationStatus: 'paused' }],
    ['destination', { destinationStatus: 'disabled' }],
  ])('is %s for %j', (reason, given) => {
    const text = reasonToCancel({ ...wanted, ...given });
    expect(text).not.toBeNull();
    expect(reasonOfCancelled(text)).toBe(reason);
  });
});

it('has words for each reason, that are sentences', () => {
  for (const reason of SilenceReason.options) expect(silenceWords[reason]).toMatch(/^[A-Z].*\.$/);
});
