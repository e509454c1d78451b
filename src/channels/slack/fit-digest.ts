import type { KnownBlock, RichTextElement } from '@slack/types';
import type { Exposure } from '../../domain/alert-content.js';
import type { DigestDocument, DigestEntity, NetChangeContent } from '../../domain/digest-content.js';
import { byGravity } from '../../domain/gravity.js';
import type { Form } from '../../domain/message-form.js';
import { plural } from '../../domain/wording.js';
import { fits, type Room } from './fit-changes.js';
import { bold, bullets, dotted, linkTo, richText, section, words } from './rich-text.js';
import { changeBlocks, changeLine } from './slack-change.js';
import { shownLine } from './slack-text.js';

/** From the least to the most. A digest is to be skimmed: whole analyses stand on its page. */
const forms: readonly Form[] = [
  { diff: 160, summary: 0, detail: 0, items: 0, citation: 0 },
  { diff: 200, summary: 160, detail: 0, items: 0, citation: 250 },
  { diff: 400, summary: 300, detail: 0, items: 0, citation: 300 },
  { diff: 800, summary: 500, detail: 240, items: 2, citation: 400 },
];

/** 0: not named. 1: a line. From 2 on: told in a form. */
type Level = number;

/**
 * Shows the net changes of a digest in the room there is, grouped by entity and document: a line for each, as far as
 * two fifths of it go, then more of each, form by form and gravest first.
 *
 * @param url of the page that has the steps
 */
export function fitDigest(
  entities: readonly DigestEntity[],
  url: string,
  room: Room,
): { blocks: KnownBlock[]; omitted: number } {
  const changes = entities.flatMap(({ documents }) => documents.flatMap((document) => document.changes));
  const levels = new Map<NetChangeContent, Level>();
  const layout = () => entities.flatMap((entity) => entityBlocks(entity, levels, url));
  const raise = (change: NetChangeContent, level: Level, within: Room): boolean => {
    const before = levels.get(change) ?? 0;
    levels.set(change, level);
    if (fits(layout(), within)) return true;
    levels.set(change, before);
    return false;
  };
  const graveFirst = changes.toSorted((a, b) => byGravity(a.delta, b.delta));
  for (const [index, change] of graveFirst.entries()) {
    const isRoom = raise(change, 1, { ...room, weight: room.weight * 0.4 });
    if (isRoom) continue;
    // Always the gravest one.
    if (index === 0) levels.set(change, 1);
    break;
  }
  const named = graveFirst.filter((change) => (levels.get(change) ?? 0) > 0);
  for (let level = 2; level < forms.length + 2; level++) {
    if (!named.every((change) => raise(change, level, room))) break;
  }
  return { blocks: layout(), omitted: changes.length - named.length };
}

function entityBlocks(
  { name, exposure, documents }: DigestEntity,
  levels: ReadonlyMap<NetChangeContent, Level>,
  url: string,
): KnownBlock[] {
  const shown = documents.filter(({ changes }) => changes.some((change) => levels.get(change)));
  const heading = [...bold(shownLine(name, 80)), ...words(exposureOf(exposure))];
  return shown.flatMap((document, index) =>
    documentBlocks(document, index === 0 ? [...heading, ...words('\n')] : [], levels, url),
  );
}

function documentBlocks(
  { title, url: documentUrl, exposure, changes }: DigestDocument,
  above: RichTextElement[],
  levels: ReadonlyMap<NetChangeContent, Level>,
  url: string,
): KnownBlock[] {
  const levelOf = (change: NetChangeContent) => levels.get(change) ?? 0;
  const lines = changes.filter((change) => levelOf(change) === 1).map(netLine);
  const told = changes.flatMap((change) => {
    const form = forms[levelOf(change) - 2];
    return form === undefined ? [] : changeBlocks(change, form, stepElements(change, url));
  });
  const heading = section(
    ...above,
    ...linkTo(documentUrl, shownLine(title, 120)),
    ...words(exposureOf(exposure)),
  );
  const list = lines.length === 0 ? [] : [bullets(lines)];
  const first = told.length === 0 ? richText([heading, ...list]) : richText([heading]);
  return [
    { type: 'divider' },
    first,
    ...told,
    ...(told.length === 0 || lines.length === 0 ? [] : [richText(list)]),
  ];
}

function netLine(change: NetChangeContent): RichTextElement[] {
  const { length } = change.steps;
  return dotted([changeLine(change), words(length > 1 ? `${length} changes, on balance` : '')]);
}

/** `On balance of 3 changes: the steps` */
function stepElements({ steps }: NetChangeContent, url: string): RichTextElement[] {
  if (steps.length < 2) return [];
  return [
    ...words(`On balance of ${plural(steps.length, 'change', 'changes')}: `),
    ...linkTo(url, 'the steps'),
  ];
}

/** ` · exposure 58 → 65`; nothing where it stayed. */
function exposureOf({ before, after }: Exposure): string {
  return before === after ? '' : ` · exposure ${before} → ${after}`;
}
