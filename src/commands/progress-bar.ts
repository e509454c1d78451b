import type { WriteStream } from 'node:tty';

const width = 30;
const redrawMs = 100;

/** A bar on a terminal; nothing anywhere else, so that logs and pipes stay clean. */
export class ProgressBar {
  private done = 0;
  private drawnAt = 0;
  private events = 0;

  /** @param total bytes in all, or null when nobody knows */
  constructor(
    private readonly out: WriteStream,
    private readonly total: number | null,
  ) {}

  advance(bytes: number, events: number): void {
    this.done += bytes;
    this.events = events;
    if (!this.out.isTTY || Date.now() - this.drawnAt < redrawMs) return;
    this.drawnAt = Date.now();
    this.draw();
  }

  finish(): void {
    if (!this.out.isTTY) return;
    if (this.total !== null) this.done = this.total;
    this.draw();
    this.out.write('\n');
  }

  private draw(): void {
    if (this.total === null) {
      this.out.write(`\r${this.events} events`);
      return;
    }
    const share = this.total === 0 ? 1 : Math.min(1, this.done / this.total);
    const full = Math.round(share * width);
    const bar = `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
    this.out.write(`\r${bar} ${String(Math.round(share * 100)).padStart(3)} %  ${this.events} events`);
  }
}
