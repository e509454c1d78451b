import { Controller, Get, Query } from '@nestjs/common';
import { SightingsService } from '../../coverage/sightings.service.js';
import { pageAsked } from '../form/query.js';
import { Pages } from '../frame/pages.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { coveragePage } from './coverage-page.js';

const rowsShown = 50;

/** Every document that a member follows, and when it was last seen. */
@Controller('coverage')
@Pages('member')
export class CoveragePageController {
  constructor(private readonly sightings: SightingsService) {}

  @Get()
  async coverage(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId }: CurrentMember,
    @Query('cursor') cursor: unknown,
  ): Promise<string> {
    const asked = pageAsked(rowsShown, cursor);
    const [counts, page] = await Promise.all([
      this.sightings.counts(accountId),
      this.sightings.oldest(accountId, asked),
    ]);
    return coveragePage(visit, { counts, page, isFirst: asked.cursor === undefined });
  }
}
