import type { z } from 'zod';
import type { Recipient } from '../domain/alert-content.js';
import type { Content, MessageAbout } from '../domain/content.js';
import type { AccountId } from '../domain/ids.js';
import type { Outcome } from '../domain/outcome.js';
import type { SentRequest } from '../domain/sent-request.js';

/** Longest that an attempt may take, whatever the channel: well within a lease. */
export const attemptTimeoutMs = 45_000;

/** What a channel needs to know of the destination that it talks to. */
export type Target<Settings> = {
  settings: Settings;
  /** Signing secrets that are valid now, newest first; empty for channels that do not sign. */
  signingSecrets: readonly string[];
};

/** `path` is the faulty setting, `message` what to do about it. */
export type CheckedSettings<Settings> =
  { kind: 'fit'; settings: Settings } | { kind: 'unfit'; path: string; message: string };

/**
 * One kind of destination. `render` and `fill` are pure and know no network; `send` talks. None of them knows the
 * database or the queue.
 *
 * @typeParam Settings what a destination of this kind is set up with
 * @typeParam Template what all recipients of one content share, rendered once
 * @typeParam Payload the template with one recipient's parts filled in, ready to send
 */
export interface Channel<Settings = unknown, Template = unknown, Payload = unknown> {
  /** Names the channel, its lane and the `kind` of its destinations. */
  readonly kind: string;
  /** Validates `settings` of the API and gives their type. */
  readonly settingsSchema: z.ZodType<Settings>;
  /** The settings that are secrets: encrypted at rest and never given back. */
  readonly secretSettings: readonly (keyof Settings & string)[];
  /** Whether its messages are signed with secrets of the destination's own, made by Tocsin. */
  readonly signs: boolean;
  /** How many attempts one process makes at a time, and how many of them to one endpoint or share of it: first, and at most. */
  readonly concurrency: { attempts: number; ofOneEndpoint: { first: number; most: number } };
  /** Most messages a second, to one destination or of the whole lane; null for as many as come. */
  readonly pace: { perSecond: number; of: 'destination' | 'lane' } | null;
  /**
   * Names what fails or slows down as one: destinations with the same endpoint share a breaker and a bound of attempts.
   * It is neither kept nor logged. @param settings without the secret ones @returns null for the destination by itself
   */
  endpoint(settings: Record<string, unknown>): string | null;
  /**
   * Names what shares a bound of attempts where that is less than an endpoint: the mails to one domain, all of which go
   * through one server. Missing where it is the endpoint itself.
   */
  share?(settings: Record<string, unknown>): string;
  /** Whether all destinations share one endpoint, so that none of them is to blame when it fails. */
  readonly sharesEndpoint: boolean;
  /** Whether people read it, so that a storm of alerts becomes one summary; programs get each alert. */
  readonly sumsUp: boolean;
  /** The email address that must confirm a new destination before anything else goes there; null when none must. */
  addressToConfirm(settings: Settings): string | null;
  /**
   * What is asked, beyond the form of settings, before a destination of the account is set up with them; missing where the
   * form says all. Nobody's settings may name what belongs to another account. Takes as long as the other side does, and is
   * called outside of transactions.
   *
   * @returns the settings to keep, or what is wrong with which of them
   */
  check?(settings: Settings, accountId: AccountId): Promise<CheckedSettings<Settings>>;
  /**
   * Whether the destination's settings leave such messages out; missing where there is no such choice.
   *
   * @param about what of its kind the message tells, where that is known
   * @returns the reason, as its owner reads it with the delivery that is cancelled, or null
   */
  declines?(settings: Settings, kind: Content['kind'], about?: MessageAbout | null): string | null;
  render(content: Content): Promise<Template>;
  fill(template: Template, recipient: Recipient): Payload;
  /**
   * Sends once and never retries by itself. Resolves to an outcome for whatever the other side does, and at once when the
   * signal gives the attempt up; rejects only on bugs. @param at attempt time
   */
  send(payload: Payload, target: Target<Settings>, context: SendContext): Promise<Outcome>;
  /**
   * Changes a message that `send` posted, and answers like `send`; missing where messages stay as they are. What other
   * messages are known by is kept for channels that have it.
   *
   * @param context `providerId` as the outcome of `send` told it
   */
  update?(
    payload: Payload,
    target: Target<Settings>,
    context: { providerId: string; signal: AbortSignal },
  ): Promise<Outcome>;
  /** The request that `send` makes of a message, to be shown to its owner; missing where messages are no requests of theirs. */
  requestOf?(payload: Payload, of: { settings: Settings; deliveryId: string }): SentRequest;
  /** Lets go of pooled connections. */
  close(): Promise<void>;
}

export type SendContext = {
  deliveryId: string;
  at: Date;
  signal: AbortSignal;
  /** Of a follow-up, the provider's id of the message of the alert that it follows; only for channels with `update`. */
  thread?: string | null;
};
