import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ChangeHistory } from '../../archive/change-history.service.js';
import { RecentChanges } from '../../archive/recent-changes.service.js';
import { parseRowId } from '../../domain/ids.js';
import { Pages } from '../frame/pages.js';
import { CurrentVisit } from '../frame/visit.js';
import { homePage } from './home-page.js';

const newestShown = 5;

const ownBeginnings = { member: '/overview', operator: '/operator' } as const;

/** Where everybody begins. */
@Controller()
@Pages('anybody')
export class HomePageController {
  constructor(
    private readonly recent: RecentChanges,
    private readonly history: ChangeHistory,
  ) {}

  @Get()
  async home(
    @CurrentVisit() visit: CurrentVisit,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { site, reader } = visit;
    if (reader.kind !== 'visitor') {
      void reply.status(302).header('location', site.base + ownBeginnings[reader.kind]);
      return '';
    }
    const [{ items }, gravest] = await Promise.all([
      this.recent.list({ limit: newestShown }),
      this.recent.gravest(),
    ]);
    const id = gravest && parseRowId<'change'>(gravest.id);
    return homePage(visit, id && (await this.history.record(id)), items);
  }
}
