import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ArchiveService } from '../../archive/archive.service.js';
import { BriefHistory } from '../../archive/brief-history.service.js';
import { ChangeHistory } from '../../archive/change-history.service.js';
import { ClauseTypesService } from '../../archive/clause-types.service.js';
import { CONFIG, type Config } from '../../config.js';
import { ArchiveId, Slug } from '../../domain/ids.js';
import { notFound } from '../../platform/http/problem.js';
import { textOf, type Fields } from '../form/fields.js';
import { pageAsked } from '../form/query.js';
import { Pages } from '../frame/pages.js';
import { CurrentVisit } from '../frame/visit.js';
import { FollowWays } from '../watchlists/follow-ways.js';
import { clauseTypePage } from './clause-type-page.js';
import { documentPage } from './document-page.js';
import { entityPage } from './entity-page.js';
import { provisionPage } from './provision-page.js';
import { tierOf } from './reader-tier.js';

const newestShown = 10;
const olderShown = 50;
const ofTypeShown = 100;
const elsewhereShown = 8;
/** With their diffs, which take a millisecond each. */
const changesShown = 5;

/** The archive as last known, as pages. */
@Controller()
@Pages('archive')
export class ArchivePagesController {
  constructor(
    private readonly archive: ArchiveService,
    private readonly brief: BriefHistory,
    private readonly history: ChangeHistory,
    private readonly types: ClauseTypesService,
    private readonly follows: FollowWays,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  @Get('entities/:id')
  async entity(@CurrentVisit() visit: CurrentVisit, @Param('id') id: string): Promise<string> {
    const entity = isArchiveId(id) ? await this.archive.entity(id) : null;
    if (!entity) throw notFound('entity');
    return entityPage(visit, {
      entity,
      changes: await this.brief.ofEntity(id, newestShown),
      follow: await this.follows.button(visit, { kind: 'entity', key: id }, entity.name),
    });
  }

  @Get('documents/:id')
  async document(
    @CurrentVisit() visit: CurrentVisit,
    @Param('id') id: string,
    @Query() query: Fields,
  ): Promise<string> {
    const document = isArchiveId(id) ? await this.archive.document(id) : null;
    if (!document) throw notFound('document');
    const cursor = textOf(query, 'changes');
    const isFirst = cursor === '';
    const asked = pageAsked(isFirst ? newestShown : olderShown, cursor);
    return documentPage(visit, {
      document,
      changes: { page: await this.brief.ofDocument(id, asked), isFirst },
      upcoming: await this.brief.toTakeEffect(id),
      follow: await this.follows.button(visit, { kind: 'document', key: id }, document.title),
    });
  }

  @Get('provisions/:id')
  async provision(
    @CurrentVisit() visit: CurrentVisit,
    @Param('id') id: string,
    @Query() query: Fields,
  ): Promise<string> {
    const provision = isArchiveId(id) ? await this.archive.provision(id, tierOf(visit.reader)) : null;
    const document = provision && (await this.archive.document(provision.document.id));
    if (!provision || !document) throw notFound('provision');
    const cursor = textOf(query, 'changes');
    const page = await this.history.list({
      provision: id,
      limit: changesShown,
      ...(cursor !== '' && { cursor }),
    });
    return provisionPage(visit, {
      provision,
      document,
      elsewhere: await this.types.elsewhere(provision.clauseType, provision.entity.id, elsewhereShown),
      history: await this.brief.ofSeverity(id),
      follow: await this.follows.button(visit, { kind: 'provision', key: id }, provision.title),
      changes: { page, isFirst: cursor === '' },
      address: `${this.config.publicUrl.replace(/\/+$/, '')}/provisions/${encodeURIComponent(id)}`,
    });
  }

  @Get('clause-types/:slug')
  async clauseType(
    @CurrentVisit() visit: CurrentVisit,
    @Param('slug') slug: string,
    @Query() query: Fields,
  ): Promise<string> {
    const type = Slug.safeParse(slug).success ? await this.archive.rating(slug) : null;
    if (!type) throw notFound('clause type');
    const cursor = textOf(query, 'cursor');
    const { items, nextCursor } = await this.types.page(
      slug,
      ofTypeShown,
      cursor === '' ? undefined : cursor,
    );
    const follow = await this.follows.button(visit, { kind: 'clause-type', key: slug }, slug);
    return clauseTypePage(visit, { type, provisions: items, nextCursor, follow });
  }
}

function isArchiveId(id: string): boolean {
  return ArchiveId.safeParse(id).success;
}
