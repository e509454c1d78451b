import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const macBytes = 32;

type Claims = Record<string, string>;

/** What a token carries: the claims, and the end of its life in milliseconds since 1970. */
type Body = { c: Claims; e?: number };

export type SignedLinks = {
  /**
   * @param purpose what the token is good for, such as `unsubscribe`; a constant, never input
   * @param expiresAt the token is good before this time; for ever when left out
   * @returns a token of `A–Z a–z 0–9 - _`, always the same for the same claims
   */
  sign(purpose: string, claims: Claims, expiresAt?: Date): string;
  /** @returns null when the token is altered, cut, expired, or of another purpose or key */
  verify(purpose: string, token: string, now: Date): Claims | null;
};

/**
 * Tokens for links that act without a sign-in, such as unsubscribing. They are signed, not encrypted: whoever holds one
 * can read its claims. Each purpose has a key of its own, so a token of one is noise to another.
 *
 * Token: base64url of HMAC-SHA-256 (32 bytes) and JSON.
 */
export function signedLinks(key: string): SignedLinks {
  const keys = new Map<string, Buffer>();
  const mac = (purpose: string, body: Buffer) => {
    let derived = keys.get(purpose);
    if (derived === undefined) {
      derived = Buffer.from(hkdfSync('sha256', key, '', `tocsin signed link v1 ${purpose}`, 32));
      keys.set(purpose, derived);
    }
    return createHmac('sha256', derived).update(body).digest();
  };
  return {
    sign(purpose, claims, expiresAt) {
      const content: Body = { c: claims, ...(expiresAt !== undefined && { e: expiresAt.getTime() }) };
      const body = Buffer.from(JSON.stringify(content));
      return Buffer.concat([mac(purpose, body), body]).toString('base64url');
    },
    verify(purpose, token, now) {
      const bytes = Buffer.from(token, 'base64url');
      // Node skips stray characters and unused bits: only the one spelling that `sign` gives is a token.
      if (bytes.length <= macBytes || bytes.toString('base64url') !== token) return null;
      const body = bytes.subarray(macBytes);
      if (!timingSafeEqual(bytes.subarray(0, macBytes), mac(purpose, body))) return null;
      const { c, e } = JSON.parse(body.toString('utf8')) as Body;
      return e !== undefined && now.getTime() >= e ? null : c;
    },
  };
}
