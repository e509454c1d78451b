import { randomBytes } from 'node:crypto';

/** A secret that messages are signed with. `validUntil` is null for the one that new signatures are checked by. */
export type SigningSecret = { secret: string; validUntil: string | null };

/** How long a secret that was rotated out stays valid. */
const graceMs = 24 * 3_600_000;

/** Each valid secret adds a signature to every request; more than these would outgrow a header. */
const mostSecrets = 10;

/** A fresh secret as Standard Webhooks writes it: `whsec_` and 32 random bytes in base64. */
export function newSigningSecret(): SigningSecret {
  return { secret: `whsec_${randomBytes(32).toString('base64')}`, validUntil: null };
}

/** The secrets that are valid at a time, newest first. */
export function validSecrets(secrets: readonly SigningSecret[], now: Date): SigningSecret[] {
  return secrets.filter(({ validUntil }) => validUntil === null || new Date(validUntil) > now);
}

/**
 * Puts a fresh secret in front; the one before it stays valid for 24 hours, and those that ran out go.
 *
 * @returns null when too many are valid still
 */
export function rotateSecrets(
  secrets: readonly SigningSecret[],
  fresh: SigningSecret,
  now: Date,
): SigningSecret[] | null {
  const validUntil = new Date(now.getTime() + graceMs).toISOString();
  const former = validSecrets(secrets, now).map((one) =>
    one.validUntil === null ? { ...one, validUntil } : one,
  );
  return former.length < mostSecrets ? [fresh, ...former] : null;
}
