import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Keys of this installation. */
export type Secrets = Readonly<{ secretKey: string; operatorToken: string; operatorTokenIsNew: boolean }>;

/** The injection token of the Secrets. */
export const SECRETS = Symbol('SECRETS');

/** Takes the given secrets, and makes the missing ones once under the data folder, readable by its owner alone. */
export function loadSecrets(given: {
  secretKey: string | null;
  operatorToken: string | null;
  dataDir: string;
}): Secrets {
  const secretKey = given.secretKey ?? keptSecret(given.dataDir, 'secret-key').value;
  const kept = given.operatorToken === null ? keptSecret(given.dataDir, 'operator-token') : null;
  return Object.freeze({
    secretKey,
    operatorToken: given.operatorToken ?? kept?.value ?? '',
    operatorTokenIsNew: kept?.isNew ?? false,
  });
}

function keptSecret(dataDir: string, name: string): { value: string; isNew: boolean } {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, name);
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
    // Linking fails when the name is taken: of processes that start together one makes it, whole, and all read that one.
    linkSync(draft, path);
    return { value: readFileSync(path, 'utf8').trim(), isNew: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return { value: readFileSync(path, 'utf8').trim(), isNew: false };
  } finally {
    rmSync(draft, { force: true });
  }
}
