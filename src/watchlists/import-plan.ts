import type { Watchlist } from './watchlist.js';
import type { WatchlistId } from '../domain/ids.js';
import type { FollowTarget } from './follow.js';
import type { ImportResult, PortableWatchlist, WatchlistImport } from './portable.js';

/** What taking one watchlist in comes to. */
export type Plan = {
  given: PortableWatchlist;
  /** The one that it changes; null for a new one. */
  watchlist: Watchlist | null;
  changed: ImportResult['watchlists'][number]['changed'];
  newFollows: FollowTarget[];
  followsKept: number;
  /** Undefined leaves them as they are: the own address of a new one. */
  destinationIds: string[] | undefined;
  destinationsLeftOut: number;
};

/**
 * @param existing the account's watchlists, oldest first
 * @param own ids, of those that are given, of destinations of the account
 */
export function planOf(
  { watchlists }: WatchlistImport,
  existing: readonly Watchlist[],
  follows: ReadonlyMap<WatchlistId, readonly FollowTarget[]>,
  own: ReadonlySet<string>,
): Plan[] {
  const free = [...existing];
  return watchlists.map((given): Plan => {
    const place = free.findIndex(({ name }) => name === given.name);
    const watchlist = place < 0 ? null : (free.splice(place, 1)[0] ?? null);
    const known = new Set((watchlist ? (follows.get(watchlist.id) ?? []) : []).map(nameOf));
    const wanted = new Map(given.follows.map((target) => [nameOf(target), target]));
    const newFollows = [...wanted].filter(([name]) => !known.has(name)).map(([, target]) => target);
    const { ids, leftOut } = ownOf(given.destinationIds, own);
    return {
      given,
      watchlist,
      changed: watchlist ? changesIn(given, watchlist, ids) : [],
      newFollows,
      followsKept: wanted.size - newFollows.length,
      destinationIds: ids,
      destinationsLeftOut: leftOut,
    };
  });
}

/** Of somebody else's destinations nothing is left: then the watchlist keeps its own. */
function ownOf(given: readonly string[] | undefined, own: ReadonlySet<string>) {
  if (given === undefined) return { ids: undefined, leftOut: 0 };
  const ids = given.filter((id) => own.has(id));
  return { ids: ids.length === 0 && given.length > 0 ? undefined : ids, leftOut: given.length - ids.length };
}

function changesIn(
  given: PortableWatchlist,
  watchlist: Watchlist,
  ids: string[] | undefined,
): Plan['changed'] {
  const rule = Object.fromEntries(
    Object.entries(given.rule ?? {}).filter(([, value]) => value !== undefined),
  );
  const changed: Plan['changed'] = [];
  if (!alike({ ...watchlist.rule, ...rule }, watchlist.rule)) changed.push('rule');
  if (given.cadence !== undefined && !alike(given.cadence, watchlist.cadence)) changed.push('cadence');
  if (given.confirmAfter !== undefined && given.confirmAfter !== watchlist.confirmAfter)
    changed.push('confirmAfter');
  if (ids !== undefined && !alike([...ids].toSorted(), watchlist.destinationIds.toSorted())) {
    changed.push('destinationIds');
  }
  return changed;
}

/** Whether two settings say the same, in whatever order their fields and kinds stand. */
function alike(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (Array.isArray(part)) return (part as unknown[]).map(String).toSorted((a, b) => (a < b ? -1 : 1));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function nameOf({ kind, key }: FollowTarget): string {
  return `${kind} ${key}`;
}
