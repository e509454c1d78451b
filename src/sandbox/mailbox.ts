import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseMail, type CaughtMail } from './caught-mail.js';

/** How many mails are kept; older ones go. */
export const mostMails = 1_000;

/** Milliseconds since 1970, a count within the process, chance: names sort by time and never meet across processes. */
const idShape = /^(\d{15})-\d{6}-[0-9a-f]{8}$/;
const suffix = '.eml';

/** A folder of caught mails, one file each, that several processes may fill and read at once. */
export class Mailbox {
  private readonly parsed = new Map<string, CaughtMail>();
  private count = 0;

  constructor(private readonly dir: string) {}

  /** Keeps a mail as it came. Written aside first and renamed, so that a reader never sees half of one. */
  async add(source: Buffer, at: Date): Promise<string> {
    await mkdir(this.dir, { recursive: true, mode: 0o700 });
    const id = [
      String(at.getTime()).padStart(15, '0'),
      String(this.count++ % 1_000_000).padStart(6, '0'),
      randomBytes(4).toString('hex'),
    ].join('-');
    const path = this.path(id);
    await writeFile(`${path}.tmp`, source, { mode: 0o600 });
    await rename(`${path}.tmp`, path);
    await this.dropOldest();
    return id;
  }

  /** Newest first. */
  async list(): Promise<CaughtMail[]> {
    const ids = await this.ids();
    const present = new Set(ids);
    for (const id of this.parsed.keys()) if (!present.has(id)) this.parsed.delete(id);
    const mails: CaughtMail[] = [];
    for (const id of ids) {
      const mail = await this.find(id);
      if (mail !== null) mails.push(mail);
    }
    return mails;
  }

  async find(id: string): Promise<CaughtMail | null> {
    const known = this.parsed.get(id);
    if (known !== undefined) return known;
    const source = await this.source(id);
    if (source === null) return null;
    const mail = await parseMail(id, source, new Date(Number(id.slice(0, 15))));
    this.parsed.set(id, mail);
    return mail;
  }

  /** The mail as it came over the wire, or null when there is none of that id. */
  async source(id: string): Promise<Buffer | null> {
    if (!idShape.test(id)) return null;
    try {
      return await readFile(this.path(id));
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async empty(): Promise<void> {
    this.parsed.clear();
    await this.drop(await this.ids());
  }

  private async dropOldest(): Promise<void> {
    await this.drop((await this.ids()).slice(mostMails));
  }

  private async drop(ids: string[]): Promise<void> {
    // Another process may have dropped the same ones already.
    await Promise.all(ids.map((id) => rm(this.path(id), { force: true })));
  }

  /** Newest first. */
  private async ids(): Promise<string[]> {
    try {
      return (await readdir(this.dir))
        .flatMap((name) => (name.endsWith(suffix) ? [name.slice(0, -suffix.length)] : []))
        .filter((id) => idShape.test(id))
        .toSorted()
        .toReversed();
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  private path(id: string): string {
    return join(this.dir, id + suffix);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ENOENT';
}
