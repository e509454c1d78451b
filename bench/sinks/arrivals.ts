import { monotonicMs } from '../monotonic.js';

/** When the first request came to a path, of the few paths that somebody waits for. */
export class Arrivals {
  private readonly at = new Map<string, number>();
  private readonly waiting = new Map<string, (at: number) => void>();

  /** Notes a request, and keeps its time when its path is one to be watched. @returns its time on the steady clock */
  note(path: string): number {
    const now = monotonicMs();
    if (path.startsWith('/watch/') && !this.at.has(path)) {
      this.at.set(path, now);
      this.waiting.get(path)?.(now);
    }
    return now;
  }

  /** @returns null when nothing came in time */
  async of(path: string, withinMs: number): Promise<number | null> {
    const already = this.at.get(path);
    if (already !== undefined) return already;
    return new Promise((resolve) => {
      const patience = setTimeout(() => resolve(null), withinMs);
      this.waiting.set(path, (at) => {
        clearTimeout(patience);
        resolve(at);
      });
    });
  }

  clear(): void {
    this.at.clear();
    this.waiting.clear();
  }
}
