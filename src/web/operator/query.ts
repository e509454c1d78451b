import type { Fields } from '../form/fields.js';
import { textOf } from '../form/fields.js';

/** A filter out of a query: what is empty is not asked for. */
export function given(query: Fields, name: string): string | undefined {
  const text = textOf(query, name).trim();
  return text === '' ? undefined : text;
}

/** `?lane=email&since=…` of what is given; empty when nothing is. */
export function queryOf(values: Readonly<Record<string, string | null | undefined>>): string {
  const filled = Object.entries(values).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return filled.length === 0 ? '' : `?${new URLSearchParams(filled).toString()}`;
}
