import type { RichTextBlock, RichTextElement } from '@slack/types';
import { DateTime } from 'luxon';
import type { AlertProgress } from '../../domain/alert-content.js';
import type { EchoKind } from '../../domain/echo-kind.js';
import { directionMarks, headline } from '../../domain/gravity.js';
import { plural, severityWord } from '../../domain/wording.js';
import type { MutableProvision } from './slack-buttons.js';
import { bold, richText, section, words } from './rich-text.js';
import { shownLine } from './slack-text.js';

/** Muted provisions that are named; the others are counted. */
const mostNamed = 3;

/** A user's id in Slack. Only this, and only out of a request that Slack signed, ever becomes a mention. */
const userId = /^[UW][A-Z0-9]{1,30}$/;

/**
 * What has become of an alert, a line each; no block when nothing has.
 *
 * @param workspace the one that the message is in: a user of another would be nobody there
 */
export function progressBlocks(
  { acknowledged, followUps }: AlertProgress,
  muted: readonly MutableProvision[],
  workspace: string | undefined,
): RichTextBlock[] {
  const lines = [
    followUpLine(followUps),
    acknowledged === null ? [] : acknowledgedLine(acknowledged, workspace),
    mutedLine(muted),
  ].filter((line) => line.length > 0);
  if (lines.length === 0) return [];
  const elements = lines.flatMap((line, index) => (index === 0 ? line : [...words('\n'), ...line]));
  return [richText([section(...elements)])];
}

const becameOf: Readonly<Record<EchoKind, readonly [title: string, words: string]>> = {
  reverted: ['↩ Went back', 'what this message told is no longer so, or not all of it'],
  retracted: ['✕ Retracted by the archive', 'what this message told was wrong, or not all of it'],
  corrected: ['✎ Corrected by the archive', 'this message tells it as it reads now'],
  reminder: ['⏲ Takes effect soon', 'what this message told'],
};

/** Right below the title, what became of what the alert told: nobody is to take for news what is none. Nothing when it stands. */
export function echoBlocks(echoes: AlertProgress['echoes']): RichTextBlock[] {
  // The last of a kind says the most.
  const last = new Map((echoes ?? []).map(({ about, at }) => [about, at]));
  if (last.size === 0) return [];
  const lines = [...last].flatMap(([about, at], index) => {
    const [title, meaning] = becameOf[about];
    const line = [
      ...bold(title),
      ...words(' · '),
      timeElement(at),
      ...words(`: ${meaning}. More in the thread.`),
    ];
    return index === 0 ? line : [...words('\n'), ...line];
  });
  return [richText([section(...lines)])];
}

/** What the plain text of a message begins with when its alert was undone; empty when it stands. */
export function echoPrefix(echoes: AlertProgress['echoes']): string {
  const undone = (echoes ?? []).findLast(({ about }) => about !== 'reminder');
  return undone === undefined ? '' : `${becameOf[undone.about][0]}: `;
}

/** `1 follow-up in the thread · ▲ High` */
function followUpLine({ count, deltas }: AlertProgress['followUps']): RichTextElement[] {
  if (count === 0 || deltas.length === 0) return [];
  const { severity, direction } = headline(deltas);
  return [
    ...bold(`${plural(count, 'follow-up', 'follow-ups')} in the thread`),
    ...words(` · ${directionMarks[direction]} ${severityWord(severity)}`),
  ];
}

/** `✓ Acknowledged by @kim · today at 09:31`, in the reader's own time; the fallback is UTC. */
function acknowledgedLine(
  { at, by }: NonNullable<AlertProgress['acknowledged']>,
  workspace: string | undefined,
): RichTextElement[] {
  const isKnown = by !== null && by.workspace === workspace && userId.test(by.user);
  return [
    ...bold('✓ Acknowledged'),
    ...(isKnown ? [...words(' by '), { type: 'user', user_id: by.user } as const] : []),
    ...words(' · '),
    timeElement(at),
  ];
}

/** In the reader's own time; the fallback is UTC. @param at RFC 3339 */
function timeElement(at: string): RichTextElement {
  const time = DateTime.fromISO(at, { zone: 'utc' });
  return {
    type: 'date',
    timestamp: Math.floor(time.toSeconds()),
    format: '{date_short_pretty} at {time}',
    fallback: time.toFormat("yyyy-MM-dd HH:mm 'UTC'"),
  };
}

function mutedLine(muted: readonly MutableProvision[]): RichTextElement[] {
  if (muted.length === 0) return [];
  const names = muted.slice(0, mostNamed).map(({ title }) => shownLine(title, 60) || 'without a title');
  const left = muted.length - names.length;
  return [...bold('Muted: '), ...words(names.join(', ') + (left > 0 ? ` and ${left} more` : ''))];
}
