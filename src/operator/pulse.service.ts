import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Metrics } from '../platform/metrics.js';
import type { Overview } from './overview-view.js';
import { OverviewService } from './overview.service.js';
import { countIntake, lastSign, listHours, listSuppressedDays, type SuppressedDay } from './pulse.store.js';
import { troublesOf, type Trouble } from './troubles.js';

export type { SuppressedDay } from './pulse.store.js';

const hourMs = 3_600_000;
const hoursShown = 24;
const daysShown = 7;

/** Attempts of one lane, of 24 hours, the oldest first. */
export type LaneHours = { lane: string; hours: { from: Date; delivered: number; failed: number }[] };

/** How the installation does, for somebody who looks at it. */
export type Pulse = {
  at: Date;
  overview: Overview;
  lanes: LaneHours[];
  /** When an attempt was last recorded within a day, and by how many processes within 15 minutes. */
  lastAttemptAt: Date | null;
  processes: number;
  intake: { changes: number; late: number; gaps: number; silent: number };
  /** Since this process started. */
  taken: { accepted: number; duplicates: number };
  troubles: Trouble[];
};

/** How the whole installation is doing, with words for what is wrong. */
@Injectable()
export class PulseService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly overviews: OverviewService,
    private readonly metrics: Metrics,
  ) {}

  async pulse(): Promise<Pulse> {
    const at = this.clock.now();
    const dayAgo = new Date(at.getTime() - hoursShown * hourMs);
    const overview = await this.overviews.overview();
    const day = await lastSign(this.database, dayAgo, at);
    const lately = await lastSign(this.database, new Date(at.getTime() - hourMs / 4), at);
    const lanes = await this.lanes(Object.keys(overview.queue), dayAgo, at);
    return {
      at,
      overview,
      lanes,
      lastAttemptAt: day.lastMinute,
      processes: lately.processes,
      intake: await countIntake(this.database, dayAgo, at),
      taken: await this.taken(),
      troubles: troublesOf(overview, lanes),
    };
  }

  /** By day, the newest first, of a week. */
  async suppressedDays(): Promise<SuppressedDay[]> {
    const at = this.clock.now();
    return listSuppressedDays(this.database, new Date(at.getTime() - daysShown * 24 * hourMs), at);
  }

  private async lanes(known: readonly string[], from: Date, to: Date): Promise<LaneHours[]> {
    const rows = await listHours(this.database, from, to);
    const names = [...new Set([...known, ...rows.map(({ lane }) => lane)])].toSorted();
    return names.map((lane) => ({
      lane,
      hours: Array.from({ length: hoursShown }, (_, place) => {
        const hoursAgo = hoursShown - 1 - place;
        const row = rows.find((one) => one.lane === lane && one.hoursAgo === hoursAgo);
        const hour = new Date(to.getTime() - (hoursAgo + 1) * hourMs);
        return { from: hour, delivered: row?.delivered ?? 0, failed: row?.failed ?? 0 };
      }),
    }));
  }

  private async taken(): Promise<Pulse['taken']> {
    const { values } = await this.metrics.events.get();
    const of = (status: string) => values.find(({ labels }) => labels['status'] === status)?.value ?? 0;
    return { accepted: of('accepted'), duplicates: of('duplicate') };
  }
}
