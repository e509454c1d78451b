import { capitalised } from '../../domain/sentence.js';
import { shown } from '../../domain/shown-text.js';
import { dayWords, instantWords } from '../../domain/wording.js';
import { oneLine } from '../../domain/plain-text.js';

/** A name or title of the archive's on one line: whatever direction it runs in, its neighbours stay where they are. */
export function Name({ text }: { text: string }) {
  return <bdi>{nameOf(text)}</bdi>;
}

/** The same where there is no markup: a tab's title, an attribute. */
export function nameOf(text: string): string {
  return shown(oneLine(text));
}

/** Prose of the archive's, with its line ends. */
export function Prose({ text }: { text: string }) {
  return (
    <p class="prose" dir="auto">
      {shown(text).trim()}
    </p>
  );
}

/** "24 March 2026, 09:00 UTC". @param at RFC 3339, in any zone */
export function Moment({ at }: { at: string }) {
  return <time dateTime={new Date(at).toISOString()}>{instantWords(at)}</time>;
}

/** "1 June 2026". @param on `YYYY-MM-DD` */
export function Day({ on }: { on: string }) {
  return <time dateTime={on}>{dayWords(on)}</time>;
}

/** "dispute-resolution" as it is said: "Dispute resolution". */
export function slugWords(slug: string): string {
  return capitalised(slug.replaceAll(/[-_.]+/g, ' '));
}
