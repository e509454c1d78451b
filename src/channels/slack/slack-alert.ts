import type { KnownBlock } from '@slack/types';
import type { AlertContent, ChangeContent, Exposure } from '../../domain/alert-content.js';
import { directionMarks, headline } from '../../domain/gravity.js';
import { severityWord } from '../../domain/wording.js';
import { severityStep } from './severity-words.js';
import { fitChanges } from './fit-changes.js';
import { maxBlocks, maxWeight, totalWeight } from './message-size.js';
import { contextLine, webUrl } from './rich-text.js';
import type { MutableProvision } from './slack-buttons.js';
import { actingRoom, linksRoom, type SlackTemplate, type Told } from './slack-message.js';
import { escapeFallback, shownLine, utf8Length } from './slack-text.js';

type Room = typeof linksRoom;

/** Provisions that a message offers to mute: a longer list is for the alert's own page. */
const mostMutable = 10;

/** An alert as a message: as many changes as Slack takes, gravest first; the rest is counted and linked to. */
export function alertTemplate(content: AlertContent): SlackTemplate {
  const title = titleOf(content);
  const head = headBlocks(content, title);
  const documentUrl = webUrl(content.document.url);
  const beside = (ends: Room): Room => ({
    weight: maxWeight - ends.weight - utf8Length(documentUrl ?? ''),
    blocks: maxBlocks - ends.blocks,
  });
  const told = (room: Room): Told => {
    const left = { weight: room.weight - totalWeight(head), blocks: room.blocks - head.length };
    const { blocks, omitted } = fitChanges(content.changes, left);
    return { blocks: [...head, ...blocks], omitted };
  };
  const linked = told(beside(linksRoom));
  const room = beside(actingRoom);
  const fits = linked.blocks.length <= room.blocks && totalWeight(linked.blocks) <= room.weight;
  return {
    text: fallbackText(title, content.changes),
    linked,
    acting: fits ? linked : told(room),
    documentUrl,
    provisions: provisionsOf(content.changes),
    buttons: true,
  };
}

/** Each once, by the gravest change of it. */
function provisionsOf(changes: readonly ChangeContent[]): MutableProvision[] {
  const byId = new Map<string, MutableProvision>();
  for (const { id, provision } of changes) {
    if (!byId.has(provision.id))
      byId.set(provision.id, { changeId: id, title: provision.title || provision.id });
  }
  return [...byId.values()].slice(0, mostMutable);
}

/** `▲ High — Amazon: AWS Acceptable Use Policy` */
function titleOf({ changes, entity, document }: AlertContent): string {
  const { severity, direction } = headline(changes.map(({ delta }) => delta));
  return shownLine(
    `${directionMarks[direction]} ${severityWord(severity)} — ${shownLine(entity.name, 60)}: ${document.title}`,
    150,
  );
}

function headBlocks({ entity, document, changes, followUp }: AlertContent, title: string): KnownBlock[] {
  const count = changes.length === 1 ? '1 change' : `${changes.length} changes`;
  return [
    { type: 'header', text: { type: 'plain_text', text: title, emoji: false } },
    contextLine(
      exposureOf(entity.name, entity.exposure),
      exposureOf(document.title, document.exposure),
      followUp ? `Follow-up: ${count} that came after the alert on this revision` : count,
    ),
  ];
}

function exposureOf(name: string, { before, after }: Exposure): string {
  return `${shownLine(name, 100)}: exposure ${before} → ${after}`;
}

/** Of the gravest changes: 550 characters, well below the 4,000 bytes that Slack shows even when each is escaped. */
function fallbackText(title: string, changes: readonly ChangeContent[]): string {
  const lines = changes
    .slice(0, 4)
    .map(({ delta, provision }) => `${severityStep(delta)}: ${shownLine(provision.title, 100)}`);
  const left = changes.length - lines.length;
  return [title, ...lines, ...(left > 0 ? [`and ${left} more`] : [])].map(escapeFallback).join('\n');
}
