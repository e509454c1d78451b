import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { attemptTimeoutMs } from '../channels/channel.js';
import { ChannelRegistry } from '../channels/registry.js';
import { openTarget } from '../channels/sealed-settings.js';
import type { AlertProgress } from '../domain/alert-content.js';
import { deltaOfRanks } from '../domain/delta.js';
import type { AlertId, DestinationId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { SECRET_BOX, type SecretBox } from '../platform/secret-box.js';
import { findShown, type ShownMessage } from './delivery-message.store.js';
import { Messages } from './messages.js';

/** What changes each time it is looked at will be looked at again by whoever changes it. */
const mostLooks = 5;

/** Which messages of an alert are meant. */
export type Meant = {
  /** Those at this destination alone; all unless given. */
  destinationId?: DestinationId;
  /** A message that somebody clicked on: a copy that nothing is kept of, when its delivery was posted twice. */
  clicked?: { destinationId: DestinationId; providerId: string };
};

/**
 * Brings the messages of an alert up to date, where they can be changed. Only what people see depends on it: what could not be
 * changed is logged, and right again with the next change.
 */
@Injectable()
export class ShownMessages implements BeforeApplicationShutdown {
  /** By alert: an older state must not overtake a newer one. */
  private readonly running = new Map<AlertId, Promise<void>>();

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelRegistry,
    private readonly messages: Messages,
    @Inject(SECRET_BOX) private readonly box: SecretBox,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Resolves when all were tried, and never rejects. */
  async refresh(alertId: AlertId, meant: Meant = {}): Promise<void> {
    const before = this.running.get(alertId) ?? Promise.resolve();
    const turn = before
      .then(async () => this.change(alertId, meant))
      .catch((error: unknown) => {
        this.log.warn({ alertId, err: error }, 'the messages of an alert were not brought up to date');
      })
      .finally(() => {
        if (this.running.get(alertId) === turn) this.running.delete(alertId);
      });
    this.running.set(alertId, turn);
    return turn;
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running.values());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.settled();
  }

  /** Looks again when it is done: another process may have written an older state over its newer one, or begun to. */
  private async change(alertId: AlertId, meant: Meant): Promise<void> {
    let written = '';
    for (let look = 0; look < mostLooks; look++) {
      const shown = await this.find(alertId, meant);
      const state = JSON.stringify(shown.map(progressOf));
      if (state === written) return;
      await Promise.all(shown.map(async (message) => this.changeOne(message)));
      written = state;
    }
  }

  private async find(alertId: AlertId, { destinationId, clicked }: Meant): Promise<ShownMessage[]> {
    const shown = await findShown(this.database, alertId, destinationId ?? null, this.clock.now());
    const copies = shown
      .filter((one) => one.destinationId === clicked?.destinationId && one.providerId !== clicked.providerId)
      .map((one) => ({ ...one, providerId: clicked?.providerId ?? one.providerId }));
    return [...shown, ...copies];
  }

  private async changeOne(message: ShownMessage): Promise<void> {
    const { id: deliveryId, alertId, lane, destinationId, settings, sealed, providerId } = message;
    const channel = this.channels.find(lane);
    if (!channel?.update) return;
    const payload = await this.messages.changed(channel, message, progressOf(message));
    const target = openTarget({ settings, id: destinationId, sealed }, this.box, this.clock.now());
    const signal = AbortSignal.timeout(attemptTimeoutMs);
    const outcome = await channel.update(payload, target, { providerId, signal });
    if (outcome.kind === 'delivered') this.log.info({ deliveryId, alertId, lane }, 'message changed');
    else {
      const { kind, reason, status } = outcome;
      this.log.warn({ deliveryId, alertId, lane, outcome: kind, reason, status }, 'message not changed');
    }
  }
}

function progressOf(message: ShownMessage): AlertProgress {
  const { acknowledgedAt, acknowledgedBy, mutedChangeIds, followUps, followUpChanges } = message;
  return {
    acknowledged: acknowledgedAt && { at: acknowledgedAt.toISOString(), by: acknowledgedBy },
    mutedChangeIds,
    followUps: {
      count: followUps,
      deltas: followUpChanges.map(({ kind, beforeRank, afterRank }) =>
        deltaOfRanks(kind, beforeRank, afterRank),
      ),
    },
  };
}
