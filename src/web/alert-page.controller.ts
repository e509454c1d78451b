import { Controller, Get, Inject, Param, Query, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Allow } from '../accounts/principal.js';
import { InboxService } from '../alerts/inbox.service.js';
import { parseRowId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { notFound } from '../platform/http/problem.js';
import { Links } from '../platform/links.js';
import { alertPage } from './alert-page.js';
import { ServesPage } from './page-headers.js';
import { PageFilter } from './page.filter.js';
import { SITE, type Site } from './site.js';

/** The alert that a message links to, for whoever has the link. */
@ApiExcludeController()
@Controller('alerts')
@Allow('public')
@UseFilters(PageFilter)
export class AlertPageController {
  constructor(
    private readonly inbox: InboxService,
    private readonly links: Links,
    private readonly clock: Clock,
    @Inject(SITE) private readonly site: Site,
  ) {}

  @Get(':id')
  @ServesPage('link-holder')
  async alert(@Param('id') id: string, @Query('key') key: unknown): Promise<string> {
    const alertId = parseRowId<'alert'>(id);
    const mayRead = typeof key === 'string' && this.links.mayReadAlert(id, key, this.clock.now());
    if (!alertId || !mayRead) throw notFound('alert');
    const { row, content } = await this.inbox.read(alertId);
    return alertPage(this.site, row, content);
  }
}
