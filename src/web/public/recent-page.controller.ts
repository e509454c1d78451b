import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { RecentChanges } from '../../archive/recent-changes.service.js';
import { ArchiveId, Slug } from '../../domain/ids.js';
import { Severity } from '../../domain/severity.js';
import { Pages } from '../frame/pages.js';
import { CurrentVisit } from '../frame/visit.js';
import { recentPage } from './recent-page.js';

const pageSize = 50;

/** A filter that says nothing that could be meant is none. */
const RecentPageQuery = z.object({
  severity: Severity.optional().catch(undefined),
  direction: z.enum(['rise', 'fall', 'same']).optional().catch(undefined),
  'clause-type': z.string().trim().toLowerCase().pipe(Slug).optional().catch(undefined),
  entity: z.string().trim().pipe(ArchiveId).optional().catch(undefined),
  cursor: z.string().max(1_000).optional().catch(undefined),
});

/** What changed of late, for everybody. */
@Controller('recent')
@Pages('anybody')
export class RecentPageController {
  constructor(private readonly recent: RecentChanges) {}

  @Get()
  async list(@CurrentVisit() visit: CurrentVisit, @Query() query: unknown): Promise<string> {
    const {
      severity,
      direction,
      'clause-type': clauseType,
      entity,
      cursor,
    } = RecentPageQuery.parse(query ?? {});
    const page = await this.recent.list({ severity, direction, clauseType, entity, cursor, limit: pageSize });
    const filter = {
      severity: severity ?? '',
      direction: direction ?? '',
      clauseType: clauseType ?? '',
      entity: entity ?? '',
    };
    return recentPage(visit, filter, page);
  }
}
