type Entry<Opened> = { bytes: string; opened: Opened };

/** A power of two. */
const marks = 65_536;

/**
 * What was decrypted lately, by where it is kept and for the very bytes that it was decrypted from: when a secret is replaced,
 * the former one is not found any more. Holds what was used last, at most twice `size` of it.
 *
 * Amid all else that a worker does, to decrypt takes 10 to 15 µs, a sixth of a webhook; to find here takes one. To keep what
 * is never asked for again takes 2 µs of collecting garbage. So only what is opened a second time is kept: a fan-out to
 * 100,000 destinations opens each once.
 */
export class RecentlyOpened<Key, Opened> {
  private newer = new Map<Key, Entry<Opened>>();
  private older = new Map<Key, Entry<Opened>>();
  /** Of what was opened, by its last bits: sealed bytes are as good as random. */
  private readonly seen = new Int32Array(marks);

  constructor(private readonly size: number) {}

  /** @returns what `open` gives, called only when it is not known */
  get(key: Key, sealed: Buffer, open: () => Opened): Opened {
    if (!this.isSeen(sealed)) return open();
    // As text: a small Buffer would hold on to the 8 KiB that it was cut from.
    const bytes = sealed.toString('latin1');
    const newer = this.newer.get(key);
    if (newer?.bytes === bytes) return newer.opened;
    const older = this.older.get(key);
    const entry = older?.bytes === bytes ? older : { bytes, opened: open() };
    this.keep(key, entry);
    return entry.opened;
  }

  /** A guess: another one may have taken its place, or look the same. Notes that it is seen now. */
  private isSeen(sealed: Buffer): boolean {
    const mark = sealed.length < 4 ? 0 : sealed.readInt32LE(sealed.length - 4);
    const isSeen = this.seen[mark & (marks - 1)] === mark;
    this.seen[mark & (marks - 1)] = mark;
    return isSeen;
  }

  private keep(key: Key, entry: Entry<Opened>): void {
    this.newer.set(key, entry);
    if (this.newer.size < this.size) return;
    this.older = this.newer;
    this.newer = new Map();
  }
}
