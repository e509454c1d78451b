import { Injectable } from '@nestjs/common';
import { SightingsService } from '../../coverage/sightings.service.js';
import { DestinationService } from '../../destinations/destination.service.js';
import { Clock } from '../../platform/clock.js';
import { AttentionService } from '../../overview/attention.service.js';
import { NextDigestsService } from '../../overview/next-digests.service.js';
import { TrendsService } from '../../overview/trends.service.js';
import { SilenceCountService } from '../../silence/silence-count.service.js';
import type { Member } from '../frame/visit.js';
import { monthBegin } from './month-begin.js';

const alertsShown = 5;
const soonShown = 5;
const oldestShown = 6;
const offered = 6;
/** More than an account may have. */
const mostDestinations = 200;

/** Gathers what the overview shows, all at once. */
@Injectable()
export class OverviewReader {
  constructor(
    private readonly attention: AttentionService,
    private readonly trends: TrendsService,
    private readonly digests: NextDigestsService,
    private readonly sightings: SightingsService,
    private readonly destinations: DestinationService,
    private readonly silence: SilenceCountService,
  ) {}

  /** @param clock whose month what was not told is counted in */
  async read({ accountId, tier, timeZone }: Member, clock: Clock) {
    const now = clock.now();
    const month = monthBegin(now, timeZone);
    const [following, waiting, soon, weeks, digests, counts, oldest, { items }, silence] = await Promise.all([
      this.attention.following(accountId),
      this.attention.waiting(accountId, alertsShown),
      this.attention.effectiveSoon(accountId, soonShown),
      this.trends.weeks(accountId),
      this.digests.list(accountId),
      this.sightings.counts(accountId),
      this.sightings.oldest(accountId, { limit: oldestShown }),
      this.destinations.list(accountId, { limit: mostDestinations }),
      this.silence.since({ id: accountId, tier }, month),
    ]);
    const mostChanged = following.follows === 0 ? await this.trends.mostChanged(offered) : [];
    return {
      now,
      following,
      waiting,
      soon,
      weeks,
      digests,
      counts,
      oldest: oldest.items,
      destinations: items,
      silence,
      mostChanged,
    };
  }
}

export type Overview = Awaited<ReturnType<OverviewReader['read']>>;
