import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { SuppressionsService } from '../../suppressions/suppressions.service.js';
import { WatchlistService } from '../../watchlists/watchlist.service.js';
import { formFaults, type Faults } from '../form/faults.js';
import { pageAsked } from '../form/query.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { suppressionsPage } from './suppressions-page.js';

const pageRows = 50;
/** More than a tier holds; a page of a list has no more. */
const mostWatchlists = 200;

/** What gets no mail, and may again. */
@Controller('settings/suppressions')
@Pages('member')
export class SuppressionSettingsController {
  constructor(
    private readonly suppressions: SuppressionsService,
    private readonly watchlists: WatchlistService,
  ) {}

  @Get()
  async list(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Query('cursor') cursor: unknown,
    @Query('said') said: unknown,
  ): Promise<string> {
    return this.page(visit, member, { cursor, said });
  }

  @Post(':id/lift')
  @HttpCode(200)
  async lift(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    try {
      await this.suppressions.lift(member.accountId, id);
      leadTo(reply, visit, '/settings/suppressions?said=lifted');
      return undefined;
    } catch (error) {
      const faults = formFaults(error);
      void reply.status(faults.status);
      return this.page(visit, member, { faults });
    }
  }

  private async page(
    visit: CurrentVisit,
    { accountId, timeZone: zone }: CurrentMember,
    { cursor, ...shown }: { cursor?: unknown; said?: unknown; faults?: Faults },
  ): Promise<string> {
    const asked = pageAsked(pageRows, cursor);
    const page = await this.suppressions.list(accountId, asked);
    const { items } = await this.watchlists.list(accountId, { limit: mostWatchlists });
    const silent = items.filter(({ destinationIds }) => destinationIds.length === 0);
    return suppressionsPage(visit, { page, silent, zone, ...shown });
  }
}
