import { Controller, Get, Inject, Param, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Allow } from '../accounts/principal.js';
import { ArchiveService } from '../archive/archive.service.js';
import { ArchiveId } from '../domain/ids.js';
import { notFound } from '../platform/http/problem.js';
import { documentPage } from './document-page.js';
import { ServesPage } from './page-headers.js';
import { PageFilter } from './page.filter.js';
import { SITE, type Site } from './site.js';

/** What a notice that a document was lost, or is back, links to. */
@ApiExcludeController()
@Controller('documents')
@Allow('public')
@UseFilters(PageFilter)
export class DocumentPageController {
  constructor(
    private readonly archive: ArchiveService,
    @Inject(SITE) private readonly site: Site,
  ) {}

  @Get(':id')
  @ServesPage('anybody')
  async document(@Param('id') id: string): Promise<string> {
    const document = ArchiveId.safeParse(id).success ? await this.archive.document(id) : null;
    if (!document) throw notFound('document');
    return documentPage(this.site, document);
  }
}
