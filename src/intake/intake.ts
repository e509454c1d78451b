import { Inject, Injectable } from '@nestjs/common';
import { ChangeService } from '../changes/change.service.js';
import { RefusedEvent, type Recorded } from '../changes/change-batch.js';
import { DocumentChecks } from '../coverage/document-checks.service.js';
import { isCoverage, type ArchiveEvent, type ChangeEvent } from '../domain/archive-event.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { Metrics } from '../platform/metrics.js';
import { Problem } from '../platform/http/problem.js';

/** How a batch is to be taken; `requestId` says in the log which one it was. */
export type IntakeOptions = { silent: boolean; requestId?: string };

/** What became of one event; one that is no change has none. */
export type Taken = Recorded | { id: string; status: Recorded['status']; changeId: null; delta: null };

export type Receipt = { accepted: number; duplicates: number; results: Taken[] };

/** Where every entrance ends: records a batch whole or not at all. */
@Injectable()
export class Intake {
  constructor(
    private readonly changes: ChangeService,
    private readonly checks: DocumentChecks,
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

  /** Changes and checks in one transaction: a batch is kept whole or not at all. */
  private async record(
    events: readonly ArchiveEvent[],
    { silent }: IntakeOptions,
  ): Promise<{ recorded: Taken[]; revisionIds: string[] }> {
    const changes = events.filter((event): event is ChangeEvent => !isCoverage(event));
    const checks = events.filter(isCoverage);
    let checked: ('accepted' | 'duplicate')[] = [];
    try {
      const { recorded, revisionIds } = await this.changes.record(changes, {
        silent,
        alongside:
          checks.length === 0
            ? undefined
            : async (tx, now) => {
                checked = await this.checks.record(tx, checks, { silent, now });
              },
      });
      return { recorded: inOrder(events, recorded, checked), revisionIds };
    } catch (error) {
      if (!(error instanceof RefusedEvent)) throw error;
      const refused = changes[error.index];
      const root = events.length > 1 ? `[${events.findIndex((event) => event === refused)}].` : '';
      throw new Problem(422, 'Nothing was taken: see errors.', [
        { path: `${root}${error.path}`, message: error.message },
      ]);
    }
  }
}

function inOrder(
  events: readonly ArchiveEvent[],
  changes: readonly Recorded[],
  checked: readonly ('accepted' | 'duplicate')[],
): Taken[] {
  const [change, check] = [changes.values(), checked.values()];
  return events.map((event): Taken => {
    if (!isCoverage(event)) return change.next().value ?? unanswered();
    return { id: event.id, status: check.next().value ?? unanswered(), changeId: null, delta: null };
  });
}

function unanswered(): never {
  throw new Error('an event of the batch was not recorded');
}
