import type { KnownBlock, RichTextElement } from '@slack/types';
import type { ChangeContent } from '../../domain/alert-content.js';
import type { EchoContent } from '../../domain/echo-content.js';
import { echoSentence, echoWords } from '../../domain/echo-words.js';
import { instantWords } from '../../domain/wording.js';
import { fitChanges } from './fit-changes.js';
import { maxBlocks, maxWeight, totalWeight } from './message-size.js';
import { bold, bullets, linkTo, quote, richText, section, webUrl, words } from './rich-text.js';
import { severityStep } from './severity-words.js';
import { linksRoom, type SlackTemplate } from './slack-message.js';
import { escapeFallback, shown, shownLine, utf8Length } from './slack-text.js';

/** Undone changes that are named; the others are counted. */
const mostNamed = 10;
/** Changes that undid it, each a link. */
const mostLinked = 5;

/** What became of an alert: in its thread where there is one, and to be understood without it. */
export function echoTemplate(content: EchoContent): SlackTemplate {
  const { about, entity, document, reason } = content;
  const title = shownLine(`${echoWords[about]} — ${shownLine(entity.name, 60)}: ${document.title}`, 150);
  const lead = echoSentence(content);
  const said = shown(shownLine(reason ?? '', 500));
  const isUndone = about === 'reverted' || about === 'retracted';
  const head: KnownBlock[] = [
    { type: 'header', text: { type: 'plain_text', text: title, emoji: false } },
    richText([
      section(...words(lead)),
      ...(said === '' ? [] : [section(...words('\n'), ...bold('The archive’s reason')), quote(words(said))]),
      ...(isUndone ? undoneElements(content) : []),
    ]),
  ];
  const documentUrl = webUrl(document.url);
  const room = {
    weight: maxWeight - linksRoom.weight - utf8Length(documentUrl ?? '') - totalWeight(head),
    blocks: maxBlocks - linksRoom.blocks - head.length,
  };
  const { blocks, omitted } = isUndone ? { blocks: [], omitted: 0 } : fitChanges(content.changes, room);
  const told = { blocks: [...head, ...blocks], omitted };
  const text = [title, lead].map(escapeFallback).join('\n');
  return { text, linked: told, acting: told, documentUrl, provisions: [], buttons: false };
}

/** What was told, struck through, and what undid it. */
function undoneElements({ changes, by }: EchoContent) {
  const left = changes.length - mostNamed;
  const lines = changes.slice(0, mostNamed).map(undoneLine);
  const links = by.slice(0, mostLinked).map(({ url, time }) => linkTo(url, instantWords(time)));
  const undoing = links.flatMap((link, index) => (index === 0 ? link : [...words(', '), ...link]));
  return [
    bullets(left > 0 ? [...lines, words(`and ${left} more`)] : lines),
    ...(undoing.length === 0 ? [] : [section(...bold('Undone by the change of '), ...undoing)]),
  ];
}

function undoneLine({ delta, provision, url }: ChangeContent): RichTextElement[] {
  const title = shownLine(provision.title, 100) || shownLine(provision.id, 100);
  return [...words(severityStep(delta), { strike: true }), ...words(' '), ...linkTo(url, title)];
}
