import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { parseRowId } from '../../domain/ids.js';
import { TroubleService } from '../../operator/trouble.service.js';
import { notFound } from '../../platform/http/problem.js';
import { formFaults } from '../form/faults.js';
import { fieldsOf, textOf } from '../form/fields.js';
import { given } from '../form/query.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentVisit } from '../frame/visit.js';
import { disablePage, troublePage } from './destination-trouble-page.js';

const atATime = 25;

/** Destinations that do not work, of all accounts. */
@Controller('operator/destinations')
@Pages('operator')
export class DestinationTroubleController {
  constructor(private readonly trouble: TroubleService) {}

  @Get()
  async list(@CurrentVisit() visit: CurrentVisit, @Query() query: Record<string, unknown>): Promise<string> {
    const asked = given(query, 'status');
    const status = asked === 'disabled' || asked === 'failing' ? asked : null;
    return troublePage(visit, {
      page: await this.trouble.list(status, { limit: atATime, cursor: given(query, 'cursor') }),
      counts: await this.trouble.count(),
      breakers: await this.trouble.breakers(),
      status,
      said: query['said'],
    });
  }

  @Get(':id/disable')
  confirm(@CurrentVisit() visit: CurrentVisit, @Param('id') id: string): string {
    if (parseRowId(id) === null) throw notFound('destination');
    return disablePage(visit, id, '');
  }

  @Post(':id/disable')
  async disable(
    @CurrentVisit() visit: CurrentVisit,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const reason = textOf(fieldsOf(body), 'reason');
    try {
      await this.trouble.disable(id, reason);
    } catch (error) {
      const faults = formFaults(error);
      void reply.status(faults.status);
      return disablePage(visit, id, reason, faults);
    }
    leadTo(reply, visit, '/operator/destinations?said=disabled');
    return undefined;
  }

  @Post(':id/enable')
  async enable(
    @CurrentVisit() visit: CurrentVisit,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.trouble.enable(id);
    leadTo(reply, visit, '/operator/destinations?said=enabled');
  }
}
