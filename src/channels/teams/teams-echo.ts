import type { ChangeContent } from '../../domain/alert-content.js';
import type { EchoContent } from '../../domain/echo-content.js';
import { echoSentence, echoWords } from '../../domain/echo-words.js';
import { directionMarks } from '../../domain/gravity.js';
import { shownLine } from '../../domain/shown-text.js';
import { instantWords, severityWord } from '../../domain/wording.js';
import { bold, button, paragraph, words, type CardElement } from './card.js';
import { fitChanges } from './fit-changes.js';
import { titleOf } from './teams-change.js';
import { leavesRoom, withoutSigns, type TeamsTemplate } from './teams-message.js';

/** Undone changes that are named; the others are counted. */
const mostNamed = 10;
/** Changes that undid it, each a button. */
const mostLinked = 3;

/** What became of an alert, as a card of its own: Teams lets nobody change what was posted. */
export function echoTemplate(content: EchoContent): TeamsTemplate {
  const { about, entity, document, changes } = content;
  const name = `${shownLine(entity.name, 60)}: ${shownLine(document.title, 150)}`;
  const title = shownLine(`${echoWords[about]} — ${name}`, 200);
  const head = headElements(content, title);
  const template = (elements: CardElement[], omitted: number): TeamsTemplate => ({
    notification: withoutSigns(title),
    body: [...head, ...elements],
    documentUrl: document.url,
    omitted,
    links: content.by
      .slice(0, mostLinked)
      .flatMap(({ url, time }) => button(`Undone ${instantWords(time)}`, url)),
  });
  if (about === 'reverted' || about === 'retracted') return template(undoneElements(content), 0);
  const { elements, omitted } = fitChanges(changes, (...shown) => leavesRoom(template(...shown)));
  return template(elements, omitted);
}

function headElements(content: EchoContent, title: string): CardElement[] {
  const reason = shownLine(content.reason ?? '', 500);
  return [
    ...paragraph(words(title, { size: 'Large', weight: 'Bolder' })),
    ...paragraph(words(echoSentence(content)), { spacing: 'Small' }),
    ...paragraph(reason === '' ? [] : [...bold('The archive’s reason: '), ...words(reason)], {
      spacing: 'Small',
    }),
  ];
}

/** What was told, struck through and in brackets as removed words are. */
function undoneElements({ changes }: EchoContent): CardElement[] {
  const left = changes.length - mostNamed;
  return [
    ...changes.slice(0, mostNamed).flatMap(undoneLine),
    ...paragraph(words(left > 0 ? `and ${left} more` : '', { isSubtle: true }), { spacing: 'Small' }),
  ];
}

function undoneLine({ delta, provision }: ChangeContent): CardElement[] {
  const step = `${directionMarks[delta.direction]} ${severityWord(delta.before)} → ${severityWord(delta.after)}`;
  const runs = [...words(`[-${step}-]`, { strikethrough: true }), ...words(` · ${titleOf(provision)}`)];
  return paragraph(runs, { spacing: 'Small' });
}
