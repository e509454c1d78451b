import { Injectable } from '@nestjs/common';
import { AccountService } from '../accounts/account.service.js';
import type { Cadence } from '../domain/cadence.js';
import { windowEnd } from '../domain/digest-window.js';
import type { AccountId } from '../domain/ids.js';
import { quietUntil } from '../domain/quiet-hours.js';
import { tiers } from '../domain/tiers.js';
import { Clock } from '../platform/clock.js';
import { WatchlistService } from '../watchlists/watchlist.service.js';

/** As many as the largest tier holds. */
const mostWatchlists = 200;

/** When watchlists of one cadence tell next. @property at RFC 3339 */
export type NextDigest = { at: string; cadence: Cadence; watchlists: { id: string; name: string }[] };

/** When accounts hear next of what is gathered for them. */
@Injectable()
export class NextDigestsService {
  constructor(
    private readonly watchlists: WatchlistService,
    private readonly accounts: AccountService,
    private readonly clock: Clock,
  ) {}

  /** The ends of the windows that are open now, the soonest first. Watchlists that sleep until then are left out. */
  async list(accountId: AccountId): Promise<NextDigest[]> {
    const now = this.clock.now();
    const { timeZone, quietHours, tier } = await this.accounts.get(accountId);
    const { items } = await this.watchlists.list(accountId, { limit: mostWatchlists });
    const digests = new Map<string, NextDigest>();
    for (const { id, name, cadence, snoozedUntil, destinationIds } of items) {
      if (cadence.mode === 'instant' || destinationIds.length === 0) continue;
      if (!tiers[tier].cadences.includes(cadence.mode)) continue;
      // Told with or without a heartbeat, it is the same window.
      const { heartbeat: _, ...windows } = cadence;
      const key = JSON.stringify(windows);
      const known = digests.get(key);
      const at = known?.at ?? endOf(cadence, now).toISOString();
      if (snoozedUntil !== null && snoozedUntil > at) continue;
      if (known) known.watchlists.push({ id, name });
      else digests.set(key, { at, cadence, watchlists: [{ id, name }] });
    }
    return [...digests.values()].toSorted((a, b) => (a.at < b.at ? -1 : 1));

    // Hourly ones that would end in quiet hours end with those.
    function endOf(cadence: Exclude<Cadence, { mode: 'instant' }>, at: Date): Date {
      const end = windowEnd(cadence, timeZone, at);
      const quiet = cadence.mode === 'hourly' && quietHours ? quietUntil(quietHours, timeZone, end) : null;
      return quiet ?? end;
    }
  }
}
