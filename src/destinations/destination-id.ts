import { parseRowId, type DestinationId } from '../domain/ids.js';
import { notFound } from '../platform/http/problem.js';

/** The id of a destination out of a path. @throws Problem 404 for what can be none */
export function destinationIdOf(text: string): DestinationId {
  const id = parseRowId<'destination'>(text);
  if (id === null) throw notFound('destination');
  return id;
}
