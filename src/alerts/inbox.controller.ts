import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow, CurrentAccount } from '../accounts/principal.js';
import { AlertData } from '../domain/alert-data.js';
import { Answers } from '../platform/http/answers.js';
import { pageOf, PageQuery } from '../platform/http/page.js';
import { InboxService } from './inbox.service.js';

const InboxAlert = AlertData.extend({
  createdAt: z.iso.datetime(),
  acknowledgedAt: z.iso.datetime().nullable(),
});

/** The inbox. */
@ApiTags('alerts')
@Controller('v1/alerts')
@Allow('account')
export class InboxController {
  constructor(private readonly inbox: InboxService) {}

  @Get()
  @ApiOperation({ operationId: 'listAlerts', summary: 'The alerts of the account, newest first' })
  @Answers(200, 'A page of alerts', pageOf(InboxAlert), [422])
  async list(@CurrentAccount() account: CurrentAccount, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.inbox.list(account.id, query);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getAlert', summary: 'One alert' })
  @Answers(200, 'The alert', InboxAlert, [404])
  async get(@CurrentAccount() account: CurrentAccount, @Param('id') id: string) {
    return this.inbox.get(account.id, id);
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'acknowledgeAlert',
    summary: 'Say that the alert was seen; the first time stands',
  })
  @Answers(200, 'The alert', InboxAlert, [404])
  async acknowledge(@CurrentAccount() account: CurrentAccount, @Param('id') id: string) {
    await this.inbox.acknowledge(account.id, id);
    return this.inbox.get(account.id, id);
  }
}
