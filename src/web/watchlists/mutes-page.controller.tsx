import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { MuteKind } from '../../domain/mute.js';
import { validate } from '../../platform/http/validation.js';
import { MuteService } from '../../mutes/mute.service.js';
import { fieldsOf, textOf } from '../form/fields.js';
import { pageAsked, queryOf } from '../form/query.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { mutesPage } from './mutes-page.js';
import { WatchlistDesk } from './watchlist-desk.js';

const listed = 50;

/** What an account does not want to hear of, whatever its watchlists say. */
@Controller('mutes')
@Pages('member')
export class MutesPageController {
  constructor(
    private readonly mutes: MuteService,
    private readonly desk: WatchlistDesk,
  ) {}

  @Get()
  async list(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId, timeZone }: CurrentMember,
    @Query() query: Record<string, unknown>,
  ): Promise<string> {
    const page = pageAsked(listed, query['cursor']);
    const { items, nextCursor } = await this.mutes.list(accountId, page);
    const named = await this.desk.named(items);
    const nextHref = nextCursor && `${visit.site.base}/mutes${queryOf({ cursor: nextCursor })}`;
    return mutesPage({ visit, timeZone, items: named, nextHref, said: query['said'] });
  }

  @Post('end')
  async end(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId }: CurrentMember,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const fields = fieldsOf(body);
    const kind = validate(MuteKind, textOf(fields, 'kind'), 'kind');
    await this.mutes.unmute(accountId, { kind, key: textOf(fields, 'key') });
    leadTo(reply, visit, '/mutes?said=ended');
  }
}
