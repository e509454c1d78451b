import type { Form } from '../../domain/message-form.js';
import type { Analysis } from '../../domain/provision-event.js';
import { capitalised } from '../../domain/sentence.js';
import { shownLine, shownProse } from '../../domain/shown-text.js';
import { tierThatAllows, type LockablePart } from '../../domain/tiers.js';
import { partWords } from '../../domain/wording.js';
import { bold, button, paragraph, words, type CardElement, type OpenUrl } from './card.js';

type Agency = NonNullable<Analysis['agencies']>[number];

/** Teams shows six buttons in a row; three are for the change and where it was seen. */
const mostComplaints = 2;

/** Why a change matters, as far as the reader's tier and the room go. */
export function analysisElements(analysis: Analysis | null, form: Form): CardElement[] {
  if (analysis === null) return [];
  const { summary, consumerImpact, businessImpact, complianceMemo, regulatoryCitations, agencies } = analysis;
  return [
    ...labelled('Why it matters: ', summary, form.summary),
    ...labelled('For consumers: ', consumerImpact, form.detail),
    ...labelled('For businesses: ', businessImpact, form.detail),
    ...list(
      'Regulatory citations',
      regulatoryCitations?.map(({ citation, note }) => named(citation, note)),
      form,
    ),
    ...list('Who takes complaints', agencies?.map(agencyWords), form),
    ...labelled('Compliance memo: ', complianceMemo, form.detail),
  ];
}

/** Where to complain, as far as there is room for agencies. */
export function complaintButtons(analysis: Analysis | null, form: Form): OpenUrl[] {
  return (analysis?.agencies ?? [])
    .slice(0, form.items)
    .flatMap(({ code, complaintUrl }) => button(`Complain to ${shownLine(code, 30)}`, complaintUrl))
    .slice(0, mostComplaints);
}

/** Names what the tier leaves out, and the lowest tier that shows it. */
export function lockedElements(locked: readonly LockablePart[]): CardElement[] {
  if (locked.length === 0) return [];
  const names = locked.map((part) => {
    const tier = tierThatAllows((terms) => !terms.locked.includes(part));
    return tier === null ? partWords[part] : `${partWords[part]} (${capitalised(tier)} tier)`;
  });
  return paragraph([...bold('Locked: '), ...words(names.join(', '))], { spacing: 'Small' });
}

function labelled(label: string, text: string | undefined, max: number): CardElement[] {
  const prose = max === 0 ? '' : shownProse(text ?? '', max).replaceAll(/\n{2,}/g, '\n');
  return prose === '' ? [] : paragraph([...bold(label), ...words(prose)], { spacing: 'Small' });
}

function list(label: string, all: string[] = [], form: Form): CardElement[] {
  const items = all.filter((item) => item !== '');
  if (items.length === 0 || form.items === 0) return [];
  const left = items.length - form.items;
  const lines = left > 0 ? [...items.slice(0, form.items), `and ${left} more`] : items;
  return [
    ...paragraph(bold(label), { spacing: 'Small' }),
    ...lines.flatMap((line) => paragraph(words(`• ${line}`), { spacing: 'None' })),
  ];
}

function agencyWords({ code, name, note }: Agency): string {
  const short = shownLine(code, 80);
  const long = shownLine(name ?? '', 120);
  return named(long === '' ? short : `${long} (${short})`, note);
}

/** The name of a thing and what it is about; only the one when there is no other. */
function named(name: string, note: string | undefined): string {
  return [shownLine(name, 200), shownLine(note ?? '', 200)].filter((text) => text !== '').join(': ');
}
