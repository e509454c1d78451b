import type { Cadence } from '../domain/cadence.js';
import type { PastContent, PastNews } from '../domain/past-content.js';
import type { PastMessage } from '../domain/past-messages.js';
import { windowBegin } from '../domain/window-begin.js';
import type { Sql } from '../platform/database.js';
import type { BacktestChange, BacktestItem } from './backtest.js';
import { findShown, type ShownChange } from './backtest.store.js';

/** A message lists no more of its changes, and counts the rest. */
const mostChangesAnItem = 100;
/** A page ends before its limit once it lists so many. */
const mostChangesAPage = 2_000;

/** A message that would have gone out. */
export type SentMessage = { message: PastMessage; content: PastContent };

/** How many of the messages make a page of bearable length; never less than one. */
export function countThatFits(sent: readonly SentMessage[], limit: number): number {
  let listed = 0;
  const tooMany = sent.findIndex(
    ({ content }) => (listed += Math.min(content.news.length, mostChangesAnItem)) > mostChangesAPage,
  );
  return Math.min(limit, tooMany < 0 ? sent.length : Math.max(1, tooMany));
}

/** Messages as the API shows them, in the same order. */
export async function backtestItems(
  sql: Sql,
  publicUrl: string,
  sent: readonly SentMessage[],
  { cadence, timeZone }: { cadence: Cadence; timeZone: string },
): Promise<BacktestItem[]> {
  const listed = sent.map(({ message, content }) => ({
    message,
    content,
    news: content.news.slice(0, mostChangesAnItem),
  }));
  const shown = await findShown(
    sql,
    listed.flatMap(({ news }) => news.map(shownId)),
  );
  return listed.map(({ message, content, news }): BacktestItem => {
    const changes = news.flatMap((one) => {
      const change = shown.get(shownId(one));
      return change ? [viewOf(one, change, publicUrl)] : [];
    });
    const omitted = content.news.length - news.length;
    if (cadence.mode !== 'instant') {
      const until = new Date(message.at);
      const from = windowBegin(cadence, timeZone, until).toISOString();
      const { cancelledOut } = content;
      return { kind: 'digest', from, until: until.toISOString(), cancelledOut, changes, omitted };
    }
    const undoneAt = message.changes.flatMap(({ undone, retractedAt = Infinity }) =>
      undone || retractedAt < Infinity ? [Math.min(undone?.at ?? Infinity, retractedAt)] : [],
    );
    const revertedAt = undoneAt.length > 0 ? new Date(Math.min(...undoneAt)).toISOString() : null;
    return { kind: 'alert', at: new Date(message.at).toISOString(), revertedAt, changes, omitted };
  });
}

function shownId({ steps }: PastNews): string {
  return steps.at(-1)?.id ?? '';
}

function viewOf({ delta, steps }: PastNews, change: ShownChange, publicUrl: string): BacktestChange {
  const { entity, document, provision } = change.labels;
  return {
    id: change.id,
    url: `${publicUrl}/changes/${change.id}`,
    time: change.time.toISOString(),
    entity: { id: entity.id, name: entity.name },
    document: { id: document.id, title: document.title },
    provision: { id: provision.id, title: provision.title },
    delta,
    steps: steps.map(({ id }) => id),
  };
}
