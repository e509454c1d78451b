import { queryOf } from '../form/query.js';
import type { NamedFilter } from './name-field.js';

/** What the list of recent changes is narrowed to; empty, or null, for no filter. */
export type RecentFilter = {
  severity: string;
  direction: string;
  clauseType: NamedFilter;
  entity: NamedFilter;
};

/** Whether anything was asked for. */
export function isNarrowed({ severity, direction, clauseType, entity }: RecentFilter): boolean {
  return [severity, direction, clauseType.typed, entity.typed].some((one) => one !== '');
}

/** Whether every name that was typed stands for one thing. */
export function isClear({ clauseType, entity }: RecentFilter): boolean {
  return [clauseType, entity].every(({ typed, meant }) => typed === '' || meant?.kind === 'one');
}

/** The same as a query, names by what they stand for. @param more such as a cursor, or another choice of one of them */
export function recentQuery(
  { severity, direction, clauseType, entity }: RecentFilter,
  more: Readonly<Record<string, string>>,
): string {
  return queryOf({
    severity,
    direction,
    'clause-type': keyOf(clauseType) ?? clauseType.typed,
    entity: keyOf(entity) ?? entity.typed,
    ...more,
  });
}

/** The id or slug that a name stands for; undefined while it stands for none. */
export function keyOf({ meant }: NamedFilter): string | undefined {
  return meant?.kind === 'one' ? meant.one.key : undefined;
}
