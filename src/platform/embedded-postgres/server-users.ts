import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processIdentity } from './live-process.js';

/**
 * Who uses the running server: one small file each, named after its pid, so that the last to go stops the server. Users
 * that were killed are told from the living and forgotten. To be called under the start lock only.
 */
export class ServerUsers {
  constructor(private readonly folder: string) {}

  /** Counts this process in, once more if it is in already. @returns what to hand to `leave` */
  async join(): Promise<string> {
    await mkdir(this.folder, { recursive: true });
    const user = join(this.folder, `${process.pid}-${randomUUID()}`);
    await writeFile(user, String(await processIdentity(process.pid)));
    return user;
  }

  /** @returns whether nobody is left */
  async leave(user: string): Promise<boolean> {
    await rm(user, { force: true });
    let left = 0;
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      const identity = await processIdentity(Number.parseInt(name, 10));
      if (identity !== null && identity === (await readFile(path, 'utf8'))) left++;
      else await rm(path, { force: true });
    }
    return left === 0;
  }
}
