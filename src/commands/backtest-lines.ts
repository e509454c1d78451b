import { LocalTimeZone } from '../domain/local-time.js';
import type { Backtest, BacktestChange, BacktestItem } from '../watchlists/backtest.js';

const widestBar = 40;
/** Changes that are shown of a message. */
const mostShown = 5;

/** A backtest as a terminal shows it: the weeks as bars, then the messages, newest first. */
export function backtestLines(backtest: Backtest): string[] {
  const { total, weeks, suppressed, items, timeZone, nextCursor } = backtest;
  const sent = total.alerts + total.digests;
  const most = Math.max(1, ...weeks.map(({ alerts, digests }) => alerts + digests));
  const kept = Object.entries(suppressed).filter(([, count]) => count > 0);
  return [
    `${counted(total.alerts, 'alert')}, ${counted(total.digests, 'digest')}, ${counted(total.changes, 'change')} told, ${counted(total.reverts, 'revert')}.`,
    ...(kept.length > 0
      ? [`Not told: ${kept.map(([reason, count]) => `${count} ${wordsOf(reason)}`).join(', ')}.`]
      : []),
    '',
    'week of         sent  changes',
    ...weeks.map(({ week, alerts, digests, changes }) => {
      const count = alerts + digests;
      const bar = '█'.repeat(Math.ceil((count / most) * widestBar));
      return `${week}  ${String(count).padStart(8)}  ${String(changes).padStart(7)}  ${bar}`.trimEnd();
    }),
    ...items.flatMap((item) => ['', ...linesOf(item, timeZone)]),
    ...(nextCursor === null
      ? []
      : ['', `The newest ${items.length} of ${sent}; --json gives a cursor for the rest.`]),
  ];
}

function linesOf(item: BacktestItem, timeZone: string): string[] {
  const head =
    item.kind === 'alert'
      ? `${localTime(item.at, timeZone)}  alert${item.revertedAt === null ? '' : `, went back ${localTime(item.revertedAt, timeZone)}`}`
      : `${localTime(item.until, timeZone)}  digest since ${localTime(item.from, timeZone)}`;
  const more = item.changes.length + item.omitted - mostShown;
  return [
    head,
    ...item.changes.slice(0, mostShown).map((change) => `  ${changeLine(change)}`),
    ...(more > 0 ? [`  and ${counted(more, 'change')} more`] : []),
  ];
}

function changeLine({ delta, entity, document, provision, steps }: BacktestChange): string {
  const severity = `${delta.before ?? '–'} → ${delta.after ?? '–'}`;
  const times = steps.length > 1 ? ` (${steps.length} steps)` : '';
  return printable(
    `${delta.kind.padEnd(10)} ${severity.padEnd(15)} ${entity.name}: ${document.title}: ${provision.title}${times}`,
  );
}

/** Titles are strangers' words: what moves a terminal's cursor or colours it is left out. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '');
}

function localTime(time: string, timeZone: string): string {
  const wall = new LocalTimeZone(timeZone).wallClock(Date.parse(time));
  return new Date(wall).toISOString().slice(0, 16).replace('T', ' ');
}

function wordsOf(reason: string): string {
  return reason.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
