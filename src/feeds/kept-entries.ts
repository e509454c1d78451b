import type { Xml } from './xml.js';

/** Entries kept ready, the oldest dropped first when they get too long together. */
export class KeptEntries {
  private readonly entries = new Map<string, Xml>();
  private length = 0;

  /** @param mostLength of all of them, in characters */
  constructor(private readonly mostLength: number) {}

  get(key: string): Xml | undefined {
    return this.entries.get(key);
  }

  /** Keeps what was not kept before. */
  keep(key: string, entry: Xml): void {
    if (this.entries.has(key)) return;
    this.entries.set(key, entry);
    this.length += entry.length;
    for (const [oldest, { length }] of this.entries) {
      if (this.length <= this.mostLength) return;
      this.entries.delete(oldest);
      this.length -= length;
    }
  }
}
