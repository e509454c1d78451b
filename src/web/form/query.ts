import type { PageQuery } from '../../platform/http/page.js';
import { textOf, type Fields } from './fields.js';

/** A filter out of a query: what is empty is not asked for. */
export function given(query: Fields, name: string): string | undefined {
  const text = textOf(query, name).trim();
  return text === '' ? undefined : text;
}

/** Which page of a list is asked for. @param cursor as the browser sent it; anything but a text asks for the first page */
export function pageAsked(limit: number, cursor: unknown): PageQuery {
  return typeof cursor === 'string' && cursor !== '' ? { limit, cursor } : { limit };
}

/** `?lane=email&since=…` of what is given; empty when nothing is. */
export function queryOf(values: Readonly<Record<string, string | null | undefined>>): string {
  const filled = Object.entries(values).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return filled.length === 0 ? '' : `?${new URLSearchParams(filled).toString()}`;
}
