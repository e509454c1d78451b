import { Injectable } from '@nestjs/common';
import { ChannelRegistry } from '../../channels/registry.js';
import {
  DestinationReportsService,
  type DestinationReport,
} from '../../deliveries/destination-reports.service.js';
import type { Delivery } from '../../deliveries/delivery-view.js';
import { DestinationService } from '../../destinations/destination.service.js';
import type { Destination } from '../../destinations/destination.js';
import type { AccountId, DestinationId } from '../../domain/ids.js';
import { Clock } from '../../platform/clock.js';
import { WatchlistService } from '../../watchlists/watchlist.service.js';

/** More than a tier holds; a page of a list has no more. */
const mostWatchlists = 200;
const latestDeliveries = 10;

/** A destination with all that its page shows. */
export type DestinationView = {
  destination: Destination;
  /** Whether its messages are signed with a secret of its own. */
  signs: boolean;
  report: DestinationReport | undefined;
  latest: readonly Delivery[];
  /** Those that lead there. `isOnly`: and nowhere else. */
  watchlists: readonly { id: string; name: string; isOnly: boolean }[];
  /** RFC 3339 */
  now: string;
};

/** Reads what the page of a destination shows. */
@Injectable()
export class DestinationViewService {
  constructor(
    private readonly destinations: DestinationService,
    private readonly reports: DestinationReportsService,
    private readonly watchlists: WatchlistService,
    private readonly channels: ChannelRegistry,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 */
  async of(accountId: AccountId, id: DestinationId): Promise<DestinationView> {
    const destination = await this.destinations.get(accountId, id);
    const [reports, latest, { items }] = await Promise.all([
      this.reports.of(accountId, [destination]),
      this.reports.latest(accountId, id, latestDeliveries),
      this.watchlists.list(accountId, { limit: mostWatchlists }),
    ]);
    const watchlists = items
      .filter(({ destinationIds }) => destinationIds.includes(id))
      .map((one) => ({ id: one.id, name: one.name, isOnly: one.destinationIds.length === 1 }));
    return {
      destination,
      signs: this.channels.find(destination.kind)?.signs ?? false,
      report: reports.get(id),
      latest,
      watchlists,
      now: this.clock.now().toISOString(),
    };
  }
}
