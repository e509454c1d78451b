import { describe, expect, it } from 'vitest';
import { openTarget, sealSettings, type SettingsRow } from '../../src/channels/sealed-settings.js';
import type { DestinationId } from '../../src/domain/ids.js';
import { BrokenSealError, secretBox } from '../../src/platform/secret-box.js';

const box = secretBox('a key of the tests, long enough for them');
const now = new Date('2026-03-01T00:00:00Z');
const later = new Date(now.getTime() + 3_600_000);

function row(id: string, secret: string, validUntil: string | null = null): SettingsRow {
  const signing = [{ secret, validUntil }];
  const destination = id as DestinationId;
  const sealed = sealSettings(box, destination, { settings: { token: `token of ${secret}` }, signing });
  return { id: destination, settings: { channel: 'C1' }, sealed };
}

const opened = (secret: string) => ({
  settings: { channel: 'C1', token: `token of ${secret}` },
  signingSecrets: [secret],
});

describe('openTarget', () => {
  it('sees at once that what is sealed was replaced, and that it was put back', () => {
    const [first, second] = [row('1', 'first'), row('1', 'second')];
    for (const [one, secret] of [
      [first, 'first'],
      [second, 'second'],
      [first, 'first'],
    ] as const) {
      for (const _ of [1, 2, 3]) expect(openTarget(one, box, now)).toEqual(opened(secret));
    }
    expect(openTarget({ ...second, sealed: null }, box, now)).toEqual({
      settings: { channel: 'C1' },
      signingSecrets: [],
    });
  });

  it('tells by the time of each call which secrets are valid', () => {
    const one = row('2', 'secret', later.toISOString());
    expect(openTarget(one, box, now).signingSecrets).toEqual(['secret']);
    expect(openTarget(one, box, later).signingSecrets).toEqual([]);
    expect(openTarget(one, box, now).signingSecrets).toEqual(['secret']);
  });

  it('opens nothing for another row or another key, though it was opened for the right ones just before', () => {
    const one = row('3', 'secret');
    for (const _ of [1, 2, 3]) openTarget(one, box, now);
    expect(() => openTarget({ ...one, id: '4' as DestinationId }, box, now)).toThrow(BrokenSealError);
    const otherBox = secretBox('another key, of thirty-two characters and more');
    expect(() => openTarget(one, otherBox, now)).toThrow(BrokenSealError);
  });

  it('is not changed by what a caller does to what it got', () => {
    const one = row('5', 'secret');
    for (const _ of [1, 2, 3]) {
      const target = openTarget(one, box, now);
      expect(target).toEqual(opened('secret'));
      target.settings['token'] = 'changed';
      target.signingSecrets.push('added');
    }
  });
});
