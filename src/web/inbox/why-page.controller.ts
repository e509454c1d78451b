import { Controller, Get, Param } from '@nestjs/common';
import { SilenceService } from '../../silence/silence.service.js';
import { WatchlistService } from '../../watchlists/watchlist.service.js';
import { Pages } from '../frame/pages.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { whyPage } from './why-page.js';

const mostWatchlists = 200;

/** Why did I get this, and why did I not. */
@Controller('changes')
@Pages('member')
export class WhyPageController {
  constructor(
    private readonly silence: SilenceService,
    private readonly watchlists: WatchlistService,
  ) {}

  @Get(':id/why')
  async why(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Param('id') id: string,
  ): Promise<string> {
    const why = await this.silence.why({ id: member.accountId, tier: member.tier }, id);
    const { items } = await this.watchlists.list(member.accountId, { limit: mostWatchlists });
    const rules = new Map(items.map((watchlist) => [watchlist.id as string, watchlist.rule]));
    return whyPage(visit, member, why, rules);
  }
}
