import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AccountService } from '../../accounts/account.service.js';
import { QuietHours } from '../../domain/quiet-hours.js';
import { TimeZone } from '../../domain/time-zone.js';
import { Clock } from '../../platform/clock.js';
import { validate } from '../../platform/http/validation.js';
import { WatchlistService } from '../../watchlists/watchlist.service.js';
import { formFaults, type Faults } from '../form/faults.js';
import { fieldsOf, textOf, type Fields } from '../form/fields.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { quietHoursField, quietHoursIn } from './quiet-hours-form.js';
import { timePage } from './time-page.js';

/** More than a tier holds; a page of a list has no more. */
const mostWatchlists = 200;

type Refused = { typedZone?: string; typedHours?: Fields; faults?: Faults; said?: unknown };

/** When things are sent. */
@Controller('settings')
@Pages('member')
export class TimeSettingsController {
  constructor(
    private readonly accounts: AccountService,
    private readonly watchlists: WatchlistService,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Query('said') said: unknown,
  ): Promise<string> {
    return this.page(visit, member, { said });
  }

  @Post('time-zone')
  @HttpCode(200)
  async setTimeZone(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const typedZone = textOf(fieldsOf(body), 'timeZone').trim();
    try {
      await this.accounts.update(member.accountId, { timeZone: validate(TimeZone, typedZone, 'timeZone') });
      leadTo(reply, visit, '/settings?said=zone');
      return undefined;
    } catch (error) {
      const faults = formFaults(error);
      void reply.status(faults.status);
      return this.page(visit, member, { typedZone, faults });
    }
  }

  @Post('quiet-hours')
  @HttpCode(200)
  async setQuietHours(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const typedHours = fieldsOf(body);
    try {
      const given = quietHoursIn(typedHours);
      const quietHours = given === null ? null : validate(QuietHours, given, 'quietHours');
      await this.accounts.update(member.accountId, { quietHours });
      leadTo(reply, visit, `/settings?said=${quietHours === null ? 'loud' : 'quiet'}`);
      return undefined;
    } catch (error) {
      const faults = formFaults(error, quietHoursField);
      void reply.status(faults.status);
      return this.page(visit, member, { typedHours, faults });
    }
  }

  private async page(visit: CurrentVisit, { accountId }: CurrentMember, refused: Refused): Promise<string> {
    const { timeZone: zone, quietHours } = await this.accounts.get(accountId);
    const { items: watchlists } = await this.watchlists.list(accountId, { limit: mostWatchlists });
    const now = this.clock.now().toISOString();
    return timePage(visit, { zone, quietHours, now, watchlists, ...refused });
  }
}
