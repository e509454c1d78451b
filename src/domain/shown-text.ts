import { oneLine } from './plain-text.js';

/**
 * Text of the archive's made safe to look at. Right-to-left overrides and their kin can make words read otherwise than
 * they are (CVE-2021-42574), so they are spelled out; other invisible controls become spaces. Line ends stay.
 */
export function shown(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replaceAll(/[\u202A-\u202E\u2066-\u2069]/gu, spelledOut)
    .replaceAll(/[^\P{Cc}\n]/gu, ' ');
}

/** The same on one line and cut, for names and titles. */
export function shownLine(text: string, maxLength: number): string {
  return cut(shown(oneLine(beginning(text, maxLength))), maxLength);
}

/** The same with its line ends, for prose. */
export function shownProse(text: string, maxLength: number): string {
  return cut(shown(beginning(text, maxLength)).trim(), maxLength);
}

/** Spares the rest of a long text what is done to its beginning; still too long, so that it is cut with a mark. */
function beginning(text: string, maxLength: number): string {
  return text.length > 4 * maxLength ? `${text.slice(0, 4 * maxLength).trimEnd()}…` : text;
}

/** At most `maxLength` UTF-16 units, ending in "…" when something is gone; at a space when one is near. */
export function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const head = text.slice(0, maxLength - 1);
  const space = head.search(/\s\S{0,30}$/u);
  const kept = space > 0 ? head.slice(0, space) : head.replace(/[\uD800-\uDBFF]$/u, '');
  return `${kept.trimEnd()}…`;
}

function spelledOut(control: string): string {
  return `[U+${control.codePointAt(0)?.toString(16).toUpperCase() ?? ''}]`;
}
