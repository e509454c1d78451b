import { changeText } from './alert-text.js';
import { restOf } from './shown-alert.js';
import type { ShownChange } from './shown-change.js';
import type { ShownEcho } from './shown-echo.js';
import type { Slots } from './slots.js';
import { blocks, diffText, indented, lines, moveText, ruleLine } from './text-parts.js';
import { wrapped } from './wrapped.js';
import { plural } from '../../domain/wording.js';

/** The plain text of what became of an alert. */
export function echoText(view: ShownEcho, slots: Slots): string {
  const { changes, total, holds } = view;
  const place = (index: number) => (total === 1 ? '' : `${index + 1} of ${total}: `);
  return blocks([
    `[${view.tag}]`,
    lines([wrapped(view.title), wrapped(`${view.entity} · ${view.document.words}`), wrapped(view.when)]),
    wrapped(view.lead),
    view.reason !== null && wrapped(`The archive says: “${view.reason}”`),
    lines(view.by.map(({ words, url }) => `Undone by ${words}:\n${url}`)),
    `Open the alert:\n${slots.alertUrl}`,
    ...changes.map((change, index) =>
      lines([ruleLine, holds ? changeText(change, place(index)) : formerWords(change, place(index))]),
    ),
    restOf(view) > 0 &&
      `${ruleLine}\n${plural(restOf(view), 'more change', 'more changes')} in this alert:\n${slots.alertUrl}`,
    `${ruleLine}\n${slots.reason}`,
    wrapped(
      `[-Words in such brackets-] were removed, {+words in such brackets+} were added. Ratings are the archive's and no legal advice.`,
    ),
  ]);
}

function formerWords(change: ShownChange, place: string): string {
  return blocks([
    lines([wrapped(place + change.title), `Was told as: ${moveText(change.delta)}`, change.url]),
    `AS YOU WERE TOLD, AND NO LONGER SO\n${indented(diffText(change.diff))}`,
    change.citation,
  ]);
}
