import type { KnownBlock, RichTextElement } from '@slack/types';
import type { DigestContent, DigestEcho } from '../../domain/digest-content.js';
import {
  cancelledOutWords,
  changesOf,
  coverageWords,
  digestEchoWords,
  digestTitle,
} from '../../domain/digest-words.js';
import { windowWords } from '../../domain/local-words.js';
import { plural } from '../../domain/wording.js';
import { fitDigest } from './fit-digest.js';
import { maxBlocks, maxWeight, totalWeight } from './message-size.js';
import { bold, bullets, contextLine, linkTo, richText, section, webUrl, words } from './rich-text.js';
import { severityStep } from './severity-words.js';
import { plainTemplate, type SlackTemplate } from './slack-message.js';
import { cut, escapeFallback, shownLine } from './slack-text.js';

/** What of a message is for what was told before; all of it stands on the digest's page. */
const mostEchoWeight = 2_000;
/** For the line that counts what is left out, and the link: one URL of 500 bytes. */
const linkWeight = 800;

/** A window's changes on balance, or what quiet hours held. Reads alike however many watchlists led to it. */
export function digestTemplate(content: DigestContent): SlackTemplate {
  const title = shownLine(
    digestTitle(content, (name) => shownLine(name, 40)),
    150,
  );
  const head: KnownBlock[] = [
    { type: 'header', text: { type: 'plain_text', text: title, emoji: false } },
    contextLine(shownLine(windowWords(content.from, content.until, content.timeZone), 150)),
  ];
  const tail = [...echoBlocks(content), ...noteBlocks(content), ...watchlistBlocks(content)];
  const { blocks, omitted } = fitDigest(content.entities, content.url, {
    weight: maxWeight - linkWeight - totalWeight([...head, ...tail]),
    blocks: maxBlocks - 2 - head.length - tail.length,
  });
  const link = linkBlocks(content, content.omitted + omitted);
  return plainTemplate(fallbackText(title, content), [...head, ...blocks, ...link, ...tail]);
}

/** What was told in earlier messages and is no longer so. */
function echoBlocks({ echoes }: DigestContent): KnownBlock[] {
  const lines: RichTextElement[][] = [];
  const block = (items: RichTextElement[][]) => richText([section(...bold('No longer so')), bullets(items)]);
  for (const echo of echoes) {
    const line = echoLine(echo);
    if (lines.length > 0 && totalWeight([block([...lines, line])]) > mostEchoWeight) break;
    lines.push(line);
  }
  if (lines.length === 0) return [];
  const left = echoes.length - lines.length;
  return [{ type: 'divider' }, block(left > 0 ? [...lines, words(`and ${left} more`)] : lines)];
}

function echoLine(echo: DigestEcho): RichTextElement[] {
  const { delta, alertUrl, entity, document, provision } = echo;
  const name = `${shownLine(entity, 40)}: ${shownLine(document, 60)}: ${shownLine(provision, 80)}`;
  return [
    ...words(severityStep(delta), { strike: true }),
    ...words(' '),
    ...linkTo(alertUrl, name),
    ...words(` ${digestEchoWords(echo)}`),
  ];
}

/** What cancelled out, and what was looked at. */
function noteBlocks(content: DigestContent): KnownBlock[] {
  const notes = [cancelledOutWords(content), coverageWords(content)].filter((note) => note !== '');
  return notes.length === 0 ? [] : [richText([section(...words(notes.join('\n')))])];
}

function linkBlocks({ url }: DigestContent, omitted: number): KnownBlock[] {
  const more =
    omitted === 0 ? '' : `${plural(omitted, 'more change', 'more changes')} in the whole digest.\n`;
  const elements = [
    ...words(more),
    ...(webUrl(url) === null ? [] : linkTo(url, 'Open the digest', { bold: true })),
  ];
  return elements.length === 0 ? [] : [{ type: 'divider' }, richText([section(...elements)])];
}

function watchlistBlocks({ watchlists }: DigestContent): KnownBlock[] {
  if (watchlists.length === 0) return [];
  const names = watchlists.slice(0, 5).map(({ name }) => shownLine(name, 60));
  const left = watchlists.length - names.length;
  return [contextLine(cut(`Of ${names.join(', ')}`, 200) + (left > 0 ? ` and ${left} more` : ''))];
}

/** Of the gravest changes: some 700 characters. */
function fallbackText(title: string, content: DigestContent): string {
  const changes = changesOf(content);
  const lines = changes
    .slice(0, 4)
    .map(({ delta, provision }) => `${severityStep(delta)}: ${shownLine(provision.title, 100)}`);
  const left = content.total - lines.length;
  const more = left > 0 && lines.length > 0 ? [`and ${left} more`] : [];
  const notes = lines.length > 0 ? [] : [cancelledOutWords(content), coverageWords(content)];
  const url = webUrl(content.url);
  return [title, ...lines, ...more, ...notes, ...(url === null ? [] : [url])]
    .filter((line) => line !== '')
    .map(escapeFallback)
    .join('\n');
}
