import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Allow } from '../accounts/principal.js';
import { PageFilter } from './page.filter.js';
import { ServesPage } from './page-headers.js';
import { SITE, type Site } from './site.js';
import { unsubscribedPage, unsubscribePage } from './unsubscribe-page.js';
import { UnsubscribeService } from './unsubscribe.service.js';

/** Where the way out of every mail leads. Only POST acts: RFC 8058, and the buttons of the page alike. */
@ApiExcludeController()
@Controller('unsubscribe')
@Allow('public')
@UseFilters(PageFilter)
export class UnsubscribeController {
  constructor(
    private readonly unsubscribe: UnsubscribeService,
    @Inject(SITE) private readonly site: Site,
  ) {}

  @Get(':token')
  @ServesPage('link-holder')
  async ask(@Param('token') token: string): Promise<string> {
    return unsubscribePage(this.site, await this.unsubscribe.look(token));
  }

  /**
   * Mail providers post `List-Unsubscribe=One-Click`. Whatever else comes stops these alerts too: the address was signed
   * for that alone, and a provider that spells the body otherwise must not be told off.
   */
  @Post(':token')
  @HttpCode(200)
  @ServesPage('link-holder')
  async stop(@Param('token') token: string, @Body() body: unknown): Promise<string> {
    const all = saysAll(body);
    return unsubscribedPage(this.site, await this.unsubscribe.stop(token, all), all);
  }
}

function saysAll(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'all' in body && body.all === '1';
}
