import { Controller, Get, Param, Query } from '@nestjs/common';
import { InboxService } from '../../alerts/inbox.service.js';
import { parseRowId } from '../../domain/ids.js';
import { Clock } from '../../platform/clock.js';
import { notFound } from '../../platform/http/problem.js';
import { Links } from '../../platform/links.js';
import { alertPage } from './alert-page.js';
import { Pages } from '../frame/pages.js';
import { CurrentVisit } from '../frame/visit.js';

/** The alert that a message links to, for whoever has the link. */
@Controller('alerts')
@Pages('link-holder')
export class AlertPageController {
  constructor(
    private readonly inbox: InboxService,
    private readonly links: Links,
    private readonly clock: Clock,
  ) {}

  @Get(':id')
  async alert(
    @CurrentVisit() visit: CurrentVisit,
    @Param('id') id: string,
    @Query('key') key: unknown,
  ): Promise<string> {
    const alertId = parseRowId<'alert'>(id);
    const mayRead = typeof key === 'string' && this.links.mayReadAlert(id, key, this.clock.now());
    if (!alertId || !mayRead) throw notFound('alert');
    const { row, content } = await this.inbox.read(alertId);
    return alertPage(visit, row, content);
  }
}
