import { Injectable } from '@nestjs/common';
import { CoverageService } from '../../coverage/coverage.service.js';
import { DestinationService } from '../../destinations/destination.service.js';
import { unsubscribedReason, type Destination } from '../../destinations/destination.js';
import { InboxService } from '../../alerts/inbox.service.js';
import type { AccountId, AlertId, DeliveryId, DestinationId } from '../../domain/ids.js';
import { Clock } from '../../platform/clock.js';
import { notFound, Problem } from '../../platform/http/problem.js';
import { Links } from '../../platform/links.js';
import { WatchlistService } from '../../watchlists/watchlist.service.js';
import { maskedAddress } from './masked-address.js';

/** More than a tier holds; a page of a list has no more. */
const mostWatchlists = 200;

/** What an unsubscribe link is about. */
export type Subscription = {
  destinationId: DestinationId;
  watchlistIds: readonly string[];
  /** Where the mail went, masked: whoever was forwarded the mail need not read it. Null when it is gone or former. */
  place: string | null;
  /** Whether anything is sent there, or will be without the reader being asked. */
  isOpen: boolean;
  /** Whether the mail went to an address that the destination has left: the link stops nothing at the new one. */
  isFormer: boolean;
  /** Those of the link that still lead there. */
  watchlists: readonly { name: string }[];
};

type Claims = {
  accountId: AccountId;
  destinationId: DestinationId;
  alertId?: AlertId;
  noticeId?: string;
  bundleId?: DeliveryId;
  watchlistIds: string[];
};

/** Stops alerts for whoever holds an unsubscribe link, without a sign-in. */
@Injectable()
export class UnsubscribeService {
  constructor(
    private readonly links: Links,
    private readonly clock: Clock,
    private readonly destinations: DestinationService,
    private readonly watchlists: WatchlistService,
    private readonly inbox: InboxService,
    private readonly coverage: CoverageService,
  ) {}

  /** Changes nothing. @throws Problem 404 for a link that is not ours */
  async look(token: string): Promise<Subscription> {
    return this.subscription(await this.claims(token));
  }

  /**
   * Takes the destination off the link's watchlists, or pauses it and what else of its account has the same address; neither
   * when the mail went to a former address. Doing it again changes nothing.
   *
   * @throws Problem 404 for a link that is not ours
   */
  async stop(token: string, all: boolean): Promise<Subscription> {
    const claims = await this.claims(token);
    if (all) await this.destinations.unsubscribeAll(claims);
    else await this.destinations.unsubscribe(claims);
    return this.subscription(claims);
  }

  private async claims(token: string): Promise<Claims> {
    const link = this.links.readUnsubscribe(token, this.clock.now());
    if (!link) throw notFound('link');
    const { accountId } = link;
    const watchlistIds =
      'noticeId' in link
        ? await this.coverage.watchlistIds(accountId, link.noticeId)
        : await this.inbox.watchlistIds(accountId, link);
    return { ...link, watchlistIds };
  }

  private async subscription(claims: Claims): Promise<Subscription> {
    const { accountId, destinationId, watchlistIds } = claims;
    if (await this.destinations.isFormer(claims)) {
      return { destinationId, watchlistIds, place: null, isOpen: false, isFormer: true, watchlists: [] };
    }
    const destination = await orNull(this.destinations.get(accountId, destinationId));
    const { items } = await this.watchlists.list(accountId, { limit: mostWatchlists });
    return {
      destinationId,
      watchlistIds,
      place: destination && placeOf(destination),
      isOpen:
        destination?.status === 'active' ||
        (destination?.status === 'paused' && destination.reason !== unsubscribedReason),
      isFormer: false,
      watchlists: items.filter(
        (one) => watchlistIds.includes(one.id) && one.destinationIds.includes(destinationId),
      ),
    };
  }
}

function placeOf({ settings, label, kind }: Destination): string {
  const { address } = settings;
  return typeof address === 'string' ? maskedAddress(address) : (label ?? kind);
}

/** What was deleted since the mail went out is no fault of its reader. */
async function orNull<Found>(found: Promise<Found>): Promise<Found | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}
