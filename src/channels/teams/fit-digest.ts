import type { Exposure } from '../../domain/alert-content.js';
import type { DigestDocument, DigestEntity, NetChangeContent } from '../../domain/digest-content.js';
import { byGravity } from '../../domain/gravity.js';
import type { Form } from '../../domain/message-form.js';
import { shownLine } from '../../domain/shown-text.js';
import { exposureWords, plural } from '../../domain/wording.js';
import { bold, paragraph, words, type CardElement } from './card.js';
import { changeElements, changeLine } from './teams-change.js';

/** Most changes that a card names; the digest's page has them all. */
const mostChanges = 10;

/** From the least to the most. A digest is to be skimmed: whole analyses stand on its page. */
const forms: readonly Form[] = [
  { diff: 160, summary: 0, detail: 0, items: 0, citation: 0 },
  { diff: 200, summary: 160, detail: 0, items: 0, citation: 250 },
  { diff: 400, summary: 300, detail: 0, items: 0, citation: 300 },
  { diff: 800, summary: 500, detail: 240, items: 2, citation: 400 },
];

type Fits = (elements: CardElement[], omitted: number) => boolean;

/**
 * Shows the ten gravest net changes of a digest in the room there is, grouped by entity and document: first a line for each,
 * then more of each, form by form and gravest first, until a step no longer fits.
 *
 * @param fits whether a card with these elements, and so many changes left out, is not too long
 */
export function fitDigest(
  entities: readonly DigestEntity[],
  fits: Fits,
): { elements: CardElement[]; omitted: number } {
  const changes = entities.flatMap(({ documents }) => documents.flatMap((document) => document.changes));
  const named = changes.toSorted((a, b) => byGravity(a.delta, b.delta)).slice(0, mostChanges);
  const omitted = changes.length - named.length;
  /** -1 for a line, else the form. */
  const told = new Map<NetChangeContent, number>(named.map((change) => [change, -1]));
  const layout = () => entities.flatMap((entity) => entityElements(entity, told));
  const raise = (change: NetChangeContent, form: number): boolean => {
    const before = told.get(change) ?? -1;
    told.set(change, form);
    if (fits(layout(), omitted)) return true;
    told.set(change, before);
    return false;
  };
  for (const form of forms.keys()) {
    if (!named.every((change) => raise(change, form))) break;
  }
  return { elements: layout(), omitted };
}

type Shown = ReadonlyMap<NetChangeContent, number>;

function entityElements({ name, exposure, documents }: DigestEntity, told: Shown): CardElement[] {
  const elements = documents.flatMap((document) => documentElements(document, told));
  if (elements.length === 0) return [];
  const heading = [
    ...words(shownLine(name, 80), { size: 'Medium', weight: 'Bolder' }),
    ...words(moved(exposure), { isSubtle: true }),
  ];
  return [...paragraph(heading, { separator: true, spacing: 'Medium' }), ...elements];
}

function documentElements({ title, exposure, changes }: DigestDocument, told: Shown): CardElement[] {
  const elements = changes.flatMap((change) => {
    const level = told.get(change);
    if (level === undefined) return [];
    const form = forms[level];
    const steps = stepWords(change);
    return form === undefined
      ? changeLine(change, steps === '' ? '' : ` · ${steps}`)
      : changeElements(change, form, steps);
  });
  if (elements.length === 0) return [];
  const heading = [...bold(shownLine(title, 120)), ...words(moved(exposure), { isSubtle: true })];
  return [...paragraph(heading, { spacing: 'Small' }), ...elements];
}

function stepWords({ steps }: NetChangeContent): string {
  return steps.length < 2 ? '' : `on balance of ${plural(steps.length, 'change', 'changes')}`;
}

/** ` · exposure up from 17 to 24`; nothing where it stayed. */
function moved(exposure: Exposure): string {
  return exposure.before === exposure.after ? '' : ` · exposure ${exposureWords(exposure)}`;
}
