import type { KnownBlock } from '@slack/types';
import type { Recipient } from '../../domain/alert-content.js';
import { maxWeight, totalWeight } from './message-size.js';
import { contextLine, linkTo, richText, section, webUrl, words } from './rich-text.js';
import { cut, escapeFallback, shownLine } from './slack-text.js';

/** What all readers share. A reader's own parts are blocks that `fillMessage` adds: no text can pose as their place. */
export type SlackTemplate = {
  /** The plain fallback, which notifications and screen readers show. Escaped. */
  text: string;
  blocks: KnownBlock[];
  documentUrl: string | null;
  /** How many changes found no room. */
  omitted: number;
};

export type SlackMessage = { deliveryId: string; text: string; blocks: KnownBlock[] };

type Alert = NonNullable<Recipient['alert']>;

/** What the links of a reader take at most, the document's URL not counted: one URL of 500 bytes, labels and frames. */
export const linksRoom = { weight: 900, blocks: 3 };

/** Adds a reader's link and watchlists. The template stays as it is: all readers share it. */
export function fillMessage(template: SlackTemplate, { deliveryId, alert }: Recipient): SlackMessage {
  const { text, blocks } = template;
  if (alert === null) return { deliveryId, text, blocks };
  const url = webUrl(alert.url);
  const linked = [...blocks, ...linkBlocks(template, alert)];
  const named = [...linked, ...watchlistBlocks(alert)];
  return {
    deliveryId,
    text: url === null ? text : `${text}\n${escapeFallback(url)}`,
    // Names of watchlists go where room is left, which is nearly always: 900 bytes are for the longest URL there is.
    blocks: totalWeight(named) <= maxWeight ? named : linked,
  };
}

function linkBlocks({ documentUrl, omitted }: SlackTemplate, alert: Alert): KnownBlock[] {
  // Links, not buttons: on a click on a button Slack calls the app back and shows the reader a warning when nobody
  // answers, as with every incoming webhook (https://github.com/slackapi/slack-github-action/issues/513).
  const open = linkTo(alert.url, 'Open the alert', { bold: true });
  const document = linkTo(documentUrl, 'Read the document');
  const more = words(
    omitted === 0 ? '' : `${omitted} more ${omitted === 1 ? 'change' : 'changes'} in the full alert.\n`,
  );
  const gap = open.length > 0 && document.length > 0 ? words('   ·   ') : [];
  const elements = [...more, ...open, ...gap, ...document];
  return elements.length === 0 ? [] : [{ type: 'divider' }, richText([section(...elements)])];
}

function watchlistBlocks({ watchlists }: Alert): KnownBlock[] {
  if (watchlists.length === 0) return [];
  const names = watchlists.slice(0, 5).map(({ name }) => shownLine(name, 60));
  const left = watchlists.length - names.length;
  return [contextLine(cut(`Matched by ${names.join(', ')}`, 200) + (left > 0 ? ` and ${left} more` : ''))];
}
