import type { z } from 'zod';
import type { Content, Recipient } from '../domain/alert-content.js';
import type { Outcome } from '../domain/outcome.js';

/** What a channel needs to know of the destination that it talks to. */
export type Target<Settings> = {
  settings: Settings;
  /** Signing secrets that are valid now, newest first; empty for channels that do not sign. */
  signingSecrets: readonly string[];
};

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
  /** The email address that must confirm a new destination before anything else goes there; null when none must. */
  addressToConfirm(settings: Settings): string | null;
  render(content: Content): Promise<Template>;
  fill(template: Template, recipient: Recipient): Payload;
  /**
   * Sends once and never retries by itself. Resolves to an outcome for whatever the other side does; rejects only on
   * bugs. @param at attempt time
   */
  send(payload: Payload, target: Target<Settings>, context: SendContext): Promise<Outcome>;
  /** Lets go of pooled connections. */
  close(): Promise<void>;
}

export type SendContext = { deliveryId: string; at: Date; signal: AbortSignal };
