import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Pages } from '../frame/pages.js';
import { CurrentVisit } from '../frame/visit.js';
import { unsubscribedPage, unsubscribePage } from './unsubscribe-page.js';
import { UnsubscribeService } from './unsubscribe.service.js';

/** Where the way out of every mail leads. Only POST acts: RFC 8058, and the buttons of the page alike. */
@Controller('unsubscribe')
@Pages('link-holder')
export class UnsubscribeController {
  constructor(private readonly unsubscribe: UnsubscribeService) {}

  @Get(':token')
  async ask(@CurrentVisit() visit: CurrentVisit, @Param('token') token: string): Promise<string> {
    return unsubscribePage(visit, await this.unsubscribe.look(token));
  }

  /**
   * Mail providers post `List-Unsubscribe=One-Click`. Whatever else comes stops these alerts too: the address was signed
   * for that alone, and a provider that spells the body otherwise must not be told off.
   */
  @Post(':token')
  @HttpCode(200)
  async stop(
    @CurrentVisit() visit: CurrentVisit,
    @Param('token') token: string,
    @Body() body: unknown,
  ): Promise<string> {
    const all = saysAll(body);
    return unsubscribedPage(visit, await this.unsubscribe.stop(token, all), all);
  }
}

function saysAll(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'all' in body && body.all === '1';
}
