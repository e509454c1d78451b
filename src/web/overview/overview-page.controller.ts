import { Controller, Get } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Pages } from '../frame/pages.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { overviewPage } from './overview-page.js';
import { OverviewReader } from './overview-reader.js';

/** The first page of each morning. */
@Controller('overview')
@Pages('member')
export class OverviewPageController {
  constructor(
    private readonly reader: OverviewReader,
    private readonly clock: Clock,
  ) {}

  @Get()
  async overview(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
  ): Promise<string> {
    return overviewPage(visit, member, await this.reader.read(member, this.clock));
  }
}
