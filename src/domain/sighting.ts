/** What is known of when a document was seen. */
export type Sighting = {
  /** When it was last seen; null when never. */
  verifiedAt: Date | null;
  /** When it was last said to be out of sight, and since when; null when never. */
  unreachableAt: Date | null;
  unreachableFrom: Date | null;
  /** What was said of it then. */
  detail: string | null;
};

/** One look at a document. `since` is null for one that saw it. */
export type Look = { at: Date; since: Date | null; detail: string | null };

export const neverSeen: Sighting = {
  verifiedAt: null,
  unreachableAt: null,
  unreachableFrom: null,
  detail: null,
};

/**
 * What is known after some looks, in whatever order they come: what is older than what is known moves nothing back, and at
 * the same moment being seen counts. A look of a time to come counts as one of now: a wrong clock must not keep a document
 * from ever being missed.
 */
export function afterLooks(known: Sighting, looks: readonly Look[], now: Date): Sighting {
  const given = looks.map((look) => ({ ...look, at: earlier(look.at, now) }));
  const verifiedAt = given.reduce(
    (newest, { at, since }) => (since === null ? later(newest, at) : newest),
    known.verifiedAt,
  );
  const missed = given
    .filter((look) => look.since !== null && isAfter(look.at, verifiedAt))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const newest = missed.at(-1);
  if (newest === undefined) return { ...known, verifiedAt };
  // What was said before the document was seen again is over.
  const stands = known.unreachableAt !== null && isAfter(known.unreachableAt, verifiedAt);
  const isNewest = !stands || newest.at >= (known.unreachableAt ?? newest.at);
  return {
    verifiedAt,
    unreachableAt: later(known.unreachableAt, newest.at),
    unreachableFrom: missed.reduce(
      (first, { at, since }) => earlier(first, earlier(since ?? at, at)),
      stands ? (known.unreachableFrom ?? newest.at) : newest.at,
    ),
    detail: isNewest ? newest.detail : known.detail,
  };
}

/** Since when a document is out of sight; null when it is not. The ledger has the same in `document.unreachable_since`. */
export function unreachableSince({ verifiedAt, unreachableAt, unreachableFrom }: Sighting): Date | null {
  if (unreachableAt === null || !isAfter(unreachableAt, verifiedAt)) return null;
  return later(verifiedAt, unreachableFrom ?? unreachableAt);
}

function isAfter(time: Date, other: Date | null): boolean {
  return other === null || time > other;
}

function later(one: Date | null, other: Date): Date {
  return one !== null && one > other ? one : other;
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}
