import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow, CurrentAccount } from '../accounts/principal.js';
import { SentRequest } from '../domain/sent-request.js';
import { Answers } from '../platform/http/answers.js';
import { pageOf, PageQuery } from '../platform/http/page.js';
import { DeliveryLog, type LoggedDelivery } from './delivery-log.service.js';
import { DeliveryQueue } from './delivery-queue.js';
import { Delivery, deliveryStates, deliveryView } from './delivery-view.js';
import { Replayed, ReplayRequest, RowIdText } from './replay-request.js';

const ListQuery = PageQuery.extend({
  destination: RowIdText.optional(),
  alert: RowIdText.optional(),
  state: z.enum(deliveryStates).optional(),
});

/** The log of what went out, and what became of it. */
@ApiTags('deliveries')
@Controller('v1/deliveries')
@Allow('account')
export class DeliveryController {
  constructor(
    private readonly log: DeliveryLog,
    private readonly queue: DeliveryQueue,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listDeliveries', summary: 'Deliveries with their attempts, newest first' })
  @Answers(200, 'A page of deliveries', pageOf(Delivery), [422])
  async list(
    @CurrentAccount() account: CurrentAccount,
    @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>,
  ) {
    const { items, nextCursor } = await this.log.list(account.id, query);
    return { items: items.map(viewOf), nextCursor };
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getDelivery', summary: 'One delivery with its attempts' })
  @Answers(200, 'The delivery', Delivery, [404])
  async get(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<Delivery> {
    return viewOf(await this.log.find(account.id, id));
  }

  @Get(':id/request')
  @ApiOperation({
    operationId: 'getDeliveryRequest',
    summary: 'The request that a delivery by webhook makes',
    description:
      'Rendered anew, to the address that the destination has now: headers, but for the signature and its time, and the body.',
  })
  @Answers(200, 'The request', SentRequest, [404])
  async request(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<SentRequest> {
    return this.log.request(account.id, id);
  }

  @Post('replay')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'replayDeliveries',
    summary: 'Send again, with their old ids, alerts that were not delivered',
    description:
      'Those of an alert, a destination or a time whose delivery failed for good or was cancelled; when it is asked for, ' +
      'those that arrived too. What is on its way is left alone, and so is what a summary told, unless its alert is named.',
  })
  @Answers(202, 'They are due again', Replayed, [422])
  async replayMany(
    @CurrentAccount() account: CurrentAccount,
    @Body({ schema: ReplayRequest }) request: ReplayRequest,
  ): Promise<Replayed> {
    const { alert = null, destination = null, since, until, includeDelivered } = request;
    return this.queue.replayAll(account.id, {
      alert,
      destination,
      since: since === undefined ? null : new Date(since),
      until: until === undefined ? null : new Date(until),
      includeDelivered,
    });
  }

  @Post(':id/replay')
  @HttpCode(202)
  @ApiOperation({ operationId: 'replayDelivery', summary: 'Send an ended delivery again, with the same ids' })
  @Answers(202, 'It is due again', Delivery, [404, 409])
  async replay(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<Delivery> {
    await this.log.replay(account.id, id);
    return viewOf(await this.log.find(account.id, id));
  }
}

function viewOf({ attempts, ...row }: LoggedDelivery): Delivery {
  return deliveryView(row, attempts);
}
