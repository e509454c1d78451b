import { Injectable } from '@nestjs/common';
import type { WatchlistId } from '../../domain/ids.js';
import { FeedAddressService } from '../../watchlists/feed-address.service.js';
import { FollowService } from '../../watchlists/follow.service.js';
import { WatchlistListing } from '../../watchlists/watchlist-listing.service.js';
import type { Faults } from '../form/faults.js';
import { queryOf } from '../form/query.js';
import type { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { FollowSearch } from './follow-search.js';
import { draftOf, type Draft } from './watchlist-draft.js';
import { knownTargets, WatchlistDesk } from './watchlist-desk.js';
import { watchlistPage } from './watchlist-page.js';

const followsShown = 50;

/** What a page of a watchlist shows besides what is kept: what was typed, asked for, or refused. */
export type Shown = {
  draft?: Draft;
  faults?: Faults;
  isTried?: boolean;
  q?: string;
  cursor?: string | undefined;
  byKey?: { kind: string; key: string; fault: string | null };
  refusal?: string;
  snooze?: { value: string; faults: Faults | undefined };
  feedUrl?: string;
  feedRefusal?: string;
  said?: unknown;
  /** What was just taken from it, as `followText` writes it. */
  undo?: readonly string[];
};

/** Puts the page of one watchlist together. */
@Injectable()
export class WatchlistViews {
  constructor(
    private readonly listing: WatchlistListing,
    private readonly follows: FollowService,
    private readonly feeds: FeedAddressService,
    private readonly desk: WatchlistDesk,
    private readonly search: FollowSearch,
  ) {}

  /** @throws Problem 404 when the account has no such watchlist, 422 for a cursor from elsewhere */
  async page(visit: CurrentVisit, member: CurrentMember, id: WatchlistId, shown: Shown): Promise<string> {
    const { accountId, tier, timeZone } = member;
    const q = shown.q?.trim() ?? '';
    const watchlist = await this.listing.get(accountId, id);
    const draft = shown.draft ?? draftOf(watchlist);
    const [destinations, page, feed, found, trial, use] = await Promise.all([
      this.desk.destinationsOf(accountId),
      this.follows.list(accountId, id, {
        limit: followsShown,
        ...(shown.cursor !== undefined && { cursor: shown.cursor }),
      }),
      this.feeds.get(accountId, id),
      this.search.find(q),
      shown.isTried === true ? this.desk.trial(member, draft, id) : null,
      this.desk.useOf(accountId),
    ]);
    const nextHref =
      page.nextCursor && `${visit.site.base}/watchlists/${id}${queryOf({ cursor: page.nextCursor })}#follows`;
    return watchlistPage({
      visit,
      watchlist,
      draft,
      faults: shown.faults,
      tier,
      timeZone,
      destinations,
      trial,
      said: shown.said,
      follows: {
        items: await this.desk.named(page.items),
        nextHref,
        q,
        found,
        byKey: shown.byKey ?? { kind: '', key: '', fault: null },
        refusal: shown.refusal ?? null,
        said: shown.said,
        undo: await this.desk.named(knownTargets(shown.undo ?? [])),
        tier,
        use,
      },
      upkeep: {
        snooze: shown.snooze ?? { value: '', faults: undefined },
        feed: {
          createdAt: feed.createdAt,
          url: shown.feedUrl ?? null,
          refusal: shown.feedRefusal ?? null,
        },
      },
    });
  }
}
