import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { parseRowId } from '../../domain/ids.js';
import { SilenceReason } from '../../domain/silence.js';
import { SilenceService } from '../../silence/silence.service.js';
import { WatchlistService } from '../../watchlists/watchlist.service.js';
import { Pages } from '../frame/pages.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { suppressedPage } from './suppressed-page.js';

const changesOnPage = 30;
const mostWatchlists = 200;

const SuppressedPageQuery = z.object({
  reason: SilenceReason.optional().catch(undefined),
  watchlist: z
    .string()
    .refine((id) => parseRowId(id) !== null)
    .optional()
    .catch(undefined),
  cursor: z.string().max(1_000).optional().catch(undefined),
});

/** What a member was not told. */
@Controller('suppressed')
@Pages('member')
export class SuppressedPageController {
  constructor(
    private readonly silence: SilenceService,
    private readonly watchlists: WatchlistService,
  ) {}

  @Get()
  async list(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Query() asked: unknown,
  ): Promise<string> {
    const query = SuppressedPageQuery.parse(asked);
    const owner = { id: member.accountId, tier: member.tier };
    const [changes, { items: watchlists }] = await Promise.all([
      this.silence.suppressed(owner, { ...query, limit: changesOnPage }),
      this.watchlists.list(member.accountId, { limit: mostWatchlists }),
    ]);
    const { reason, watchlist } = query;
    return suppressedPage(visit, member, { reason, watchlist, changes, watchlists });
  }
}
