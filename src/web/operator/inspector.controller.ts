import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { InspectorService } from '../../operator/inspector.service.js';
import { Clock } from '../../platform/clock.js';
import { Problem } from '../../platform/http/problem.js';
import type { Faults } from '../form/faults.js';
import { fieldsOf, textOf } from '../form/fields.js';
import { given } from '../form/query.js';
import { Pages } from '../frame/pages.js';
import { CurrentVisit } from '../frame/visit.js';
import { isSample, sampleEvent } from './event-samples.js';
import { inspectorPage } from './inspector-page.js';

/** Whom an event would reach. */
@Controller('operator/inspector')
@Pages('operator')
export class InspectorPagesController {
  constructor(
    private readonly inspector: InspectorService,
    private readonly clock: Clock,
  ) {}

  @Get()
  blank(@CurrentVisit() visit: CurrentVisit, @Query() query: Record<string, unknown>): string {
    const sample = given(query, 'sample');
    return inspectorPage(visit, { text: isSample(sample) ? sampleEvent(sample, this.clock.now()) : '' });
  }

  @Post()
  @HttpCode(200)
  async inspect(
    @CurrentVisit() visit: CurrentVisit,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const text = textOf(fieldsOf(body), 'event').trim();
    try {
      return inspectorPage(visit, { text, foresight: await this.inspector.foresee(text) });
    } catch (error) {
      return refused(visit, reply, text, error);
    }
  }

  @Post('send')
  @HttpCode(200)
  async send(
    @CurrentVisit() visit: CurrentVisit,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const text = textOf(fieldsOf(body), 'event').trim();
    try {
      const { results } = await this.inspector.send(text);
      return inspectorPage(visit, { text: '', ...(results[0] && { sent: results[0] }) });
    } catch (error) {
      return refused(visit, reply, text, error);
    }
  }
}

/** With the faults as intake says them, and the event as it was given. */
function refused(visit: CurrentVisit, reply: FastifyReply, text: string, error: unknown): string {
  if (!(error instanceof Problem)) throw error;
  void reply.status(error.status);
  const faults: Faults = { status: error.status, words: error.message, fields: error.faults ?? [] };
  return inspectorPage(visit, { text, faults });
}
