import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { attemptTimeoutMs } from '../channels/channel.js';
import { ChannelRegistry } from '../channels/registry.js';
import { openTarget } from '../channels/sealed-settings.js';
import { reasonToCancel } from '../domain/delivery-verdict.js';
import { mailboxKey } from '../domain/mailbox.js';
import { oneLine } from '../domain/plain-text.js';
import type { AlertId } from '../domain/ids.js';
import type { Outcome } from '../domain/outcome.js';
import { retryDelayMs } from '../domain/retry-schedule.js';
import { Clock } from '../platform/clock.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { SECRET_BOX, type SecretBox } from '../platform/secret-box.js';
import { deadline } from '../platform/outbound/deadline.js';
import type { FollowedMessage } from './delivery-message.store.js';
import { beforeEcho } from './before-echo.js';
import type { Ending } from './ending.store.js';
import type { LeasedDelivery } from './leased-delivery.store.js';
import { Messages } from './messages.js';
import { heldOver } from './quiet-hold.js';

/** How an attempt ended, or why none was made. */
export type Result = Pick<
  Ending,
  | 'state'
  | 'dueAt'
  | 'paced'
  | 'reason'
  | 'at'
  | 'endedAt'
  | 'outcome'
  | 'status'
  | 'ms'
  | 'excerpt'
  | 'disable'
  | 'held'
> & {
  /** What the attempt tells of the endpoint: null when there was none, it was not reached, or the fault was ours. */
  endpoint: 'answered' | 'failed' | null;
  /** What its message is known by, when that is kept. */
  message: NonNullable<Ending['message']> | null;
  /** The alert whose message it answers; null when it stands by itself. */
  followedAlertId: AlertId | null;
  /** Of a digest, the changes that it tells of. */
  told: readonly string[] | null;
};

/** What is common to all results without an attempt. */
const notTried = {
  dueAt: null,
  paced: false,
  outcome: null,
  status: null,
  ms: 0,
  excerpt: null,
  disable: false,
  held: false,
  endpoint: null,
  message: null,
  followedAlertId: null,
  told: null,
} as const;

/** How long the notice that a document is back waits for what becomes of the one that it was lost. */
const coverageWaitMs = 60_000;

type Sent = Pick<Result, 'endpoint' | 'message' | 'followedAlertId' | 'told'> & { outcome: Outcome };

/** Of an attempt that came to nothing by our own doing. */
const unsent = { endpoint: null, message: null, followedAlertId: null, told: null } as const;

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

  /** @param stop cuts the attempt off */
  async attempt(delivery: LeasedDelivery, stop: AbortSignal): Promise<Result> {
    const at = this.clock.now();
    const startedAt = performance.now();
    const { kind } = delivery;
    const channel = this.channels.find(delivery.lane);
    const untold = beforeEcho(delivery, at);
    if (untold !== null) return { ...notTried, ...untold, at, endedAt: at };
    const turn = kind === 'digest' ? await this.messages.digests.end(delivery.id) : null;
    if (turn?.kind === 'wait') return waiting(at, turn.until);
    const reason =
      reasonToCancel({
        kind,
        tier: delivery.tier,
        isOwnEmail: isOwnEmail(delivery),
        destinationStatus: delivery.destinationStatus,
        watchlists: delivery.watchlists.length,
        isTakenOff: delivery.isTakenOff && channel?.sumsUp === true,
        isMuted:
          delivery.changeIds?.length === 0 ||
          (kind === 'summary' && (await this.messages.isMutedSummary(delivery))),
        isUndone:
          delivery.isUndone || (kind === 'summary' && (await this.messages.isUndoneSummary(delivery))),
      }) ??
      (channel ? await this.messages.declined(channel, delivery) : null) ??
      (turn?.kind === 'cancel' ? turn.reason : null);
    if (reason !== null) return cancelled(at, reason);
    const held = heldOver(delivery, channel?.sumsUp === true, at);
    if (held !== null) return { ...notTried, ...held, at, endedAt: at };
    const left = kind === 'digest' ? await this.messages.digests.judge(delivery.id) : null;
    if (left?.kind === 'cancel') return cancelled(at, left.reason);
    const verdict = kind === 'coverage' ? await this.messages.judgeCoverage(delivery) : null;
    if (verdict?.kind === 'cancel') return cancelled(at, verdict.reason);
    if (verdict?.kind === 'wait') return waiting(at, new Date(at.getTime() + coverageWaitMs));
    const sent = await this.send(delivery, at, stop);
    const ms = Math.round(performance.now() - startedAt);
    return this.resultOf(delivery, { ...sent, at, ms });
  }

  /**
   * What workers took up again and again, and ended before they could say how it went. It may be what ends them, or they
   * were merely killed: so it waits as after a failed attempt, each time longer.
   */
  abandoned(delivery: LeasedDelivery): Result {
    const reason = 'each worker that took it up ended before the attempt did';
    return this.resultOf(delivery, {
      ...unsent,
      outcome: { kind: 'retry', reason },
      at: this.clock.now(),
      ms: 0,
    });
  }

  private resultOf(
    delivery: LeasedDelivery,
    { outcome, at, ms, ...told }: Sent & { at: Date; ms: number },
  ): Result {
    const { state, dueAt } = this.judge(delivery, outcome);
    return {
      state,
      dueAt,
      paced: false,
      reason: outcome.kind === 'delivered' ? null : outcome.reason,
      at,
      endedAt: this.clock.now(),
      outcome: outcome.kind,
      status: outcome.status ?? null,
      ms,
      // Strangers wrote it: PostgreSQL refuses NUL and half a surrogate pair, and then nothing would be recorded.
      excerpt: outcome.excerpt === undefined ? null : oneLine(outcome.excerpt.toWellFormed()),
      disable: outcome.kind === 'permanent' && outcome.disable === true,
      held: false,
      ...told,
    };
  }

  /** A fault of our own is tried again by the schedule: the next version may have mended it. */
  private async send(delivery: LeasedDelivery, at: Date, stop: AbortSignal): Promise<Sent> {
    try {
      const channel = this.channels.find(delivery.lane);
      if (!channel) {
        const reason = 'this installation does not have the channel';
        return { ...unsent, outcome: { kind: 'retry', reason } };
      }
      const { payload, followed, told } = await this.messages.toSend(channel, delivery);
      const target = this.targetOf(delivery, at);
      const thread = followed?.providerId ?? null;
      const outcome = await withinTime(stop, async (signal) =>
        channel.send(payload, target, { deliveryId: delivery.id, at, signal, thread }),
      );
      const endpoint = stop.aborted ? null : answerOf(outcome);
      return { outcome, endpoint, told, ...(channel.update ? keptOf(outcome, followed) : unkept) };
    } catch (error) {
      const { id, lane, revisionId } = delivery;
      this.log.error({ deliveryId: id, revisionId, lane, err: error }, 'delivery failed inside');
      const reason = 'it failed inside Tocsin; the operator finds more in the log';
      return { ...unsent, outcome: { kind: 'retry', reason } };
    }
  }

  /** A notice tells of a destination, and goes to its owner. */
  private targetOf({ kind, email, settings, destinationId: id, sealed }: LeasedDelivery, at: Date) {
    if (kind === 'notice') return { settings: { address: email }, signingSecrets: [] };
    return openTarget({ settings, id, sealed }, this.box, at);
  }

  /** What becomes of the delivery. */
  private judge(delivery: LeasedDelivery, outcome: Outcome): Pick<Result, 'state' | 'dueAt'> {
    if (outcome.kind === 'delivered') return { state: 'delivered', dueAt: null };
    if (outcome.kind === 'permanent') return { state: 'dead', dueAt: null };
    const { retryScheduleS } = this.config;
    const waitMs = retryDelayMs(delivery.tries + 1, retryScheduleS, Math.random(), outcome.afterSeconds);
    if (waitMs === null) return { state: 'dead', dueAt: null };
    return { state: 'due', dueAt: new Date(this.clock.now().getTime() + waitMs) };
  }
}

/** A lease is only good for attempts that end within their time. */
async function withinTime(
  stop: AbortSignal,
  send: (signal: AbortSignal) => Promise<Outcome>,
): Promise<Outcome> {
  const limit = deadline(attemptTimeoutMs, stop);
  try {
    return await send(limit.signal);
  } finally {
    limit.clear();
  }
}

/** No attempt: the delivery waits in the ledger. @param paced whether its endpoint's rate is what it waits for */
export function waiting(at: Date, dueAt: Date, paced = false): Result {
  return { ...notTried, state: 'due', reason: null, dueAt, paced, at, endedAt: at };
}

/** No attempt, now or later. */
function cancelled(at: Date, reason: string): Result {
  return { ...notTried, state: 'cancelled', reason, at, endedAt: at };
}

const unkept = { message: null, followedAlertId: null } as const;

/** What is kept of a message that can be changed later. */
function keptOf(
  outcome: Outcome,
  followed: FollowedMessage | null,
): Pick<Result, 'message' | 'followedAlertId'> {
  if (outcome.kind !== 'delivered' || outcome.providerId === undefined) return unkept;
  const { providerId, thread = null } = outcome;
  return {
    message: { providerId, thread },
    followedAlertId: thread === null ? null : (followed?.alertId ?? null),
  };
}

/** Whatever an endpoint says, it answers: what it refuses costs no more time than what it takes. */
function answerOf(outcome: Outcome): Result['endpoint'] {
  if (outcome.kind !== 'retry') return 'answered';
  if (outcome.endpoint !== undefined) return outcome.endpoint;
  return outcome.status === undefined ? 'failed' : 'answered';
}

function isOwnEmail(delivery: LeasedDelivery): boolean {
  const { destinationKind, settings, email } = delivery;
  return destinationKind === 'email' && mailboxKey(String(settings['address'])) === mailboxKey(email);
}
