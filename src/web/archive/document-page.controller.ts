import { Controller, Get, Param } from '@nestjs/common';
import { ArchiveService } from '../../archive/archive.service.js';
import { ArchiveId } from '../../domain/ids.js';
import { notFound } from '../../platform/http/problem.js';
import { documentPage } from './document-page.js';
import { Pages } from '../frame/pages.js';
import { CurrentVisit } from '../frame/visit.js';

/** What a notice that a document was lost, or is back, links to. */
@Controller('documents')
@Pages('archive')
export class DocumentPageController {
  constructor(private readonly archive: ArchiveService) {}

  @Get(':id')
  async document(@CurrentVisit() visit: CurrentVisit, @Param('id') id: string): Promise<string> {
    const document = ArchiveId.safeParse(id).success ? await this.archive.document(id) : null;
    if (!document) throw notFound('document');
    return documentPage(visit, document);
  }
}
