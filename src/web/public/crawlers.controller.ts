import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Allow } from '../../accounts/principal.js';
import { Sitemap } from '../../archive/sitemap.service.js';
import { notFound } from '../../platform/http/problem.js';
import { tabImage } from '../frame/images.js';
import { SITE, type Site } from '../frame/site.js';
import { robotsText, sitemapIndex, sitemapPart } from './crawler-files.js';

const forAnHour = 'public, max-age=3600';
const xml = 'application/xml; charset=utf-8';

/** What search engines and browsers ask every site for. */
@ApiExcludeController()
@Controller()
@Allow('public')
export class CrawlersController {
  constructor(
    private readonly sitemap: Sitemap,
    @Inject(SITE) private readonly site: Site,
  ) {}

  @Get('robots.txt')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', forAnHour)
  robots(): string {
    return robotsText(this.site);
  }

  @Get('favicon.ico')
  @Header('content-type', 'image/png')
  @Header('cache-control', 'public, max-age=86400')
  favicon(): Buffer {
    return tabImage.body;
  }

  @Get('sitemap.xml')
  @Header('content-type', xml)
  @Header('cache-control', forAnHour)
  async index(): Promise<string> {
    return sitemapIndex(this.site, await this.sitemap.parts());
  }

  /** @param file such as `changes.xml` @param after the id before its first */
  @Get('sitemaps/:file')
  @Header('content-type', xml)
  @Header('cache-control', forAnHour)
  async part(@Param('file') file: string, @Query('after') after: unknown): Promise<string> {
    const kind = /^([a-z]+)\.xml$/.exec(file)?.[1] ?? '';
    const pages = await this.sitemap.part(kind, typeof after === 'string' ? after : null);
    if (pages === null) throw notFound('map');
    return sitemapPart(this.site, kind, pages);
  }
}
