import { CalendarWeeks } from '../domain/calendar-week.js';
import type { Cadence } from '../domain/cadence.js';
import { pastReverts } from '../domain/past-content.js';
import type { SentMessage } from './backtest-items.js';
import type { Backtest } from './backtest.js';
import type { KeptBackReason } from './backtest.store.js';

/** What was asked for, and what was found beside the messages. */
export type BacktestFindings = {
  cadence: Cadence;
  timeZone: string;
  since: Date;
  until: Date;
  keptBack: ReadonlyMap<KeptBackReason, number>;
  /** Wanted changes that went back before they were told. */
  wentBack: number;
  /** Wanted changes that the archive took back before they were told. */
  retracted: number;
};

/** @param told every message, those of which nothing was left to tell too; newest first */
export function backtestTotals(
  told: readonly SentMessage[],
  findings: BacktestFindings,
): Pick<Backtest, 'total' | 'suppressed' | 'weeks'> {
  const { cadence, keptBack } = findings;
  const sent = told.filter(({ content }) => content.news.length > 0);
  const count = (messages: readonly SentMessage[]) => ({
    alerts: cadence.mode === 'instant' ? messages.length : 0,
    digests: cadence.mode === 'instant' ? 0 : messages.length,
    changes: sum(messages, ({ content }) => content.news.length),
  });
  const kept = (reason: KeptBackReason) => keptBack.get(reason) ?? 0;
  return {
    total: { ...count(sent), reverts: pastReverts(sent.map(({ content }) => content)) },
    suppressed: {
      late: kept('late'),
      silent: kept('silent'),
      cosmetic: kept('cosmetic'),
      rule: kept('rule'),
      reverted: kept('reverted') + findings.wentBack,
      retracted: findings.retracted,
      flapping: kept('flapping'),
      cancelledOut: sum(
        told,
        ({ message, content }) => message.changes.length - sum(content.news, ({ steps }) => steps.length),
      ),
    },
    weeks: [...byWeek(sent, findings)].map(([week, messages]) => ({ week, ...count(messages) })),
  };
}

function byWeek(sent: readonly SentMessage[], { timeZone, since, until }: BacktestFindings) {
  const calendar = new CalendarWeeks(timeZone);
  // The digest of a window that is still open goes out after now.
  const last = Math.max(until.getTime(), sent[0]?.message.at ?? 0);
  const weeks = new Map<string, SentMessage[]>(
    calendar.between(since.getTime(), last).map((week) => [week, []]),
  );
  for (const one of sent) weeks.get(calendar.mondayOf(one.message.at))?.push(one);
  return weeks;
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
