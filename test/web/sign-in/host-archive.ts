import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';

export type HostArchive = {
  settings: Record<string, string>;
  /** Signs with the newest key of an algorithm. */
  token(
    claims: JWTPayload,
    options?: { alg?: string; key?: CryptoKey | Uint8Array; kid?: string },
  ): Promise<string>;
  addKey(alg: string): Promise<string>;
  /** What is answered in place of the keys; null for those. */
  fail(status: number | null): void;
  publicKeys(): unknown[];
  close(): Promise<void>;
};

export const issuer = 'https://archive.example';
export const audience = 'tocsin';

/** An archive with accounts: a server of public keys, and tokens that it signs. */
export async function startHostArchive(): Promise<HostArchive> {
  const keys: Record<string, unknown>[] = [];
  const newest = new Map<string, { kid: string; privateKey: CryptoKey }>();
  let failure: number | null = null;
  const server = createServer((_, answer) => {
    answer.writeHead(failure ?? 200, { 'content-type': 'application/json' });
    answer.end(failure === null ? JSON.stringify({ keys }) : 'down');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  async function addKey(alg: string): Promise<string> {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    const kid = `${alg}-${keys.length}`;
    keys.push({ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' });
    newest.set(alg, { kid, privateKey });
    return kid;
  }
  for (const alg of ['RS256', 'ES256', 'EdDSA', 'PS256']) await addKey(alg);
  return {
    settings: {
      AUTH_JWKS_URL: `http://127.0.0.1:${port}/jwks`,
      AUTH_ISSUER: issuer,
      AUTH_AUDIENCE: audience,
      AUTH_COOKIE: 'archive_jwt',
    },
    token: async (claims, { alg = 'ES256', key, kid } = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg, kid: kid ?? newest.get(alg)?.kid ?? '' })
        .sign(key ?? newest.get(alg)!.privateKey),
    addKey,
    fail: (status) => {
      failure = status;
    },
    publicKeys: () => keys,
    close: async () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}
