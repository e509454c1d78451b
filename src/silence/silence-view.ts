import { z } from 'zod';
import { deltaOfRanks, SeverityDelta } from '../domain/delta.js';
import { FollowKind } from '../domain/follow.js';
import { SilenceReason, silenceWords } from '../domain/silence.js';
import type { ChangeInShort, JudgedChange } from './judged-change.store.js';

const Reason = z.object({ reason: SilenceReason, explanation: z.string() });
const Named = z.object({ id: z.string(), name: z.string() });
const Titled = z.object({ id: z.string(), title: z.string() });

/** A change in short: the rest is at `/v1/changes/:id`. */
export const ShortChange = z.object({
  id: z.string(),
  url: z.string(),
  time: z.iso.datetime().describe('when the archive saw it'),
  receivedAt: z.iso.datetime(),
  entity: Named,
  document: Titled,
  provision: Titled,
  delta: SeverityDelta,
});
export type ShortChange = z.infer<typeof ShortChange>;

export const SuppressedChange = z.object({
  change: ShortChange,
  alertId: z
    .string()
    .nullable()
    .describe('the alert that has it, when there is one that was not told as such'),
  reasons: z.array(SilenceReason).describe('those of all watchlists'),
  watchlists: z
    .array(z.object({ id: z.string(), name: z.string(), reasons: z.array(Reason) }))
    .describe('those that followed it when it came in'),
});
export type SuppressedChange = z.infer<typeof SuppressedChange>;

/** What a watchlist makes of a change. */
export const WatchlistVerdict = z.object({
  id: z.string(),
  name: z.string(),
  follows: z
    .array(z.object({ kind: FollowKind, key: z.string(), since: z.iso.datetime() }))
    .describe('by which of its follows it follows the change; empty when it does not'),
  inTime: z.boolean().describe('whether it followed already when the change came in'),
  wants: z.boolean().describe('whether its rule, as it is now, wants the change'),
  led: z.boolean().describe('whether it led to the alert'),
  snoozedUntil: z.iso.datetime().nullable(),
  reasons: z.array(Reason).describe('why it did not lead to a message'),
  explanation: z.string(),
});
export type WatchlistVerdict = z.infer<typeof WatchlistVerdict>;

export function shortChange(change: ChangeInShort, publicUrl: string): ShortChange {
  const { id, time, receivedAt, kind, beforeRank, afterRank, labels } = change;
  const { entity, document, provision } = labels;
  return {
    id,
    url: `${publicUrl}/changes/${id}`,
    time: time.toISOString(),
    receivedAt: receivedAt.toISOString(),
    entity: { id: entity.id, name: entity.name },
    document: { id: document.id, title: document.title },
    provision: { id: provision.id, title: provision.title },
    delta: deltaOfRanks(kind, beforeRank, afterRank),
  };
}

export function reasonViews(reasons: readonly SilenceReason[]): z.infer<typeof Reason>[] {
  return reasons.map((reason) => ({ reason, explanation: silenceWords[reason] }));
}

export function suppressedView(judged: JudgedChange, publicUrl: string): SuppressedChange {
  const all = new Set(judged.watchlists.flatMap(({ reasons }) => reasons));
  return {
    change: shortChange(judged, publicUrl),
    alertId: judged.alertId,
    reasons: SilenceReason.options.filter((reason) => all.has(reason)),
    watchlists: judged.watchlists.map(({ id, name, reasons }) => ({
      id,
      name,
      reasons: reasonViews(reasons),
    })),
  };
}
