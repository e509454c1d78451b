import { Controller, Get, Inject, Param, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Allow } from '../accounts/principal.js';
import { ChangeHistory } from '../archive/change-history.service.js';
import { parseRowId } from '../domain/ids.js';
import { notFound } from '../platform/http/problem.js';
import { changePage } from './change-page.js';
import { homePage } from './home-page.js';
import { ServesPage } from './page-headers.js';
import { PageFilter } from './page.filter.js';
import { SITE, type Site } from './site.js';

const newestShown = 5;

/** What everybody may read of the archive. */
@ApiExcludeController()
@Controller()
@Allow('public')
@UseFilters(PageFilter)
export class ArchivePagesController {
  constructor(
    private readonly history: ChangeHistory,
    @Inject(SITE) private readonly site: Site,
  ) {}

  @Get()
  @ServesPage('anybody')
  async home(): Promise<string> {
    const { items } = await this.history.list({ limit: newestShown });
    return homePage(this.site, items);
  }

  @Get('changes/:id')
  @ServesPage('anybody')
  async change(@Param('id') id: string): Promise<string> {
    const changeId = parseRowId<'change'>(id);
    const change = changeId && (await this.history.find(changeId));
    if (!change) throw notFound('change');
    return changePage(this.site, change);
  }
}
