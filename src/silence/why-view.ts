import { z } from 'zod';
import { deliveryKinds } from '../domain/delivery-kind.js';
import { FollowKind } from '../domain/follow.js';
import { SilenceReason, silenceWords } from '../domain/silence.js';
import { instantWords } from '../domain/wording.js';
import type { JudgedWatchlist } from './judged-change.store.js';
import { reasonViews, ShortChange, WatchlistVerdict } from './silence-view.js';
import type { WhyDelivery, WhyMute, WhyWatchlist } from './why.store.js';

const DeliveryFate = z.object({
  id: z.string(),
  kind: z.enum(deliveryKinds),
  destination: z.object({
    id: z.string(),
    kind: z.string(),
    label: z.string().nullable(),
    status: z.string(),
  }),
  state: z.enum(['due', 'delivered', 'dead', 'cancelled']),
  reason: SilenceReason.nullable().describe(
    'why it does not tell the change: null when it did, is about to, or tells what became of the alert',
  ),
  explanation: z.string(),
});

/** Why an account was told of a change, or was not. */
export const Why = z.object({
  change: ShortChange,
  outcome: z
    .enum(['told', 'not-told', 'not-followed'])
    .describe(
      '`told`: a message arrived or is under way. `not-followed`: no watchlist followed it when it came in',
    ),
  explanation: z.string(),
  reasons: z.array(SilenceReason).describe('of all watchlists; empty when it was told'),
  watchlists: z.array(WatchlistVerdict).describe('all of the account, those that follow it first'),
  mutes: z
    .array(
      z.object({
        kind: FollowKind,
        key: z.string(),
        since: z.iso.datetime(),
        until: z.iso.datetime().nullable(),
      }),
    )
    .describe('mutes of its provision or document that hold now'),
  alert: z.object({ id: z.string(), url: z.string(), createdAt: z.iso.datetime() }).nullable(),
  deliveries: z.array(DeliveryFate).describe('of the alert, and of what became of it'),
});
export type Why = z.infer<typeof Why>;

export function deliveryFate(row: WhyDelivery): z.infer<typeof DeliveryFate> {
  const { id, kind, state, destinationId, destinationKind, label, status } = row;
  return {
    id,
    kind,
    destination: { id: destinationId, kind: destinationKind, label, status },
    state,
    ...fateOf(row),
  };
}

function fateOf(row: WhyDelivery): Pick<z.infer<typeof DeliveryFate>, 'reason' | 'explanation'> {
  const { state, gathered, gatheredState, deliveredAt } = row;
  const why = row.reason === null ? '' : `: ${row.reason}`;
  const reason = row.leftOut === 'unwanted' ? 'changed' : row.leftOut;
  if (state === 'dead') return { reason: 'failed', explanation: `It was given up${why}.` };
  if (gatheredState === 'dead') {
    const explanation = 'It was to be told together with others, and that was given up.';
    return { reason: 'failed', explanation };
  }
  const isSent = state === 'delivered' || gatheredState === 'delivered' || gathered === 'summary';
  if (reason !== null)
    return { reason, explanation: isSent ? silenceWords[reason] : `It was not sent${why}.` };
  if (state === 'delivered') {
    const at = deliveredAt ? ` on ${instantWords(deliveredAt.toISOString())}` : '';
    return { reason, explanation: `It arrived${at}.` };
  }
  if (state === 'due') return { reason, explanation: `It is under way${why}.` };
  if (gathered === null) return { reason, explanation: `It was not sent${why}.` };
  const when = gatheredState === 'delivered' ? 'was told' : 'is to be told';
  return { reason, explanation: `It ${when} together with others${why}.` };
}

export function muteView({ kind, key, since, until }: WhyMute): Why['mutes'][number] {
  return { kind, key, since: since.toISOString(), until: until?.toISOString() ?? null };
}

/** @param judged null for a watchlist that does not follow the change */
export function watchlistVerdict(
  { id, name, snoozedUntil }: WhyWatchlist,
  judged: JudgedWatchlist | null,
): WatchlistVerdict {
  const reasons = judged?.reasons ?? [];
  return {
    id,
    name,
    follows: (judged?.follows ?? []).map(({ since, ...follow }) => ({
      ...follow,
      since: new Date(since).toISOString(),
    })),
    inTime: judged?.inTime ?? false,
    wants: judged?.wants ?? false,
    led: judged?.led ?? false,
    snoozedUntil: snoozedUntil?.toISOString() ?? null,
    reasons: reasonViews(reasons),
    explanation: verdictWords(judged),
  };
}

function verdictWords(judged: JudgedWatchlist | null): string {
  if (judged === null) return 'It does not follow this change.';
  const by = judged.follows.map(({ kind, key }) => (kind === 'everything' ? kind : `${kind} ${key}`));
  const follows = `It follows ${by.join(', ')}`;
  if (judged.reasons.length > 0) {
    return [`${follows}.`, ...judged.reasons.map((reason) => silenceWords[reason])].join(' ');
  }
  if (judged.led) return `${follows}, and its rule wants this change.`;
  return `${follows}, but not yet when this change came in.`;
}
