import { z } from 'zod';

const hourMs = 3_600_000;

/** How long a change counts as one that may go back: what goes back later is news. */
const lookbackMs = 7 * 24 * hourMs;
/** More reverts than these within the lookback are flapping. */
const mostReverts = 3;
/** A provision that flapped and has not moved for so long is stable again. */
const stableMs = 48 * hourMs;

/** What a provision is, as far as two states of it are the same: its severity and its words. */
export type Fingerprint = string;

/** A change that moved its provision from one state to another one. */
export type Move = { changeId: string; at: Date; before: Fingerprint; after: Fingerprint };

/** What of a provision's past decides what its next move means. */
export type Past = {
  /** Changes that stand, oldest first, and what was before each. */
  readonly standing: readonly { changeId: string; at: Date; before: Fingerprint }[];
  /** When changes went back, oldest first. */
  readonly revertedAt: readonly Date[];
  readonly movedAt: Date | null;
  /** Since when it flaps, and what it had become when that was told; null when it does not. */
  readonly flapping: { since: Date; told: Fingerprint } | null;
};

/** As it is kept: times as text. */
const KeptPast = z.object({
  standing: z.array(z.object({ changeId: z.string(), at: z.coerce.date(), before: z.string() })),
  revertedAt: z.array(z.coerce.date()),
  movedAt: z.coerce.date().nullable(),
  flapping: z.object({ since: z.coerce.date(), told: z.string() }).nullable(),
});

/** @param kept what JSON made of a past; null for none */
export function pastOfJson(kept: unknown): Past {
  return kept === null ? noPast : KeptPast.parse(kept);
}

export const noPast: Past = { standing: [], revertedAt: [], movedAt: null, flapping: null };

/**
 * `news`: to be told as any change. `reverted`: it undoes changes that stood, and only those who heard of them hear of it.
 * `flapping`: it went back once too often, which is told once. `quiet`: it flaps still.
 */
export type Verdict =
  | { kind: 'news' }
  | { kind: 'reverted'; undoes: readonly string[] }
  | {
      kind: 'flapping';
      undoes: readonly string[];
      since: Date;
      /** How often it went back since. */ times: number;
    }
  | { kind: 'quiet'; undoes: readonly string[] };

/**
 * What a move means after all that came before it. A state that was left within the lookback, and is entered again, undoes
 * every change since; a change that was undone stands no longer, so coming back to it once more is news.
 *
 * @param past of the same provision, as the move before it left it
 * @throws RangeError for a move that leads nowhere
 */
export function judgeMove(past: Past, move: Move): { verdict: Verdict; past: Past } {
  if (move.before === move.after) throw new RangeError('a move leads from one state to another one');
  const isRecent = (at: Date) => move.at.getTime() - at.getTime() <= lookbackMs;
  // What flapped, and was stable since, begins anew.
  const isRested = past.flapping !== null && isStable(past, move.at);
  const flapping = isRested ? null : past.flapping;
  const standing = past.standing.filter(({ at }) => isRecent(at));
  const back = standing.findLastIndex(({ before }) => before === move.after);
  const undoes = (back < 0 ? [] : standing.slice(back)).map(({ changeId }) => changeId);
  const revertedBefore = isRested ? [] : past.revertedAt.filter(isRecent);
  const revertedAt = back < 0 ? revertedBefore : [...revertedBefore, move.at];
  const isFlapping = back >= 0 && revertedAt.length > mostReverts;
  return {
    verdict: verdictOf(),
    past: {
      standing:
        back < 0
          ? [...standing, { changeId: move.changeId, at: move.at, before: move.before }]
          : standing.slice(0, back),
      revertedAt,
      movedAt: move.at,
      flapping: flapping ?? (isFlapping ? { since: move.at, told: move.after } : null),
    },
  };

  function verdictOf(): Verdict {
    if (flapping !== null) return { kind: 'quiet', undoes };
    if (back < 0) return { kind: 'news' };
    return isFlapping
      ? { kind: 'flapping', undoes, since: revertedAt[0] ?? move.at, times: revertedAt.length }
      : { kind: 'reverted', undoes };
  }
}

/** The past that moves, oldest first, leave behind. */
export function pastOf(moves: readonly Move[]): Past {
  return moves.reduce((past, move) => judgeMove(past, move).past, noPast);
}

/** Whether a provision that flapped has come to rest. */
export function isStable({ movedAt }: Past, now: Date): boolean {
  return movedAt === null || stableAt(movedAt) <= now;
}

/** When what moved last at a time counts as stable. */
export function stableAt(movedAt: Date): Date {
  return new Date(movedAt.getTime() + stableMs);
}
