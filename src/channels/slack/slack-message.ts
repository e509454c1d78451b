import type { KnownBlock } from '@slack/types';
import type { Recipient } from '../../domain/alert-content.js';
import { maxWeight, totalWeight } from './message-size.js';
import { contextLine, linkTo, richText, section, webUrl, words } from './rich-text.js';
import { buttonBlocks, type MutableProvision } from './slack-buttons.js';
import { echoBlocks, echoPrefix, progressBlocks } from './slack-progress.js';
import { cut, escapeFallback, shownLine } from './slack-text.js';

/** Changes as far as there was room for them, and how many found none. */
export type Told = { blocks: KnownBlock[]; omitted: number };

/** What all readers share. A reader's own parts are blocks that `fillMessage` adds: no text can pose as their place. */
export type SlackTemplate = {
  /** The plain fallback, which notifications and screen readers show. Escaped. */
  text: string;
  /** For a message that ends in links, and for one that ends in buttons, or has changed since. */
  linked: Told;
  acting: Told;
  documentUrl: string | null;
  /** Those of its changes, gravest first; at most ten. */
  provisions: readonly MutableProvision[];
  /** Whether it may end in buttons: not the news of what became of an alert, whose own message has them. */
  buttons: boolean;
};

export type SlackMessage = {
  deliveryId: string;
  text: string;
  /** With links alone: a click on a button of theirs would call nobody. */
  blocks: KnownBlock[];
  /** With buttons. @param workspace the row id of the workspace that it goes to */
  acting: (workspace: string) => KnownBlock[];
};

type Alert = NonNullable<Recipient['alert']>;

/** What the links of a reader take at most, the document's URL not counted: one URL of 500 bytes, labels and frames. */
export const linksRoom = { weight: 900, blocks: 3 };

/**
 * The same with buttons and what became of the alert: six lines, the row with its dialog, and a list of ten short titles, which
 * gets shorter before the message gets too long.
 */
export const actingRoom = { weight: 3_000, blocks: 6 };

/** Of a message that is no alert: nothing can be done with it. */
export function plainTemplate(text: string, blocks: KnownBlock[]): SlackTemplate {
  const told = { blocks, omitted: 0 };
  return { text, linked: told, acting: told, documentUrl: null, provisions: [], buttons: false };
}

/** Adds a reader's link and watchlists. The template stays as it is: all readers share it. */
export function fillMessage(template: SlackTemplate, { deliveryId, alert }: Recipient): SlackMessage {
  const { text, linked } = template;
  if (alert === null) return { deliveryId, text, blocks: linked.blocks, acting: () => linked.blocks };
  const url = webUrl(alert.url);
  const said = echoPrefix(alert.progress?.echoes) + text;
  const blocks = linkedBlocks(template, alert);
  return {
    deliveryId,
    text: url === null ? said : `${said}\n${escapeFallback(url)}`,
    blocks,
    acting: (workspace) =>
      template.buttons ? actingBlocks(template, { deliveryId, alert, workspace }) : blocks,
  };
}

function linkedBlocks(template: SlackTemplate, alert: Alert): KnownBlock[] {
  const { blocks, omitted } = alert.progress === undefined ? template.linked : template.acting;
  const linked = [
    ...withEchoes(blocks, alert),
    ...statusBlocks(template, alert, undefined),
    // Links, not buttons: on a click on a button Slack calls the app back and shows the reader a warning when nobody
    // answers, as with every incoming webhook (https://github.com/slackapi/slack-github-action/issues/513).
    ...linkBlocks(omitted, [
      linkTo(alert.url, 'Open the alert', { bold: true }),
      linkTo(template.documentUrl, 'Read the document'),
    ]),
  ];
  return withNames(linked, alert);
}

/** The buttons come last, as many provisions in their list as fit. */
function actingBlocks(
  template: SlackTemplate,
  { deliveryId, alert, workspace }: { deliveryId: string; alert: Alert; workspace: string },
): KnownBlock[] {
  const { blocks, omitted } = template.acting;
  const mutable = template.provisions.filter(({ changeId }) => !isMuted(alert, changeId));
  const withButtons = (provisions: readonly MutableProvision[]): KnownBlock[] => [
    ...withEchoes(blocks, alert),
    ...linkBlocks(omitted, [linkTo(template.documentUrl, 'Read the document')]),
    ...statusBlocks(template, alert, workspace),
    ...buttonBlocks({
      deliveryId,
      url: webUrl(alert.url),
      canAcknowledge: !alert.progress?.acknowledged,
      provisions,
    }),
  ];
  for (let count = mutable.length; count > 0; count--) {
    const made = withButtons(mutable.slice(0, count));
    if (totalWeight(made) <= maxWeight) return withNames(made, alert);
  }
  return withNames(withButtons([]), alert);
}

/** Below the title, which comes first. */
function withEchoes([title, ...blocks]: KnownBlock[], { progress }: Alert): KnownBlock[] {
  return title === undefined ? [] : [title, ...echoBlocks(progress?.echoes), ...blocks];
}

function statusBlocks(
  { provisions }: SlackTemplate,
  alert: Alert,
  workspace: string | undefined,
): KnownBlock[] {
  if (alert.progress === undefined) return [];
  const muted = provisions.filter(({ changeId }) => isMuted(alert, changeId));
  return progressBlocks(alert.progress, muted, workspace);
}

function isMuted({ progress }: Alert, changeId: string): boolean {
  return progress?.mutedChangeIds.includes(changeId) ?? false;
}

/** Names of watchlists go where room is left, which is nearly always: 900 bytes are for the longest URL there is. */
function withNames(blocks: KnownBlock[], alert: Alert): KnownBlock[] {
  const named = [...blocks, ...watchlistBlocks(alert)];
  return totalWeight(named) <= maxWeight ? named : blocks;
}

function linkBlocks(omitted: number, links: ReturnType<typeof linkTo>[]): KnownBlock[] {
  const more = words(
    omitted === 0 ? '' : `${omitted} more ${omitted === 1 ? 'change' : 'changes'} in the full alert.\n`,
  );
  const shown = links.filter((link) => link.length > 0);
  const elements = [
    ...more,
    ...shown.flatMap((link, index) => (index === 0 ? link : [...words('   ·   '), ...link])),
  ];
  return elements.length === 0 ? [] : [{ type: 'divider' }, richText([section(...elements)])];
}

function watchlistBlocks({ watchlists }: Alert): KnownBlock[] {
  if (watchlists.length === 0) return [];
  const names = watchlists.slice(0, 5).map(({ name }) => shownLine(name, 60));
  const left = watchlists.length - names.length;
  return [contextLine(cut(`Matched by ${names.join(', ')}`, 200) + (left > 0 ? ` and ${left} more` : ''))];
}
