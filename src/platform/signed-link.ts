import { hkdfSync, timingSafeEqual } from 'node:crypto';
import { blockBytes, hmacSha256 } from './hmac-sha256.js';

const macBytes = 32;
/** Where a mac is made; see `hmacSha256`. */
const room = ' '.repeat(blockBytes);

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
  /** @param text what is signed, behind room for a block */
  const mac = (purpose: string, text: Buffer) => {
    let derived = keys.get(purpose);
    if (derived === undefined) {
      derived = Buffer.from(hkdfSync('sha256', key, '', `tocsin signed link v1 ${purpose}`, 32));
      keys.set(purpose, derived);
    }
    return hmacSha256(derived, text, 'binary');
  };
  return {
    sign(purpose, claims, expiresAt) {
      const content: Body = { c: claims, ...(expiresAt !== undefined && { e: expiresAt.getTime() }) };
      const text = Buffer.from(room + JSON.stringify(content));
      // The room that the mac was made in takes it: the token is what stands from there on.
      text.write(mac(purpose, text), blockBytes - macBytes, 'binary');
      return text.toString('base64url', blockBytes - macBytes);
    },
    verify(purpose, token, now) {
      const bytes = Buffer.from(token, 'base64url');
      // Node skips stray characters and unused bits: only the one spelling that `sign` gives is a token.
      if (bytes.length <= macBytes || bytes.toString('base64url') !== token) return null;
      const body = bytes.subarray(macBytes);
      const expected = Buffer.from(mac(purpose, Buffer.concat([Buffer.from(room), body])), 'binary');
      if (!timingSafeEqual(bytes.subarray(0, macBytes), expected)) return null;
      const { c, e } = JSON.parse(body.toString('utf8')) as Body;
      return e !== undefined && now.getTime() >= e ? null : c;
    },
  };
}
