import { Controller, Get } from '@nestjs/common';
import { ChangeHistory } from '../../archive/change-history.service.js';
import { Pages } from '../frame/pages.js';
import { CurrentVisit } from '../frame/visit.js';
import { homePage } from './home-page.js';

const newestShown = 5;

/** Where everybody begins. */
@Controller()
@Pages('anybody')
export class HomePageController {
  constructor(private readonly history: ChangeHistory) {}

  @Get()
  async home(@CurrentVisit() visit: CurrentVisit): Promise<string> {
    const { items } = await this.history.list({ limit: newestShown });
    return homePage(visit, items);
  }
}
