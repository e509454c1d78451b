import type { IncomingHttpHeaders } from 'node:http';
import { Webhook } from 'standardwebhooks';
import type { Clock } from '../platform/clock.js';

/** One webhook that came in, and what is to be thought of it. */
export type TakenWebhook = {
  /** RFC 3339 UTC. */
  receivedAt: string;
  /** Of the message; null when the request names none. */
  id: string | null;
  /** Null when there is no secret to check with. */
  verified: boolean | null;
  /** Why it did not verify; null when it did. */
  reason: string | null;
  /** Which time this message comes: 1 unless it is a repeat. What did not verify is not counted. */
  time: number;
  /** The `type` that the body names; null when it is no JSON that names one. */
  type: string | null;
  /** The body as JSON; null when it is none. */
  message: unknown;
};

/** Judges webhooks as a receiver should, by the library of the standard rather than by what signs them here. */
export class WebhookDesk {
  private readonly keys: readonly Webhook[];
  private readonly seen = new Map<string, number>();

  /**
   * @param secrets of which one has to match; with none, nothing is checked
   * @throws Error when one of them is no secret
   */
  constructor(
    secrets: readonly string[],
    private readonly clock: Clock,
  ) {
    this.keys = secrets.map((secret) => new Webhook(secret));
  }

  /** @param body to the byte as it came */
  take(headers: IncomingHttpHeaders, body: Buffer): TakenWebhook {
    const id = headers['webhook-id']?.toString() ?? null;
    const reason = this.faultOf(headers, body);
    const message = parsed(body);
    const { type } = (message ?? {}) as { type?: unknown };
    return {
      receivedAt: this.clock.now().toISOString(),
      id,
      verified: this.keys.length === 0 ? null : reason === null,
      reason,
      time: reason === null && id !== null ? this.count(id) : 1,
      type: typeof type === 'string' ? type : null,
      message,
    };
  }

  private faultOf(headers: IncomingHttpHeaders, body: Buffer): string | null {
    const given = headers as Record<string, string>;
    let reason: string | null = null;
    for (const key of this.keys) {
      try {
        key.verify(body, given, { jsonParse: false });
        return null;
      } catch (error) {
        reason = (error as Error).message;
      }
    }
    return reason;
  }

  private count(id: string): number {
    const time = (this.seen.get(id) ?? 0) + 1;
    this.seen.set(id, time);
    return time;
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
