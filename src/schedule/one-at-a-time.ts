import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, type Logger } from '../platform/logger.js';

/** Runs ticks, each alone: skips one whose last run has not ended yet. */
@Injectable()
export class OneAtATime {
  private readonly running = new Set<string>();

  constructor(@Inject(LOGGER) private readonly log: Logger) {}

  async run(tick: string, work: () => Promise<unknown>): Promise<void> {
    if (this.running.has(tick)) return;
    this.running.add(tick);
    try {
      await work();
    } catch (error) {
      this.log.error({ tick, err: error }, 'a tick failed; the next one tries again');
    } finally {
      this.running.delete(tick);
    }
  }
}
