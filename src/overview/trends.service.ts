import { Injectable } from '@nestjs/common';
import type { AccountId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { listMostChanged, type MostChanged } from './attention.store.js';
import { findTrend } from './trend.store.js';
import { mondayBefore, weekSeries, type Week } from './week-series.js';

/** Half a year. */
const weeksShown = 26;

/** What became of the documents that accounts follow, week by week. */
@Injectable()
export class TrendsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Half a year up to now, oldest first: exposure of what the account follows, and changes by severity. */
  async weeks(accountId: AccountId): Promise<Week[]> {
    const now = this.clock.now();
    const { weeks, exposure } = await findTrend(this.database, accountId, mondayBefore(now, weeksShown - 1));
    return weekSeries(weeks, { exposure, now, count: weeksShown });
  }

  /** The entities that changed most in half a year, the gravest first. */
  async mostChanged(limit: number): Promise<MostChanged[]> {
    return listMostChanged(this.database, mondayBefore(this.clock.now(), weeksShown - 1), limit);
  }
}
