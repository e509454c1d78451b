import { parseRowId, type WatchlistId } from '../domain/ids.js';
import { notFound } from '../platform/http/problem.js';

/** The id of a watchlist out of a path. @throws Problem 404 for what can be none */
export function watchlistIdOf(text: string): WatchlistId {
  const id = parseRowId<'watchlist'>(text);
  if (id === null) throw notFound('watchlist');
  return id;
}
