import type { ShownDigest } from './shown-digest.js';
import type { ShownNetChange } from './shown-net-change.js';
import type { Slots } from './slots.js';
import { blocks, diffText, indented, lines, moveText, ruleLine, section } from './text-parts.js';
import { wrapped } from './wrapped.js';
import { plural } from '../../domain/wording.js';

/** The plain text of a digest. */
export function digestText(view: ShownDigest, slots: Slots): string {
  const { top, rest, entities } = view;
  return blocks([
    top === null ? `[${view.tag}]` : wrapped(`[${top.rating}] ${top.tally}`),
    lines([wrapped(view.title), wrapped(view.window)]),
    view.heartbeat !== null && wrapped(view.heartbeat),
    lines(view.overview.map((line) => wrapped(`- ${line}`, '  '))),
    `Open this digest:\n${view.url}`,
    ...entities.map((entity) => entityText(entity)),
    rest > 0 && `${ruleLine}\n${plural(rest, 'more change', 'more changes')} in this digest:\n${view.url}`,
    view.echoes.length > 0 && noLongerSo(view),
    view.cancelledOut !== null && wrapped(view.cancelledOut),
    lines(view.locked.map((words) => `Locked. ${words}`)),
    `${ruleLine}\n${slots.reason}`,
    entities.length > 0 &&
      wrapped(
        `[-Words in such brackets-] were removed, {+words in such brackets+} were added, each between the beginning and the end of this time. Exposure adds up the clauses in force: low 1, medium 3, high 9. Ratings are the archive's and no legal advice.`,
      ),
  ]);
}

function entityText({ name, exposure, documents }: ShownDigest['entities'][number]): string {
  return blocks([
    lines([ruleLine, wrapped(name.toUpperCase()), wrapped(exposure)]),
    ...documents.map(({ title, exposure: ofDocument, changes }) =>
      blocks([
        lines([wrapped(title.words), title.url ?? false, wrapped(ofDocument)]),
        ...changes.map((change) => netChangeText(change)),
      ]),
    ),
  ]);
}

function netChangeText(change: ShownNetChange): string {
  const { delta, kind, effective, steps, provenance } = change;
  const facts = [moveText(delta), kind, effective, steps].filter((fact) => fact !== null);
  const from = [provenance.seen, provenance.sha256, provenance.record.words].filter((part) => part !== null);
  return lines([
    wrapped(`* ${change.title}`, '  '),
    indented(facts.join(' · ')),
    indented(change.url),
    change.flapping !== null && indented(`Back and forth. ${change.flapping}`),
    indented(diffText(change.diff)),
    change.why !== null && indented(change.why),
    change.regulation !== null && indented(`Regulation: ${change.regulation}`),
    change.memo !== null && indented(`Compliance memo: ${change.memo}`),
    indented(from.join(' · ')),
    provenance.copy?.url != null && indented(`${provenance.copy.words}: ${provenance.copy.url}`),
  ]);
}

function noLongerSo({ echoes, moreEchoes }: ShownDigest): string {
  return lines([
    ruleLine,
    section('No longer so', [
      ...echoes.map(({ words, at, name, told, url }) =>
        lines([`${words} ${at}`, name, `You were told: ${told}.`, url]),
      ),
      ...(moreEchoes > 0 ? [`and ${moreEchoes} more`] : []),
    ]),
  ]);
}
