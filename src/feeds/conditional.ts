import type { IncomingHttpHeaders } from 'node:http';

/** What a client asks by whether it holds the newest there is. */
type Held = Pick<IncomingHttpHeaders, 'if-none-match' | 'if-modified-since'>;

/** What there is: an entity tag with its quotes, and since when, in whole seconds. */
export type Validators = { tag: string; changedAt: Date };

/**
 * Whether a client that asks to GET or HEAD holds what there is, so that 304 is the answer. Tags are compared weakly, and
 * where they are given the time is not looked at (RFC 9110, 13.1.2, 13.1.3 and 13.2.2).
 */
export function isHeld(held: Held, { tag, changedAt }: Validators): boolean {
  const tags = held['if-none-match'];
  if (tags !== undefined) return tags.trim() === '*' || opaqueTags(tags).includes(opaqueTags(tag)[0]!);
  const since = parseHttpDate(held['if-modified-since'] ?? '');
  return since !== null && changedAt.getTime() <= since;
}

/** The tags of a list without their marks of weakness. A comma may stand in a tag, so the list is not split at them. */
function opaqueTags(list: string): string[] {
  return Array.from(list.matchAll(/(?:W\/)?("[\x21\x23-\x7E\x80-\xFF]*")/g), ([, opaque]) => opaque ?? '');
}

const zoned = [
  /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
];
const asctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/** A time in one of the three forms of RFC 9110, 5.6.7, in milliseconds since 1970; null for anything else. */
function parseHttpDate(text: string): number | null {
  const isZoned = zoned.some((form) => form.test(text));
  if (!isZoned && !asctime.test(text)) return null;
  const time = Date.parse(isZoned ? text : `${text} GMT`);
  return Number.isNaN(time) ? null : time;
}
