import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow, CurrentAccount } from '../accounts/principal.js';
import { ChannelRegistry } from '../channels/registry.js';
import { parseRowId, type DeliveryId } from '../domain/ids.js';
import { SentRequest } from '../domain/sent-request.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Answers } from '../platform/http/answers.js';
import { keyOfCursor, pageOf, pageOfRows, PageQuery } from '../platform/http/page.js';
import { notFound, Problem } from '../platform/http/problem.js';
import { findDelivery, listAttempts, listDeliveries } from './delivery-log.store.js';
import { DeliveryQueue } from './delivery-queue.js';
import { Delivery, deliveryStates, deliveryView } from './delivery-view.js';
import { Messages } from './messages.js';
import { Replayed, ReplayRequest, RowIdText } from './replay-request.js';
import { sentRequest } from './sent-request.js';

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
    private readonly database: Database,
    private readonly queue: DeliveryQueue,
    private readonly channels: ChannelRegistry,
    private readonly messages: Messages,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listDeliveries', summary: 'Deliveries with their attempts, newest first' })
  @Answers(200, 'A page of deliveries', pageOf(Delivery), [422])
  async list(
    @CurrentAccount() account: CurrentAccount,
    @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>,
  ) {
    const { destination = null, alert = null, state = null, limit, cursor } = query;
    const name = `deliveries ${JSON.stringify([destination, alert, state])}`;
    const before = keyOfCursor(name, cursor, (key) => parseRowId(key) !== null);
    const rows = await listDeliveries(this.database, account.id, {
      destination,
      alert,
      state,
      before,
      limit: limit + 1,
    });
    const attempts = await listAttempts(this.database, rows);
    return pageOfRows(
      name,
      rows,
      limit,
      (row) => row.id,
      (row) => deliveryView(row, attempts.get(row.id) ?? []),
    );
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getDelivery', summary: 'One delivery with its attempts' })
  @Answers(200, 'The delivery', Delivery, [404])
  async get(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<Delivery> {
    return this.find(account, id);
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
    const rowId = parseRowId<'delivery'>(id);
    if (rowId === null) throw notFound('delivery');
    const { database, channels, messages, clock } = this;
    return sentRequest({ database, channels, messages, clock }, account.id, rowId);
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
    const delivery = await this.find(account, id);
    const done = await this.queue.replay(account.id, delivery.id as DeliveryId);
    if (done === 'not at work') {
      throw new Problem(409, 'Its destination is not at work: enable it first, then replay.');
    }
    if (done === 'undone') {
      throw new Problem(409, 'What it told went back or was retracted since: it is not told again.');
    }
    if (done === 'not ended') {
      throw new Problem(
        409,
        'It can be replayed once it has ended. What asks for a confirmation is sent again by ' +
          'POST /v1/destinations/:id/confirmation.',
      );
    }
    return this.find(account, id);
  }

  private async find(account: CurrentAccount, id: string): Promise<Delivery> {
    const rowId = parseRowId<'delivery'>(id);
    const row = rowId && (await findDelivery(this.database, account.id, rowId));
    if (!row) throw notFound('delivery');
    return deliveryView(row, (await listAttempts(this.database, [row])).get(row.id) ?? []);
  }
}
