import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';

/** First byte of every sealed value, so that a later format can be told from this one. */
const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + nonceBytes + tagBytes;

/** A sealed value that does not open. The message names the remedy and no part of the value. */
export class BrokenSealError extends Error {
  override readonly name = 'BrokenSealError';
}

/** The injection token of the SecretBox. */
export const SECRET_BOX = Symbol('SECRET_BOX');

export type SecretBox = {
  /** @param context the one place where the value may be opened again, such as `destination:42` */
  seal(plain: string, context: string): Buffer;
  /** @throws BrokenSealError when another key or context sealed it, or when it was altered */
  open(sealed: Buffer, context: string): string;
};

/**
 * Encrypts small secrets at rest: AES-256-GCM, its key derived from `key` by HKDF-SHA-256. The context is authenticated,
 * so a sealed value that is copied to another row does not open there. Nonces are random: good for 2³² seals with one
 * key (NIST SP 800-38D, 8.3).
 *
 * Sealed: version (1 byte), nonce (12), tag (16), ciphertext.
 */
export function secretBox(key: string): SecretBox {
  const derived = createSecretKey(Buffer.from(hkdfSync('sha256', key, '', 'tocsin secret box v1', 32)));
  return {
    seal(plain, context) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', derived, nonce, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(context));
      const encrypted = [cipher.update(plain, 'utf8'), cipher.final()];
      return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), ...encrypted]);
    },
    open(sealed, context) {
      if (sealed.length < headBytes || sealed[0] !== version) {
        throw new BrokenSealError(`the secret of ${context} is no sealed value of this version: set it anew`);
      }
      const nonce = sealed.subarray(1, 1 + nonceBytes);
      const decipher = createDecipheriv('aes-256-gcm', derived, nonce, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(sealed.subarray(1 + nonceBytes, headBytes));
      try {
        const plain = decipher.update(sealed.subarray(headBytes));
        // Adds nothing in this mode, and throws unless the tag is right.
        decipher.final();
        return plain.toString('utf8');
      } catch (cause) {
        throw new BrokenSealError(
          `the secret of ${context} does not open: SECRET_KEY differs from the one that sealed it (bring that one back), or it was altered (set it anew)`,
          { cause },
        );
      }
    },
  };
}
