import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ChannelRegistry } from '../../channels/registry.js';
import { DeadQuery, DeadReplayRequest } from '../../deliveries/dead.js';
import { DeadDeliveries } from '../../deliveries/dead.service.js';
import { Problem } from '../../platform/http/problem.js';
import { validate } from '../../platform/http/validation.js';
import { fieldsOf, type Fields } from '../form/fields.js';
import { given } from '../form/query.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentVisit } from '../frame/visit.js';
import { deadPage, deadReplayPage, type DeadFilterTexts } from './dead-page.js';

const atATime = 50;

/** What was given up, of all accounts, and sending it again. */
@Controller('operator/dead')
@Pages('operator')
export class DeadPagesController {
  constructor(
    private readonly dead: DeadDeliveries,
    private readonly channels: ChannelRegistry,
  ) {}

  @Get()
  async list(
    @CurrentVisit() visit: CurrentVisit,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const filter = filterTexts(query);
    const shown = { filter, lanes: this.channels.kinds, said: query['said'] };
    try {
      const asked = { ...requestOf(filter), limit: atATime, cursor: given(query, 'cursor') };
      const page = await this.dead.list(validate(DeadQuery, asked));
      return deadPage(visit, {
        ...shown,
        page,
        total: await this.dead.count(requestOf(filter)),
        fault: null,
      });
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 422) throw error;
      void reply.status(422);
      const fault =
        error.faults?.map(({ path, message }) => `${path}: ${message}.`).join(' ') ?? error.message;
      const page = { items: [], nextCursor: null };
      return deadPage(visit, { ...shown, page, total: { count: 0, isMore: false }, fault });
    }
  }

  @Get('replay')
  async confirm(
    @CurrentVisit() visit: CurrentVisit,
    @Query() query: Record<string, unknown>,
  ): Promise<string> {
    const filter = filterTexts(query);
    return deadReplayPage(visit, { filter, total: await this.dead.count(requestOf(filter)), done: null });
  }

  @Post('replay')
  @HttpCode(200)
  async replayAll(@CurrentVisit() visit: CurrentVisit, @Body() body: unknown): Promise<string> {
    const fields = fieldsOf(body);
    const filter = filterTexts(fields);
    const request = validate(DeadReplayRequest, { ...requestOf(filter), after: given(fields, 'after') });
    const done = await this.dead.replayAll(request);
    return deadReplayPage(visit, { filter, total: { count: 0, isMore: false }, done });
  }

  @Post(':id/replay')
  async replay(
    @CurrentVisit() visit: CurrentVisit,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    leadTo(reply, visit, `/operator/dead?said=${await this.dead.replay(id)}`);
  }
}

function filterTexts(fields: Fields): DeadFilterTexts {
  const texts = ['lane', 'reason', 'destination', 'since'].map(
    (name) => [name, given(fields, name)] as const,
  );
  return Object.fromEntries(texts.filter(([, text]) => text !== undefined));
}

/** What a field of date and time brings has no zone: it is in UTC. @throws Problem 422 */
function requestOf({ since, ...filter }: DeadFilterTexts): DeadReplayRequest {
  const instant = since && (/[Zz]|[+-]\d\d:\d\d$/.test(since) ? since : `${since.padEnd(19, ':00')}Z`);
  return validate(DeadReplayRequest, { ...filter, ...(instant && { since: instant }) });
}
