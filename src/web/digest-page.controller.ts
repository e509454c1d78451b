import { Controller, Get, Inject, Param, Query, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Allow } from '../accounts/principal.js';
import { DigestService } from '../alerts/digest.service.js';
import { parseRowId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { notFound } from '../platform/http/problem.js';
import { Links } from '../platform/links.js';
import { digestPage } from './digest-page.js';
import { ServesPage } from './page-headers.js';
import { PageFilter } from './page.filter.js';
import { SITE, type Site } from './site.js';

/** All of a digest that a message shows the gravest changes of, for whoever has the link. */
@ApiExcludeController()
@Controller('digests')
@Allow('public')
@UseFilters(PageFilter)
export class DigestPageController {
  constructor(
    private readonly digests: DigestService,
    private readonly links: Links,
    private readonly clock: Clock,
    @Inject(SITE) private readonly site: Site,
  ) {}

  @Get(':id')
  @ServesPage('link-holder')
  async digest(@Param('id') id: string, @Query('key') key: unknown): Promise<string> {
    const deliveryId = parseRowId<'delivery'>(id);
    const mayRead = typeof key === 'string' && this.links.mayReadDigest(id, key, this.clock.now());
    if (!deliveryId || !mayRead) throw notFound('digest');
    return digestPage(this.site, await this.digests.whole(deliveryId));
  }
}
