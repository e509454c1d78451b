import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { attemptTimeoutMs } from '../channels/channel.js';
import { ChannelRegistry } from '../channels/registry.js';
import { openTarget } from '../channels/sealed-settings.js';
import type { AlertProgress } from '../domain/alert-content.js';
import { deltaOfRanks } from '../domain/delta.js';
import type { AlertId, DestinationId } from '../domain/ids.js';
import type { Outcome } from '../domain/outcome.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { deadline } from '../platform/outbound/deadline.js';
import { SECRET_BOX, type SecretBox } from '../platform/secret-box.js';
import { findShown, isAcknowledged, type ShownMessage } from './delivery-message.store.js';
import { Messages } from './messages.js';

/** What changes each time it is looked at will be looked at again by whoever changes it. */
const mostLooks = 5;
/** Messages that one process changes at a time: a busy channel's acknowledgements must not leave posting without sockets. */
const mostAtATime = 8;
/** Before the second try of a message, when the other side does not say how long, and at most, in seconds. */
const pauseS = 1;
const longestPauseS = 60;
/** How long what is under way may hold up the end of the process. */
const drainMs = 10_000;

/** Which messages of an alert are meant. */
export type Meant = {
  /** Those at this destination alone; all unless given. */
  destinationId?: DestinationId;
  /** A message that somebody clicked on: a copy that nothing is kept of, when its delivery was posted twice. */
  clicked?: { destinationId: DestinationId; providerId: string };
  /** Gives up what is not changed by then. */
  signal?: AbortSignal;
};

/** The provider's ids of messages that could not be changed. */
export type Unchanged = ReadonlySet<string>;

const none: Unchanged = new Set();

/**
 * Brings the messages of an alert up to date, where they can be changed. Only what people see depends on it: what could not be
 * changed is tried once more and logged, and right again with the next change.
 */
@Injectable()
export class ShownMessages implements BeforeApplicationShutdown {
  /** By alert and destination: an older state must not overtake a newer one, and no destination waits for another. */
  private readonly running = new Map<string, Promise<Unchanged>>();
  private readonly stop = new AbortController();
  private changing = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelRegistry,
    private readonly messages: Messages,
    @Inject(SECRET_BOX) private readonly box: SecretBox,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Resolves when all were tried, and never rejects. */
  async refresh(alertId: AlertId, meant: Meant = {}): Promise<Unchanged> {
    const key = keyOf(alertId, meant);
    const before = this.running.get(key) ?? Promise.resolve(none);
    const turn = before
      .then(async () => this.change(alertId, meant))
      .catch((error: unknown) => {
        this.log.warn({ alertId, err: error }, 'the messages of an alert were not brought up to date');
        return none;
      })
      .finally(() => {
        if (this.running.get(key) === turn) this.running.delete(key);
      });
    this.running.set(key, turn);
    return turn;
  }

  /**
   * Of a message that was just posted and recorded: it was made before it was sent, so it does not show an acknowledgement
   * of before, and whoever acknowledged its alert meanwhile did not find it. Never rejects.
   */
  async catchUp(alertId: AlertId, meant: Meant): Promise<void> {
    try {
      if (await isAcknowledged(this.database, alertId)) await this.refresh(alertId, meant);
    } catch (error) {
      this.log.warn({ alertId, err: error }, 'whether a message is up to date could not be asked');
    }
  }

  /** What comes of the refresh of all messages of an alert that is under way, if any. */
  async underWay(alertId: AlertId): Promise<Unchanged> {
    return this.running.get(keyOf(alertId, {})) ?? none;
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running.values());
  }

  async beforeApplicationShutdown(): Promise<void> {
    const timer = setTimeout(() => this.stop.abort(), drainMs);
    await this.settled();
    clearTimeout(timer);
  }

  /** Looks again when it is done: another process may have written an older state over its newer one, or begun to. */
  private async change(alertId: AlertId, meant: Meant): Promise<Unchanged> {
    const signal = AbortSignal.any([this.stop.signal, ...(meant.signal ? [meant.signal] : [])]);
    const unchanged = new Set<string>();
    let written = '';
    for (let look = 0; look < mostLooks && !signal.aborted; look++) {
      const shown = await this.find(alertId, meant);
      const state = JSON.stringify(shown.map(progressOf));
      if (shown.length === 0 || state === written) break;
      await Promise.all(
        shown.map(async (message) => {
          if (await this.changeOne(message, signal)) unchanged.delete(message.providerId);
          else unchanged.add(message.providerId);
        }),
      );
      written = state;
    }
    return unchanged;
  }

  private async find(alertId: AlertId, { destinationId, clicked }: Meant): Promise<ShownMessage[]> {
    const shown = await findShown(this.database, alertId, destinationId ?? null, this.clock.now());
    const copies = shown
      .filter((one) => one.destinationId === clicked?.destinationId && one.providerId !== clicked.providerId)
      .map((one) => ({ ...one, providerId: clicked?.providerId ?? one.providerId }));
    return [...shown, ...copies];
  }

  /** Tries twice what may pass. @returns whether the message shows it */
  private async changeOne(message: ShownMessage, signal: AbortSignal): Promise<boolean> {
    const first = await this.inTurn(async () => this.attempt(message, signal));
    if (first?.kind !== 'retry' || signal.aborted) return first?.kind === 'delivered';
    const pauseMs = Math.min(first.afterSeconds ?? pauseS, longestPauseS) * 1_000;
    await wait(pauseMs, undefined, { signal }).catch(() => undefined);
    const second = await this.inTurn(async () => this.attempt(message, signal));
    return second?.kind === 'delivered';
  }

  /** @returns null when it was not tried: it was given up, or this installation does not have the channel */
  private async attempt(message: ShownMessage, stop: AbortSignal): Promise<Outcome | null> {
    const { id: deliveryId, alertId, lane, destinationId, settings, sealed, providerId } = message;
    const channel = this.channels.find(lane);
    if (!channel?.update || stop.aborted) return null;
    const payload = await this.messages.changed(channel, message, progressOf(message));
    const target = openTarget({ settings, id: destinationId, sealed }, this.box, this.clock.now());
    const limit = deadline(attemptTimeoutMs, stop);
    try {
      const outcome = await channel.update(payload, target, { providerId, signal: limit.signal });
      if (outcome.kind === 'delivered') this.log.info({ deliveryId, alertId, lane }, 'message changed');
      else {
        const { kind, reason, status } = outcome;
        this.log.warn({ deliveryId, alertId, lane, outcome: kind, reason, status }, 'message not changed');
      }
      return outcome;
    } finally {
      limit.clear();
    }
  }

  /** Whoever is done hands its place to the next. */
  private async inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.changing < mostAtATime) this.changing++;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.changing--;
    }
  }
}

function keyOf(alertId: AlertId, { destinationId }: Meant): string {
  return `${alertId}/${destinationId ?? ''}`;
}

function progressOf(message: ShownMessage): AlertProgress {
  const { acknowledgedAt, acknowledgedBy, mutedChangeIds, followUps, followUpChanges, echoes } = message;
  return {
    acknowledged: acknowledgedAt && { at: acknowledgedAt.toISOString(), by: acknowledgedBy },
    mutedChangeIds,
    followUps: {
      count: followUps,
      deltas: followUpChanges.map(({ kind, beforeRank, afterRank }) =>
        deltaOfRanks(kind, beforeRank, afterRank),
      ),
    },
    echoes: echoes.map(({ about, at }) => ({ about, at: new Date(at).toISOString() })),
  };
}
