import type { RichTextBlock, RichTextElement } from '@slack/types';
import type { Form } from '../../domain/message-form.js';
import type { Analysis } from '../../domain/provision-event.js';
import { tierThatAllows, type LockablePart, type Tier } from '../../domain/tiers.js';
import { bold, bullets, linkTo, section, webUrl, words } from './rich-text.js';
import { cut, shown, shownLine } from './slack-text.js';

type Elements = RichTextBlock['elements'];

const partNames: Record<LockablePart, string> = {
  regulatoryCitations: 'regulatory citations',
  complianceMemo: 'compliance memo',
};

const tierNames: Record<Tier, string> = { free: 'Free', watcher: 'Watcher', professional: 'Professional' };

/** Why a change matters, as far as the reader's tier and the room go. */
export function analysisElements(analysis: Analysis | null, form: Form): Elements {
  if (analysis === null) return [];
  return [
    ...reasons(analysis, form),
    ...list('Regulatory citations', analysis.regulatoryCitations?.map(citationItem), form),
    ...list('Who takes complaints', analysis.agencies?.map(agencyItem), form),
    ...paragraph('Compliance memo', analysis.complianceMemo, form),
  ];
}

/** Names what the tier leaves out, and the lowest tier that shows it. */
export function lockedElements(locked: readonly LockablePart[]): RichTextElement[] {
  if (locked.length === 0) return [];
  const names = locked.map((part) => {
    const tier = tierThatAllows((terms) => !terms.locked.includes(part));
    return tier === null ? partNames[part] : `${partNames[part]} (${tierNames[tier]} tier)`;
  });
  return [...bold('Locked: '), ...words(names.join(', '))];
}

function reasons({ summary, consumerImpact, businessImpact }: Analysis, form: Form): Elements {
  const lines = [
    words(trimmed(summary, form.summary)),
    labelled('Consumers: ', trimmed(consumerImpact, form.detail)),
    labelled('Businesses: ', trimmed(businessImpact, form.detail)),
  ].filter((line) => line.length > 0);
  if (lines.length === 0) return [];
  return [
    section(...words('\n'), ...bold('Why it matters'), ...lines.flatMap((line) => [...words('\n'), ...line])),
  ];
}

function paragraph(label: string, text: string | undefined, form: Form): Elements {
  const prose = trimmed(text, form.detail);
  return prose === '' ? [] : [section(...words('\n'), ...bold(label), ...words(`\n${prose}`))];
}

function labelled(label: string, text: string): RichTextElement[] {
  return text === '' ? [] : [...bold(label), ...words(text)];
}

function trimmed(text: string | undefined, max: number): string {
  return max === 0
    ? ''
    : cut(
        shown(text ?? '')
          .trim()
          .replaceAll(/\n{2,}/g, '\n'),
        max,
      );
}

function list(label: string, all: RichTextElement[][] = [], form: Form): Elements {
  const items = all.filter((item) => item.length > 0);
  if (items.length === 0 || form.items === 0) return [];
  const left = items.length - form.items;
  const listed = left > 0 ? [...items.slice(0, form.items), words(`and ${left} more`)] : items;
  return [section(...words('\n'), ...bold(label)), bullets(listed)];
}

function citationItem({
  citation,
  note,
}: {
  citation: string;
  note?: string | undefined;
}): RichTextElement[] {
  return words(joined(shownLine(citation, 150), shownLine(note ?? '', 150)));
}

function agencyItem(agency: NonNullable<Analysis['agencies']>[number]): RichTextElement[] {
  const code = shownLine(agency.code, 80);
  const name = shownLine(agency.name ?? '', 120);
  const complaint = webUrl(agency.complaintUrl);
  return [
    ...words(joined(name === '' ? code : `${name} (${code})`, shownLine(agency.note ?? '', 200))),
    ...(complaint === null ? [] : [...words(' '), ...linkTo(complaint, 'File a complaint')]),
  ];
}

/** The name of a thing and what it is about; only the one when there is no other. */
function joined(name: string, note: string): string {
  return [name, note].filter((text) => text !== '').join(': ');
}
