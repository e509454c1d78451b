import type { DigestContent, DigestEcho } from '../../domain/digest-content.js';
import { cancelledOutWords, coverageWords, digestEchoWords, digestTitle } from '../../domain/digest-words.js';
import { directionMarks } from '../../domain/gravity.js';
import { windowWords } from '../../domain/local-words.js';
import { cut, shownLine } from '../../domain/shown-text.js';
import { plural, severityWord } from '../../domain/wording.js';
import { bold, button, paragraph, words, type CardElement } from './card.js';
import { fitDigest } from './fit-digest.js';
import { diffKey } from './teams-diff.js';
import { leavesRoom, withoutSigns, type TeamsTemplate } from './teams-message.js';

/** What was told before and is no longer so, in a card; all of it stands on the digest's page. */
const mostEchoes = 5;

/** A window's changes on balance, or what quiet hours held. Reads alike however many watchlists led to it. */
export function digestTemplate(content: DigestContent): TeamsTemplate {
  const title = digestTitle(content, (name) => shownLine(name, 40));
  const head = headElements(content, title);
  const template = (elements: CardElement[], omitted: number): TeamsTemplate => ({
    notification: withoutSigns(title),
    body: [...head, ...elements, ...tailElements(content, content.omitted + omitted)],
    documentUrl: null,
    omitted: 0,
    links: button('Open the digest', content.url),
  });
  const { elements, omitted } = fitDigest(content.entities, (...shown) => leavesRoom(template(...shown)));
  return template(elements, omitted);
}

function headElements({ from, until, timeZone, entities }: DigestContent, title: string): CardElement[] {
  return [
    ...paragraph(words(title, { size: 'Large', weight: 'Bolder' })),
    ...paragraph(words(windowWords(from, until, timeZone), { isSubtle: true }), { spacing: 'Small' }),
    ...(entities.length > 0 ? paragraph(diffKey(), { spacing: 'Small' }) : []),
  ];
}

function tailElements(content: DigestContent, omitted: number): CardElement[] {
  const { echoes } = content;
  const rest = omitted === 0 ? '' : `${plural(omitted, 'more change', 'more changes')} in the whole digest`;
  const left = echoes.length - mostEchoes;
  return [
    ...paragraph(bold(rest), { separator: true }),
    ...paragraph(echoes.length === 0 ? [] : bold('No longer so'), { separator: true }),
    ...echoes.slice(0, mostEchoes).flatMap(echoElements),
    ...paragraph(words(left > 0 ? `and ${left} more` : ''), { spacing: 'Small' }),
    ...paragraph(words(cancelledOutWords(content))),
    ...paragraph(words(coverageWords(content))),
    ...watchlistElements(content),
  ];
}

function echoElements(echo: DigestEcho): CardElement[] {
  const { delta, entity, document, provision } = echo;
  const step = `${directionMarks[delta.direction]} ${severityWord(delta.before)} → ${severityWord(delta.after)}`;
  const name = `${shownLine(entity, 40)}: ${shownLine(document, 60)}: ${shownLine(provision, 80)}`;
  const runs = [
    ...words(`[-${step}-]`, { strikethrough: true }),
    ...words(` · ${name} ${digestEchoWords(echo)}`),
  ];
  return paragraph(runs, { spacing: 'Small' });
}

function watchlistElements({ watchlists }: DigestContent): CardElement[] {
  if (watchlists.length === 0) return [];
  const names = watchlists.slice(0, 5).map(({ name }) => shownLine(name, 60));
  const left = watchlists.length - names.length;
  const text = cut(`Of ${names.join(', ')}`, 200) + (left > 0 ? ` and ${left} more` : '');
  return paragraph(words(text, { size: 'Small', isSubtle: true }));
}
