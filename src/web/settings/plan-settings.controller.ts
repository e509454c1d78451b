import { Controller, Get } from '@nestjs/common';
import { PlanUseService } from '../../watchlists/plan-use.service.js';
import { Pages } from '../frame/pages.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { planPage } from './plan-page.js';

/** The tier of the reader. */
@Controller('settings/plan')
@Pages('member')
export class PlanSettingsController {
  constructor(private readonly uses: PlanUseService) {}

  @Get()
  async show(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId, tier }: CurrentMember,
  ): Promise<string> {
    return planPage(visit, { tier, use: await this.uses.of(accountId) });
  }
}
