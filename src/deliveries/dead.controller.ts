import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow } from '../accounts/principal.js';
import { Answers } from '../platform/http/answers.js';
import { pageOf, type Page } from '../platform/http/page.js';
import { DeadDelivery, DeadQuery, DeadReplayed, DeadReplayRequest } from './dead.js';
import { DeadDeliveries } from './dead.service.js';

/** What was given up, to the operator. */
@ApiTags('operator')
@Controller('v1/operator/dead-deliveries')
@Allow('operator')
export class DeadController {
  constructor(private readonly dead: DeadDeliveries) {}

  @Get()
  @ApiOperation({
    operationId: 'listDeadDeliveries',
    summary: 'Deliveries of all accounts that were given up, newest first',
  })
  @Answers(200, 'A page of deliveries', pageOf(DeadDelivery), [403, 422])
  async list(@Query({ schema: DeadQuery }) query: DeadQuery): Promise<Page<DeadDelivery>> {
    return this.dead.list(query);
  }

  @Post('replay')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'replayDeadDeliveries',
    summary: 'Send again what was given up',
    description: 'At most 2,000 at a call, by their old ids. Go on with `next` as `after` until it is null.',
  })
  @Answers(200, 'How many are due again', DeadReplayed, [403, 422])
  async replay(@Body({ schema: DeadReplayRequest }) request: DeadReplayRequest): Promise<DeadReplayed> {
    return this.dead.replayAll(request);
  }
}
