import { createRemoteJWKSet, customFetch, errors, jwtVerify, type JWTPayload } from 'jose';
import { Agent } from 'undici';
import type { HostAccounts } from '../domain/host-accounts.js';
import { fetchText } from '../platform/outbound/fetch-text.js';

/** With a secret in common (HS256) whoever knows the public key could sign, and with `none` anybody. */
const algorithms = ['RS256', 'ES256', 'EdDSA'];
const leewayS = 30;

/** What a key set that can't be read ends in. */
const unreadableSet: ReadonlySet<string> = new Set([
  errors.JWKSTimeout.code,
  errors.JWKSInvalid.code,
  errors.JOSEError.code,
]);

/** The host archive's keys could not be had: whether a token is good is not known. */
export class KeysUnreachableError extends Error {
  override readonly name = 'KeysUnreachableError';
}

export type HostKeys = {
  /**
   * @returns what a token says, or null for one that is not good
   * @throws KeysUnreachableError
   */
  verify(token: string, now: Date): Promise<JWTPayload | null>;
  close(): Promise<void>;
};

/**
 * The keys are fetched when a token comes, and again for one that names a key unknown so far, at most every 30 s. The
 * operator chose their address, which may well be a private one: only length, time and redirects are bounded.
 */
export function hostKeys({ jwksUrl, issuer, audience }: HostAccounts): HostKeys {
  const agent = new Agent();
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    [customFetch]: async (url) => {
      try {
        return new Response(await fetchText(agent, new URL(url)));
      } catch (cause) {
        throw new KeysUnreachableError('the keys could not be fetched', { cause });
      }
    },
  });
  return {
    async verify(token, now) {
      try {
        const { payload } = await jwtVerify(token, keys, {
          issuer,
          audience,
          algorithms,
          clockTolerance: leewayS,
          currentDate: now,
          requiredClaims: ['exp', 'sub'],
        });
        return payload;
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error;
        if (unreadableSet.has(error.code)) {
          throw new KeysUnreachableError('the keys could not be read', { cause: error });
        }
        return null;
      }
    },
    close: async () => agent.close(),
  };
}
