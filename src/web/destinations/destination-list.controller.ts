import { Controller, Get, Query } from '@nestjs/common';
import { DestinationReportsService } from '../../deliveries/destination-reports.service.js';
import { DestinationService } from '../../destinations/destination.service.js';
import { Clock } from '../../platform/clock.js';
import { pageAsked } from '../form/query.js';
import { Pages } from '../frame/pages.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { destinationListPage } from './destination-list-page.js';

const pageRows = 50;

/** Where the alerts of the reader go. */
@Controller('destinations')
@Pages('member')
export class DestinationListController {
  constructor(
    private readonly destinations: DestinationService,
    private readonly reports: DestinationReportsService,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId, timeZone: zone }: CurrentMember,
    @Query('cursor') cursor: unknown,
    @Query('said') said: unknown,
  ): Promise<string> {
    const asked = pageAsked(pageRows, cursor);
    const page = await this.destinations.list(accountId, asked);
    const reports = await this.reports.of(accountId, page.items);
    const now = this.clock.now().toISOString();
    return destinationListPage(visit, { page, reports, now, zone, said });
  }
}
