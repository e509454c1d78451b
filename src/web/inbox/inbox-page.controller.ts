import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { InboxService } from '../../alerts/inbox.service.js';
import { parseRowId, type AlertId } from '../../domain/ids.js';
import { fieldsOf, textOf, textsOf } from '../form/fields.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { acknowledgeAllPage } from './acknowledge-all-page.js';
import { inboxPage } from './inbox-page.js';
import { inboxPath, InboxPageQuery, inboxQueryOf } from './inbox-page-query.js';

/** The inbox of whoever is signed in. */
@Controller('inbox')
@Pages('member')
export class InboxPageController {
  constructor(private readonly inbox: InboxService) {}

  @Get()
  async list(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Query() asked: unknown,
  ): Promise<string> {
    const query = InboxPageQuery.parse(asked);
    const [alerts, entities] = await Promise.all([
      this.inbox.listInShort(member.accountId, inboxQueryOf(query)),
      this.inbox.entities(member.accountId),
    ]);
    return inboxPage(visit, member, { query, alerts, entities });
  }

  @Post('acknowledge')
  async acknowledge(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const fields = fieldsOf(body);
    const ids = textsOf(fields, 'id').filter((id): id is AlertId => parseRowId(id) !== null);
    await this.inbox.acknowledgeMany(member.accountId, ids);
    const said = ids.length === 0 ? 'none' : 'acknowledged';
    leadTo(reply, visit, inboxPath(InboxPageQuery.parse(fields), { said }));
  }

  @Get('acknowledge-all')
  async askForAll(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Query() asked: unknown,
  ): Promise<string> {
    const query = InboxPageQuery.parse(asked);
    const meant = await this.inbox.toAcknowledge(member.accountId, inboxQueryOf(query));
    return acknowledgeAllPage(visit, query, meant);
  }

  @Post('acknowledge-all')
  async acknowledgeAll(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const fields = fieldsOf(body);
    const query = InboxPageQuery.parse(fields);
    await this.inbox.acknowledgeAll(member.accountId, inboxQueryOf(query), textOf(fields, 'newest'));
    leadTo(reply, visit, inboxPath(query, { said: 'acknowledged' }));
  }
}
