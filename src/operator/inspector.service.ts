import { Injectable } from '@nestjs/common';
import { ReachService, type Reach, type ReachedRevision } from '../alerts/reach.service.js';
import { RefusedEvent } from '../changes/change-batch.js';
import { ChangeService } from '../changes/change.service.js';
import { isCoverage, type ChangeEvent } from '../domain/archive-event.js';
import { Database, sqlState } from '../platform/database.js';
import { Problem } from '../platform/http/problem.js';
import { readEventLine } from '../intake/cloud-events.js';
import { Intake, type Receipt } from '../intake/intake.js';
import {
  countAlerted,
  findForeseen,
  listForeseenEchoes,
  listToTell,
  type ForeseenChange,
  type ForeseenEcho,
  type ToTell,
} from './foreseen.store.js';

const lockNotAvailable = '55P03';
const queryCanceled = '57014';
export type { ForeseenChange } from './foreseen.store.js';

/** Of those who were alerted before, so many are counted. */
const mostAlerted = 100_000;

/** What an event would do, were it sent now. */
export type Foresight = {
  event: ChangeEvent;
  /** Taken before, as that change: sent once more, it does nothing. */
  duplicateOf: string | null;
  change: ForeseenChange;
  reach: Reach;
  /** Word to those who were alerted of other changes: how many those are, up to 100,000. */
  echoes: { kind: ForeseenEcho['kind']; alerted: number }[];
};

/** Foretells what an event would do, and whom it would reach, before it is sent. */
@Injectable()
export class InspectorService {
  constructor(
    private readonly database: Database,
    private readonly changes: ChangeService,
    private readonly reach: ReachService,
    private readonly intake: Intake,
  ) {}

  /**
   * Takes the event as intake does, in a transaction that is undone, and matches what came of it without writing anything.
   * The entity's lock is held for the first of the two alone, whose cost does not grow with its followers.
   *
   * @param text one structured CloudEvent, as JSON
   * @throws Problem as intake refuses an event; 503 when a batch that is being taken holds the same entity for longer than 2 s
   */
  async foresee(text: string): Promise<Foresight> {
    const event = this.readChange(text);
    const { toTell, echoes, ...seen } = await this.rehearse(event);
    const reaches: Reach[] = [];
    for (const revision of revisionsOf(toTell)) reaches.push(await this.reach.reachOf(revision));
    const told: Foresight['echoes'] = [];
    for (const { kind, revisionId } of echoes) {
      told.push({ kind, alerted: await countAlerted(this.database, revisionId, mostAlerted) });
    }
    return { event, ...seen, reach: summed(reaches), echoes: told };
  }

  /** Sends it for real, by the way that every event goes. @throws Problem as intake */
  async send(text: string): Promise<Receipt> {
    return this.intake.take([this.readChange(text)], { silent: false });
  }

  private readChange(text: string): ChangeEvent {
    const event = readEventLine(text);
    if (!isCoverage(event)) return event;
    throw new Problem(
      422,
      'This event says that a document was looked at. It is no change, so there is nothing to foretell.',
      [{ path: 'type', message: 'must be provision.changed.v1 or provision.retracted.v1' }],
    );
  }

  private async rehearse(event: ChangeEvent) {
    try {
      return await this.changes.rehearse(event, async (tx, { recorded: [recorded] }) => {
        if (!recorded) throw new Error('an event was not recorded');
        const isKnown = recorded.status === 'duplicate';
        return {
          duplicateOf: isKnown ? recorded.changeId : null,
          change: await findForeseen(tx, recorded.changeId),
          toTell: isKnown ? [] : await listToTell(tx, recorded.changeId),
          echoes: isKnown ? [] : await listForeseenEchoes(tx),
        };
      });
    } catch (error) {
      if (error instanceof RefusedEvent) {
        throw new Problem(422, 'The event cannot be true.', [{ path: error.path, message: error.message }]);
      }
      if ([lockNotAvailable, queryCanceled].includes(sqlState(error) ?? '')) {
        throw new Problem(
          503,
          'A batch about the same entity is being taken in. Try it again in a few seconds.',
        );
      }
      throw error;
    }
  }
}

function revisionsOf(toTell: readonly ToTell[]): ReachedRevision[] {
  const revisions = new Map<string, ReachedRevision>();
  for (const { revisionId, firstPlannedAt, ...change } of toTell) {
    const { changes = [] } = revisions.get(revisionId) ?? {};
    revisions.set(revisionId, { revisionId, firstPlannedAt, changes: [...changes, change] });
  }
  return [...revisions.values()];
}

/** Of the one revision that there nearly always is, or of those that stand again as well. */
function summed(reaches: readonly Reach[]): Reach {
  const [first, ...more] = reaches;
  if (!first) return { alerts: 0, deliveries: [], silent: [], accounts: [], whole: true };
  return more.reduce(
    (sum, one) => ({
      alerts: sum.alerts + one.alerts,
      deliveries: [...sum.deliveries, ...one.deliveries],
      silent: [...sum.silent, ...one.silent],
      accounts: [...sum.accounts, ...one.accounts],
      whole: sum.whole && one.whole,
    }),
    first,
  );
}
