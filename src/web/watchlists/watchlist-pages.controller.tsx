import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { watchlistIdOf } from '../../watchlists/watchlist-id.js';
import { WatchlistListing } from '../../watchlists/watchlist-listing.service.js';
import { WatchlistService } from '../../watchlists/watchlist.service.js';
import type { WatchlistChanges } from '../../watchlists/watchlist.js';
import { formFaults } from '../form/faults.js';
import { fieldsOf, textOf, textsOf } from '../form/fields.js';
import { pageAsked, queryOf } from '../form/query.js';
import { partOf } from '../frame/layout.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { FoundList } from './follow-picker.js';
import { FollowSearch } from './follow-search.js';
import { TrialPart } from './trial-part.js';
import { draftIn, fieldOf, isTrial, watchlistIn } from './watchlist-draft.js';
import { WatchlistDesk } from './watchlist-desk.js';
import { WatchlistViews } from './watchlist-views.js';
import { watchlistsPage } from './watchlists-page.js';

const listed = 50;

/** Watchlists side by side, and each with its rule. */
@Controller('watchlists')
@Pages('member')
export class WatchlistPagesController {
  constructor(
    private readonly listing: WatchlistListing,
    private readonly watchlists: WatchlistService,
    private readonly desk: WatchlistDesk,
    private readonly search: FollowSearch,
    private readonly views: WatchlistViews,
  ) {}

  @Get()
  async list(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Query() query: Record<string, unknown>,
  ): Promise<string> {
    const page = pageAsked(listed, query['cursor']);
    const [{ items, nextCursor }, destinations, use] = await Promise.all([
      this.listing.list(member.accountId, page),
      this.desk.destinationsOf(member.accountId),
      this.desk.useOf(member.accountId),
    ]);
    const nextHref = nextCursor && `${visit.site.base}/watchlists${queryOf({ cursor: nextCursor })}`;
    return watchlistsPage({ visit, member, items, nextHref, destinations, use, said: query['said'] });
  }

  /** What can be followed: the part that the field of the picker asks for. */
  @Get('search')
  async found(@Query('q') q: unknown): Promise<string> {
    const text = typeof q === 'string' ? q : '';
    return partOf(<FoundList q={text.trim()} found={await this.search.find(text)} />);
  }

  /** What the watchlist in the form would have sent: the part that the form asks for as it changes. */
  @Post('trial')
  @HttpCode(200)
  async trial(
    @CurrentVisit() { site }: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    const draft = draftIn(fields);
    const id = textOf(fields, 'watchlist');
    const result = await this.desk.trial(member, draft, id === '' ? null : watchlistIdOf(id));
    return partOf(<TrialPart site={site} days={draft.days} result={result} />);
  }

  @Get(':id')
  async one(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<string> {
    return this.views.page(visit, member, watchlistIdOf(id), {
      q: textOf(query, 'q'),
      cursor: textOf(query, 'cursor') || undefined,
      said: query['said'],
      undo: textsOf(query, 'undo'),
    });
  }

  @Post(':id')
  @HttpCode(200)
  async save(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const watchlistId = watchlistIdOf(id);
    const fields = fieldsOf(body);
    const draft = draftIn(fields);
    if (isTrial(fields)) {
      return this.views.page(visit, member, watchlistId, { draft, isTried: true });
    }
    try {
      const { cadence, ...given } = watchlistIn(draft);
      const { cadence: former } = await this.watchlists.get(member.accountId, watchlistId);
      const changes: WatchlistChanges = given;
      // One from before a lower tier stays while nobody touches it.
      if (JSON.stringify(sorted(cadence)) !== JSON.stringify(sorted(former))) changes.cadence = cadence;
      await this.watchlists.update(member.accountId, watchlistId, changes);
      leadTo(reply, visit, `/watchlists/${watchlistId}?said=saved`);
      return undefined;
    } catch (error) {
      const faults = formFaults(error, fieldOf);
      void reply.status(faults.status);
      return this.views.page(visit, member, watchlistId, { draft, faults });
    }
  }
}

function sorted(object: object): [string, unknown][] {
  return Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
