import { setImmediate as otherWork } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import type { Cadence } from '../domain/cadence.js';
import { alertContent, digestContent, endsToCompare } from '../domain/past-content.js';
import { pastMessages, type PastChange, type PastMessage } from '../domain/past-messages.js';
import type { WatchRule } from '../domain/watch-rule.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { pageOfRows } from '../platform/http/page.js';
import { Problem } from '../platform/http/problem.js';
import { backtestCursor, backtestKey } from './backtest-cursor.js';
import { backtestItems, countThatFits, type SentMessage } from './backtest-items.js';
import { backtestTotals } from './backtest-totals.js';
import { findEndTexts, findPastChanges } from './backtest.store.js';
import type { Backtest, BacktestPage } from './backtest.js';
import type { FollowTarget } from './follow.js';
import { findRetracted } from './retracted.store.js';
import { requireSearchable } from './watchlist-checks.js';

/** Wanted changes that are gone through: they are held in memory, a few hundred bytes each. */
const mostChanges = 300_000;
const mostYears = 2;
/** Digests whose texts are read at a time. Whoever else waits comes in between two of them. */
const digestsAtATime = 20;

/** A watchlist that there need not be. */
export type BacktestRequest = {
  rule: WatchRule;
  follows: readonly FollowTarget[];
  cadence: Cadence;
  since: Date;
  /** IANA name. */
  timeZone: string;
};

/** What watchlists would have sent, had they been there. */
@Injectable()
export class BacktestService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Goes through history as if each change had come in when the archive saw it.
   *
   * @throws Problem 422 for keywords that are none, a time too long ago or ahead, too many changes, a cursor from elsewhere
   */
  async run(request: BacktestRequest, page: BacktestPage): Promise<Backtest> {
    const now = this.clock.now();
    requireRecent(request.since, now);
    const cursor = backtestCursor(request, page.cursor);
    await requireSearchable(this.database, request.rule.keywords);
    const { changes: wanted, keptBack } = await findPastChanges(this.database, {
      ...request,
      settleMs: this.config.revisionSettleS * 1_000,
      most: mostChanges,
    });
    if (wanted.length > mostChanges) throw tooManyChanges();
    const takenBack = await findRetracted(this.database, request.since);
    const changes = takenBack.size === 0 ? wanted : wanted.map((change) => retractedBy(change, takenBack));
    const { messages, wentBack, retracted } = pastMessages(changes, request.cadence, request.timeZone);
    const told = await this.contentsOf(messages, request.cadence);
    const sent = told.filter(({ content }) => content.news.length > 0);
    const ahead = sent.filter(({ message }) => cursor.isAhead(message));
    const count = countThatFits(ahead, page.limit);
    const items = await backtestItems(this.database, this.config.publicUrl, ahead.slice(0, count), request);
    const { nextCursor } = pageOfRows(
      cursor.list,
      ahead,
      count,
      ({ message }) => backtestKey(message),
      () => null,
    );
    return {
      timeZone: request.timeZone,
      ...backtestTotals(told, { ...request, until: now, keptBack, wentBack, retracted }),
      items,
      nextCursor,
    };
  }

  private async contentsOf(messages: readonly PastMessage[], { mode }: Cadence): Promise<SentMessage[]> {
    if (mode === 'instant') return messages.map((message) => ({ message, content: alertContent(message) }));
    const sent: SentMessage[] = [];
    for (let from = 0; from < messages.length; from += digestsAtATime) {
      const some = messages.slice(from, from + digestsAtATime);
      const texts = await findEndTexts(this.database, some.flatMap(endsToCompare));
      for (const message of some) {
        sent.push({ message, content: digestContent(message, texts) });
        await otherWork();
      }
    }
    return sent;
  }
}

function retractedBy(change: PastChange, takenBack: ReadonlyMap<string, number>): PastChange {
  const retractedAt = takenBack.get(change.id);
  return retractedAt === undefined ? change : { ...change, retractedAt };
}

function requireRecent(since: Date, now: Date): void {
  const earliest = new Date(now);
  earliest.setUTCFullYear(earliest.getUTCFullYear() - mostYears);
  if (since >= earliest && since <= now) return;
  throw new Problem(422, 'That is not a time to look back to.', [
    { path: 'since', message: `must be from ${earliest.toISOString()} until now: at most two years ago` },
  ]);
}

function tooManyChanges(): Problem {
  const most = mostChanges.toLocaleString('en');
  return new Problem(422, `More than ${most} changes since then are wanted.`, [
    { path: 'since', message: 'must be later, or follow less, or let the rule want less' },
  ]);
}
