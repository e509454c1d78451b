import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newSigningSecret, rotateSecrets, validSecrets } from '../../src/channels/signing-secret.js';

const start = Date.parse('2026-03-01T00:00:00Z');
const hourMs = 3_600_000;

describe('a signing secret', () => {
  it('is 32 random bytes, as Standard Webhooks writes them', () => {
    const { secret, validUntil } = newSigningSecret();

    expect(secret.startsWith('whsec_')).toBe(true);
    expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
    expect(validUntil).toBeNull();
    expect(newSigningSecret().secret).not.toBe(secret);
  });

  it('stays valid for 24 hours after it was rotated out, to the millisecond', () => {
    const [first, second] = [newSigningSecret(), newSigningSecret()];
    const secrets = rotateSecrets([first], second, new Date(start)) ?? [];
    const names = (atMs: number) => validSecrets(secrets, new Date(atMs)).map((one) => one.secret);

    expect(names(start)).toEqual([second.secret, first.secret]);
    expect(names(start + 24 * hourMs - 1)).toEqual([second.secret, first.secret]);
    expect(names(start + 24 * hourMs)).toEqual([second.secret]);
  });

  it('is never replaced by more than ten that are valid at once', () => {
    let secrets = [newSigningSecret()];
    for (let rotation = 1; rotation < 10; rotation++) {
      secrets = rotateSecrets(secrets, newSigningSecret(), new Date(start)) ?? [];
    }

    expect(secrets).toHaveLength(10);
    expect(rotateSecrets(secrets, newSigningSecret(), new Date(start))).toBeNull();
    expect(rotateSecrets(secrets, newSigningSecret(), new Date(start + 24 * hourMs))).toHaveLength(2);
  });

  it('is the newest of those that are valid, whatever the rotations before', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 48 * hourMs }), { maxLength: 30 }), (waits) => {
        let now = start;
        let current = newSigningSecret();
        let secrets = [current];
        let lastRotation = -Infinity;
        let former: string | null = null;
        for (const wait of waits) {
          now += wait;
          const fresh = newSigningSecret();
          const rotated = rotateSecrets(secrets, fresh, new Date(now));
          if (!rotated) continue;
          former = current.secret;
          lastRotation = now;
          [secrets, current] = [rotated, fresh];
        }
        const valid = validSecrets(secrets, new Date(now)).map((one) => one.secret);
        expect(valid[0]).toBe(current.secret);
        expect(former !== null && valid.includes(former)).toBe(now - lastRotation < 24 * hourMs);
        expect(secrets.filter((one) => one.validUntil === null)).toHaveLength(1);
      }),
    );
  });
});
