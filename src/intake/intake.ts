import { Inject, Injectable } from '@nestjs/common';
import { ChangeService } from '../changes/change.service.js';
import { RefusedEvent, type Recorded } from '../changes/change-batch.js';
import type { ArchiveEvent } from '../domain/archive-event.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { Metrics } from '../platform/metrics.js';
import { Problem } from '../platform/http/problem.js';

/** How a batch is to be taken; `requestId` says in the log which one it was. */
export type IntakeOptions = { silent: boolean; requestId?: string };

export type Receipt = { accepted: number; duplicates: number; results: Recorded[] };

/** Where every entrance ends: records a batch whole or not at all. */
@Injectable()
export class Intake {
  constructor(
    private readonly changes: ChangeService,
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** @throws Problem 422 when an event can't be true; nothing of the batch is kept then */
  async take(events: readonly ArchiveEvent[], options: IntakeOptions): Promise<Receipt> {
    const { recorded: results, revisionIds } = await this.record(events, options);
    const duplicates = results.filter((result) => result.status === 'duplicate').length;
    const accepted = results.length - duplicates;
    this.metrics.events.inc({ status: 'accepted' }, accepted);
    this.metrics.events.inc({ status: 'duplicate' }, duplicates);
    // From here on a revision's id leads on, to settling, fan-out and deliveries.
    this.log.info({ requestId: options.requestId, accepted, duplicates, revisionIds }, 'events taken in');
    return { accepted, duplicates, results };
  }

  private async record(
    events: readonly ArchiveEvent[],
    options: IntakeOptions,
  ): Promise<{ recorded: Recorded[]; revisionIds: string[] }> {
    try {
      return await this.changes.record(events, options);
    } catch (error) {
      if (!(error instanceof RefusedEvent)) throw error;
      const root = events.length > 1 ? `[${error.index}].` : '';
      throw new Problem(422, 'Nothing was taken: see errors.', [
        { path: `${root}${error.path}`, message: error.message },
      ]);
    }
  }
}
