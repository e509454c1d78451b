import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { ChannelRegistry } from '../channels/registry.js';
import { openTarget } from '../channels/sealed-settings.js';
import { reasonToCancel } from '../domain/delivery-verdict.js';
import { oneLine } from '../domain/plain-text.js';
import type { Outcome } from '../domain/outcome.js';
import { retryDelayMs } from '../domain/retry-schedule.js';
import { Clock } from '../platform/clock.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { SECRET_BOX, type SecretBox } from '../platform/secret-box.js';
import { deadline } from '../platform/outbound/deadline.js';
import type { Ending, LeasedDelivery } from './delivery.store.js';
import { Messages } from './messages.js';

/** Longest that one attempt may take, whatever the channel: well within a lease. */
export const attemptTimeoutMs = 45_000;

/** Tries beyond the schedule are those that never came to an end: after so many, the delivery may be what ends us. */
const abandonedTries = 5;

/** Makes one attempt of one delivery and says how it ended. Holds no transaction. */
@Injectable()
export class Sender {
  constructor(
    private readonly channels: ChannelRegistry,
    private readonly messages: Messages,
    @Inject(SECRET_BOX) private readonly box: SecretBox,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async attempt(delivery: LeasedDelivery, claim: string, stop: AbortSignal): Promise<Ending> {
    const at = this.clock.now();
    const startedAt = performance.now();
    const reason = reasonToCancel({
      kind: delivery.kind,
      tier: delivery.tier,
      isOwnEmail: isOwnEmail(delivery),
      destinationStatus: delivery.destination.status,
      watchlists: delivery.watchlists.length,
    });
    const none = { id: delivery.id, claim, at, status: null, excerpt: null, dueAt: null, disable: null };
    if (delivery.tries > this.config.retryScheduleS.length + abandonedTries) {
      const abandoned = 'every attempt was cut off before it ended';
      return { ...none, state: 'dead', reason: abandoned, endedAt: at, outcome: null, ms: 0 };
    }
    if (reason !== null) return { ...none, state: 'cancelled', reason, endedAt: at, outcome: null, ms: 0 };
    const outcome = await this.send(delivery, at, stop);
    const ms = Math.round(performance.now() - startedAt);
    return { ...none, endedAt: this.clock.now(), ms, ...this.judge(delivery, outcome) };
  }

  /** A fault of our own is tried again by the schedule: the next version may have mended it. */
  private async send(delivery: LeasedDelivery, at: Date, stop: AbortSignal): Promise<Outcome> {
    try {
      return await this.hand(delivery, at, stop);
    } catch (error) {
      this.log.error({ deliveryId: delivery.id, lane: delivery.lane, err: error }, 'delivery failed inside');
      return { kind: 'retry', reason: 'it failed inside Tocsin; the operator finds more in the log' };
    }
  }

  private async hand(delivery: LeasedDelivery, at: Date, stop: AbortSignal): Promise<Outcome> {
    const channel = this.channels.find(delivery.lane);
    if (!channel) return { kind: 'retry', reason: 'this installation does not have the channel' };
    const payload = await this.messages.payload(channel, delivery);
    const target = openTarget(
      { ...delivery.destination, id: delivery.destinationId, sealed: delivery.sealed },
      this.box,
      at,
    );
    const limit = deadline(attemptTimeoutMs, stop);
    try {
      return await channel.send(payload, target, { deliveryId: delivery.id, at, signal: limit.signal });
    } finally {
      limit.clear();
    }
  }

  private judge(delivery: LeasedDelivery, outcome: Outcome) {
    const attempt = {
      outcome: outcome.kind,
      status: outcome.status ?? null,
      // Strangers wrote it: PostgreSQL refuses NUL and half a surrogate pair, and then nothing would be recorded.
      excerpt: outcome.excerpt === undefined ? null : oneLine(outcome.excerpt.toWellFormed()),
    };
    if (outcome.kind === 'delivered') return { ...attempt, state: 'delivered' as const, reason: null };
    if (outcome.kind === 'permanent') {
      return {
        ...attempt,
        state: 'dead' as const,
        reason: outcome.reason,
        disable: outcome.disable === true ? delivery.destinationId : null,
      };
    }
    const waitMs = retryDelayMs(
      delivery.tries,
      this.config.retryScheduleS,
      Math.random(),
      outcome.afterSeconds,
    );
    if (waitMs === null) return { ...attempt, state: 'dead' as const, reason: outcome.reason };
    const dueAt = new Date(this.clock.now().getTime() + waitMs);
    return { ...attempt, state: 'due' as const, reason: outcome.reason, dueAt };
  }
}

function isOwnEmail(delivery: LeasedDelivery): boolean {
  const { kind, settings } = delivery.destination;
  return kind === 'email' && String(settings['address']).toLowerCase() === delivery.email.toLowerCase();
}
