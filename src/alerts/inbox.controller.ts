import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow, CurrentAccount } from '../accounts/principal.js';
import { AlertData } from '../domain/alert-data.js';
import { Answers } from '../platform/http/answers.js';
import { parseRowId, type AlertId } from '../domain/ids.js';
import { pageOf } from '../platform/http/page.js';
import { AlertNotes, NewNote } from './alert-notes.service.js';
import { InboxQuery } from './inbox-filters.js';
import { InboxService } from './inbox.service.js';

const InboxAlert = AlertData.extend({
  createdAt: z.iso.datetime(),
  acknowledgedAt: z.iso.datetime().nullable(),
  note: z
    .object({ text: z.string(), at: z.iso.datetime() })
    .nullable()
    .describe('for colleagues: whoever has the link to the alert reads it, too'),
});

const AlertIds = z.strictObject({
  ids: z
    .array(z.string().refine((id) => parseRowId(id) !== null, 'must be an id'))
    .min(1)
    .max(200),
});
type AlertIds = z.infer<typeof AlertIds>;

const Acknowledged = z.object({
  acknowledged: z.int().describe('how many of them had not been; what is not yours is passed over'),
});
type Acknowledged = z.infer<typeof Acknowledged>;

/** The inbox. */
@ApiTags('alerts')
@Controller('v1/alerts')
@Allow('account')
export class InboxController {
  constructor(
    private readonly inbox: InboxService,
    private readonly notes: AlertNotes,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listAlerts',
    summary: 'The alerts of the account, newest first',
    description:
      'A page may hold fewer than its limit, or none, where few match: go on until nextCursor is null.',
  })
  @Answers(200, 'A page of alerts', pageOf(InboxAlert), [422])
  async list(@CurrentAccount() account: CurrentAccount, @Query({ schema: InboxQuery }) query: InboxQuery) {
    return this.inbox.list(account.id, query);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getAlert', summary: 'One alert' })
  @Answers(200, 'The alert', InboxAlert, [404])
  async get(@CurrentAccount() account: CurrentAccount, @Param('id') id: string) {
    return this.inbox.get(account.id, id);
  }

  @Post('acknowledge')
  @HttpCode(200)
  @ApiOperation({ operationId: 'acknowledgeAlerts', summary: 'Say of up to 200 alerts that they were seen' })
  @Answers(200, 'How many', Acknowledged, [422])
  async acknowledgeMany(
    @CurrentAccount() account: CurrentAccount,
    @Body({ schema: AlertIds }) { ids }: AlertIds,
  ): Promise<Acknowledged> {
    return { acknowledged: await this.inbox.acknowledgeMany(account.id, ids as AlertId[]) };
  }

  @Put(':id/note')
  @ApiOperation({
    operationId: 'setAlertNote',
    summary: 'Keep a note for colleagues, in place of the one before; an empty text removes it',
  })
  @Answers(200, 'The alert', InboxAlert, [404, 422])
  async setNote(
    @CurrentAccount() account: CurrentAccount,
    @Param('id') id: string,
    @Body({ schema: NewNote }) { text }: NewNote,
  ) {
    await this.notes.set(account.id, id, text);
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
