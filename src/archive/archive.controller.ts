import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '../accounts/principal.js';
import { ArchiveId, Slug } from '../domain/ids.js';
import { Answers } from '../platform/http/answers.js';
import { pageOf, type Page } from '../platform/http/page.js';
import { notFound } from '../platform/http/problem.js';
import { EntityQuery } from './archive-queries.js';
import { ClauseTypeView, DocumentView, EntitySummary, EntityView, ProvisionView } from './archive-views.js';
import { ArchiveService } from './archive.service.js';

/** The archive as last known. What can be no id or slug at all does not exist, and never reaches the database. */
@ApiTags('archive')
@Controller('v1')
@Allow('reader')
export class ArchiveController {
  constructor(private readonly archive: ArchiveService) {}

  @Get('entities')
  @ApiOperation({ operationId: 'listEntities', summary: 'List entities by name, with their exposure' })
  @Answers(200, 'A page of entities', pageOf(EntitySummary), [403, 422])
  async listEntities(@Query({ schema: EntityQuery }) query: EntityQuery): Promise<Page<EntitySummary>> {
    return this.archive.entities(query);
  }

  @Get('entities/:id')
  @ApiOperation({ operationId: 'getEntity', summary: 'Read an entity: its exposure and documents' })
  @Answers(200, 'The entity', EntityView, [403, 404])
  async entity(@Param('id') id: string): Promise<EntityView> {
    return found('entity', isArchiveId(id) && (await this.archive.entity(id)));
  }

  @Get('documents/:id')
  @ApiOperation({ operationId: 'getDocument', summary: 'Read a document: its exposure and provisions' })
  @Answers(200, 'The document', DocumentView, [403, 404])
  async document(@Param('id') id: string): Promise<DocumentView> {
    return found('document', isArchiveId(id) && (await this.archive.document(id)));
  }

  @Get('provisions/:id')
  @ApiOperation({
    operationId: 'getProvision',
    summary: 'Read a provision as last known: text, severity, standing and analysis',
  })
  @Answers(200, 'The provision', ProvisionView, [403, 404])
  async provision(@Param('id') id: string, @CurrentPrincipal() principal: Principal): Promise<ProvisionView> {
    const tier = principal.scope === 'account' ? principal.tier : null;
    return found('provision', isArchiveId(id) && (await this.archive.provision(id, tier)));
  }

  @Get('clause-types/:slug')
  @ApiOperation({
    operationId: 'getClauseType',
    summary: 'Read how a clause type is rated across entities, gravest first',
  })
  @Answers(200, 'The clause type', ClauseTypeView, [403, 404])
  async clauseType(@Param('slug') slug: string): Promise<ClauseTypeView> {
    return found('clause type', Slug.safeParse(slug).success && (await this.archive.clauseType(slug)));
  }
}

function isArchiveId(id: string): boolean {
  return ArchiveId.safeParse(id).success;
}

function found<View>(what: string, view: View | null | false): View {
  if (view === null || view === false) throw notFound(what);
  return view;
}
