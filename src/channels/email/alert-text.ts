import { restOf, type ShownAlert } from './shown-alert.js';
import type { ShownChange, ProvenanceView } from './shown-change.js';
import type { Slots } from './slots.js';
import { blocks, diffText, indented, lines, moveText, ruleLine, section } from './text-parts.js';
import { wrapped } from './wrapped.js';
import { plural } from '../../domain/wording.js';

/** The plain text of an alert: for readers of text mail, screen readers, watches, and whoever greps a mailbox. */
export function alertText(view: ShownAlert, slots: Slots): string {
  return blocks([
    opening(view, slots),
    ...view.changes.map(
      (change, index) =>
        `${ruleLine}\n${changeText(change, view.total === 1 ? '' : `${index + 1} of ${view.total}: `)}`,
    ),
    restOf(view) > 0 &&
      `${ruleLine}\n${plural(restOf(view), 'more change', 'more changes')} in this alert:\n${slots.alertUrl}`,
    `${ruleLine}\n${slots.reason}`,
    wrapped(
      `[-Words in such brackets-] were removed, {+words in such brackets+} were added. Exposure adds up the clauses in force: low 1, medium 3, high 9. Ratings are the archive's and no legal advice.`,
    ),
  ]);
}

function opening(view: ShownAlert, slots: Slots): string {
  const rest = view.total - view.titles.length;
  return blocks([
    `[${view.rating}] ${view.verdict}`,
    lines([wrapped(view.title), wrapped(`${view.entity} · ${view.document.words}`), wrapped(view.when)]),
    view.followUp &&
      wrapped('Follow-up. You were alerted to this revision before; these changes came in later.'),
    lines(view.titles.map(({ title, delta }) => wrapped(`- ${title}: ${moveText(delta)}`, '  '))),
    view.titles.length > 0 && rest > 0 && `and ${rest} more`,
    wrapped(view.exposure),
    `Open this alert:\n${slots.alertUrl}`,
  ]);
}

/** One change in full. @param place goes before its title, such as "2 of 6: " */
export function changeText(change: ShownChange, place: string): string {
  return blocks([
    lines([
      wrapped(place + change.title),
      wrapped(
        `${moveText(change.delta)} · ${change.kind}${change.effective === null ? '' : ` · ${change.effective}`}`,
      ),
      change.url,
    ]),
    change.flapping !== null && wrapped(`Back and forth. ${change.flapping}`),
    indented(diffText(change.diff)),
    change.why.length > 0 &&
      section(
        'Why it matters',
        change.why.map(({ label, text }) => (label === null ? text : `${label}: ${text}`)),
      ),
    change.citations.length > 0 &&
      section(
        'Regulation it touches',
        change.citations.map(({ citation, note }) => (note === null ? citation : `${citation}: ${note}`)),
      ),
    change.memo !== null && section('Compliance memo', [change.memo]),
    change.agencies.length > 0 &&
      section(
        'Who oversees it',
        change.agencies.map(({ name, note, complaintUrl }) =>
          lines([
            note === null ? name : `${name}. ${note}`,
            complaintUrl !== null && `File a complaint: ${complaintUrl}`,
          ]),
        ),
      ),
    change.locked.length > 0 && lines(change.locked.map((words) => `Locked. ${words}`)),
    change.standing !== null && section('Compared with others', [change.standing]),
    section(
      'Provenance',
      change.provenance.length === 0 ? [`Seen ${change.seen}.`] : change.provenance.map(provenanceText),
    ),
    change.record.url !== null && `${change.record.words}: ${change.record.url}`,
    // On one line, to be copied.
    change.citation,
  ]);
}

function provenanceText({ side, captured, source, archived, sha256 }: ProvenanceView): string {
  return lines([
    `${side}: captured ${captured}`,
    source !== null && `Source: ${source.url ?? source.words}`,
    archived !== null && `Archived copy: ${archived.url ?? archived.words}`,
    sha256 !== null && `SHA-256: ${sha256}`,
  ]);
}
