import { Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { SessionService } from '../../accounts/session.service.js';
import { parseRowId } from '../../domain/ids.js';
import { Clock } from '../../platform/clock.js';
import { notFound } from '../../platform/http/problem.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { sessionsPage } from './sessions-page.js';

/** The browsers in which the reader is signed in. */
@Controller('settings/sessions')
@Pages('member')
export class SessionSettingsController {
  constructor(
    private readonly sessions: SessionService,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId, sessionId: own, timeZone: zone }: CurrentMember,
    @Query('said') said: unknown,
  ): Promise<string> {
    const sessions = await this.sessions.list(accountId);
    return sessionsPage(visit, { sessions, own, zone, now: this.clock.now().toISOString(), said });
  }

  @Post('end-others')
  async endOthers(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId, sessionId }: CurrentMember,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.endOthers(accountId, sessionId);
    leadTo(reply, visit, '/settings/sessions?said=others');
  }

  @Post(':id/end')
  async end(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId }: CurrentMember,
    @Param('id') text: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const id = parseRowId<'session'>(text);
    if (id === null) throw notFound('session');
    await this.sessions.end(accountId, id);
    leadTo(reply, visit, '/settings/sessions?said=ended');
  }
}
