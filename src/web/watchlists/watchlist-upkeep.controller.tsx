import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { instantAt } from '../../domain/local-instant.js';
import { Clock } from '../../platform/clock.js';
import { Problem } from '../../platform/http/problem.js';
import { FeedAddressService } from '../../watchlists/feed-address.service.js';
import { watchlistIdOf } from '../../watchlists/watchlist-id.js';
import { WatchlistService } from '../../watchlists/watchlist.service.js';
import { formFaults } from '../form/faults.js';
import { fieldsOf, textOf } from '../form/fields.js';
import { Form } from '../form/form.js';
import { messagePage } from '../frame/message-page.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { Name } from '../parts/words.js';
import { snoozeDays } from './watchlist-upkeep.js';
import { WatchlistViews } from './watchlist-views.js';

const dayMs = 86_400_000;

/** Snooze, feed and end of a watchlist. */
@Controller('watchlists/:id')
@Pages('member')
export class WatchlistUpkeepController {
  constructor(
    private readonly watchlists: WatchlistService,
    private readonly feeds: FeedAddressService,
    private readonly views: WatchlistViews,
    private readonly clock: Clock,
  ) {}

  @Post('snooze')
  @HttpCode(200)
  async snooze(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Param('id') text: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const id = watchlistIdOf(text);
    const fields = fieldsOf(body);
    const value = textOf(fields, 'until');
    const days = snoozeDays.find(([known]) => known === textOf(fields, 'for'))?.[0];
    try {
      const snoozedUntil =
        days === undefined
          ? instantAt(value, member.timeZone)
          : new Date(this.clock.now().getTime() + Number(days) * dayMs);
      if (snoozedUntil === null) throw noTime();
      await this.watchlists.update(member.accountId, id, { snoozedUntil });
      leadTo(reply, visit, `/watchlists/${id}?said=snoozed`);
      return undefined;
    } catch (error) {
      const faults = formFaults(error, () => 'until');
      void reply.status(faults.status);
      return this.views.page(visit, member, id, { snooze: { value, faults } });
    }
  }

  @Post('wake')
  async wake(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId }: CurrentMember,
    @Param('id') text: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const id = watchlistIdOf(text);
    await this.watchlists.update(accountId, id, { snoozedUntil: null });
    leadTo(reply, visit, `/watchlists/${id}?said=awake`);
  }

  /** The address is shown on this answer, and never again. */
  @Post('feed')
  @HttpCode(200)
  async makeFeed(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Param('id') text: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const id = watchlistIdOf(text);
    try {
      const { url } = await this.feeds.create({ id: member.accountId, tier: member.tier }, id);
      return await this.views.page(visit, member, id, { feedUrl: url });
    } catch (error) {
      const { status, words } = formFaults(error);
      void reply.status(status);
      return this.views.page(visit, member, id, { feedRefusal: words });
    }
  }

  @Post('feed/revoke')
  async revokeFeed(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId }: CurrentMember,
    @Param('id') text: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const id = watchlistIdOf(text);
    await this.feeds.revoke(accountId, id);
    leadTo(reply, visit, `/watchlists/${id}?said=feed-off`);
  }

  @Get('delete')
  async askToDelete(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId }: CurrentMember,
    @Param('id') text: string,
  ): Promise<string> {
    const { id, name } = await this.watchlists.get(accountId, watchlistIdOf(text));
    return messagePage(
      visit,
      'Delete this watchlist?',
      <>
        <p>
          “<Name text={name} />” and what it follows will be gone for good. Alerts that it has made stay in
          your inbox.
        </p>
        <Form visit={visit} action={`/watchlists/${id}/delete`}>
          <p class="ways">
            <button class="danger">Delete it</button>
            <a href={`${visit.site.base}/watchlists/${id}`}>Keep it</a>
          </p>
        </Form>
      </>,
    );
  }

  @Post('delete')
  async remove(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId }: CurrentMember,
    @Param('id') text: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.watchlists.remove(accountId, watchlistIdOf(text));
    leadTo(reply, visit, '/watchlists?said=removed');
  }
}

function noTime(): Problem {
  return new Problem(422, 'The request is not valid: see errors.', [
    { path: 'until', message: 'must be a date and a time, such as 2026-06-01 08:00' },
  ]);
}
