import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PulseService } from '../../operator/pulse.service.js';
import { validate } from '../../platform/http/validation.js';
import { SuppressionSearch } from '../../suppressions/suppression.js';
import { SuppressionsService } from '../../suppressions/suppressions.service.js';
import { formFaults } from '../form/faults.js';
import { fieldsOf, textOf } from '../form/fields.js';
import { given } from '../form/query.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentVisit } from '../frame/visit.js';
import { suppressedPage, type SuppressedPage } from './suppressed-page.js';

const atATime = 50;
const nothing = { items: [], nextCursor: null };

/** Addresses that get no mail, and changes that alerted nobody. */
@Controller('operator/suppressed')
@Pages('operator')
export class SuppressedPagesController {
  constructor(
    private readonly suppressions: SuppressionsService,
    private readonly pulses: PulseService,
  ) {}

  @Get()
  async list(@CurrentVisit() visit: CurrentVisit, @Query() query: Record<string, unknown>): Promise<string> {
    return suppressedPage(visit, {
      page: await this.suppressions.listAny({ limit: atATime, cursor: given(query, 'cursor') }),
      days: await this.pulses.suppressedDays(),
      search: null,
      said: query['said'],
    });
  }

  /** By a form that is posted: an address in a URL ends up in logs. */
  @Post()
  @HttpCode(200)
  async search(
    @CurrentVisit() visit: CurrentVisit,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const address = textOf(fieldsOf(body), 'address').trim();
    const search: SuppressedPage['search'] = { address, found: [] };
    try {
      search.found = await this.suppressions.search(validate(SuppressionSearch, { address }).address);
    } catch (error) {
      search.faults = formFaults(error);
      void reply.status(search.faults.status);
    }
    const days = await this.pulses.suppressedDays();
    return suppressedPage(visit, { page: nothing, days, search, said: undefined });
  }

  @Post(':id/lift')
  async lift(
    @CurrentVisit() visit: CurrentVisit,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.suppressions.liftAny(id);
    leadTo(reply, visit, '/operator/suppressed?said=lifted');
  }
}
