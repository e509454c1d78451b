import type { AlertContent } from '../../domain/alert-content.js';
import { directionMarks, headline } from '../../domain/gravity.js';
import { shownLine } from '../../domain/shown-text.js';
import { exposureWords, plural, severityWord } from '../../domain/wording.js';
import { paragraph, words, type CardElement } from './card.js';
import { fitChanges } from './fit-changes.js';
import { diffKey } from './teams-diff.js';
import { leavesRoom, withoutSigns, type TeamsTemplate } from './teams-message.js';

/** An alert as a card: as much of the ten gravest changes as Teams takes; the rest is counted and linked to. */
export function alertTemplate(content: AlertContent): TeamsTemplate {
  const title = titleOf(content);
  const head = headElements(content, title);
  const notification = withoutSigns(title);
  const documentUrl = content.document.url;
  const template = (elements: CardElement[], omitted: number): TeamsTemplate => ({
    notification,
    body: [...head, ...elements],
    documentUrl,
    omitted,
  });
  const { elements, omitted } = fitChanges(content.changes, (...shown) => leavesRoom(template(...shown)));
  return template(elements, omitted);
}

/** `▲ High — Amazon: AWS Acceptable Use Policy` */
function titleOf({ changes, entity, document }: AlertContent): string {
  const { severity, direction } = headline(changes.map(({ delta }) => delta));
  const name = `${shownLine(entity.name, 60)}: ${shownLine(document.title, 150)}`;
  return shownLine(`${directionMarks[direction]} ${severityWord(severity)} — ${name}`, 200);
}

function headElements({ entity, document, changes, followUp }: AlertContent, title: string): CardElement[] {
  const count = plural(changes.length, 'change', 'changes');
  const came = followUp ? `Follow-up: ${count} that came after the alert on this revision` : count;
  const exposure = `Exposure: this document ${exposureWords(document.exposure)}, ${shownLine(entity.name, 60)} in all ${exposureWords(entity.exposure)}`;
  const hasMarks = changes.some(({ delta }) => delta.before !== null && delta.after !== null);
  return [
    ...paragraph(words(title, { size: 'Large', weight: 'Bolder' })),
    ...paragraph(words(`${came}. ${exposure}.`, { isSubtle: true }), { spacing: 'Small' }),
    ...(hasMarks ? paragraph(diffKey(), { spacing: 'Small' }) : []),
  ];
}
