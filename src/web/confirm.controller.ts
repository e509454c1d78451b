import { Controller, Get, HttpCode, Inject, Param, Post, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '../accounts/principal.js';
import { ConfirmationService } from '../destinations/confirmation.service.js';
import { Clock } from '../platform/clock.js';
import { notFound } from '../platform/http/problem.js';
import { Links } from '../platform/links.js';
import { confirmedPage, confirmPage, expiredPage, nothingToConfirmPage } from './confirm-page.js';
import { ServesPage } from './page-headers.js';
import { PageFilter } from './page.filter.js';
import { SITE, type Site } from './site.js';

/** Where the owner of an address confirms it. Only POST acts. */
@ApiExcludeController()
@Controller('confirm')
@Allow('public')
@UseFilters(PageFilter)
export class ConfirmController {
  constructor(
    private readonly confirmations: ConfirmationService,
    private readonly links: Links,
    private readonly clock: Clock,
    @Inject(SITE) private readonly site: Site,
  ) {}

  @Get(':token')
  @ServesPage('link-holder')
  async ask(@Param('token') token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const claims = this.claims(token);
    if (!claims) return this.expired(token, reply);
    const found = await this.confirmations.look(claims.accountId, claims.digest);
    if (!found) throw notFound('address');
    return found.pending > 0 ? confirmPage(this.site, found) : nothingToConfirmPage(this.site, found);
  }

  @Post(':token')
  @HttpCode(200)
  @ServesPage('link-holder')
  async confirm(
    @Param('token') token: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const claims = this.claims(token);
    if (!claims) return this.expired(token, reply);
    const found = await this.confirmations.confirm(claims.accountId, claims.digest);
    if (!found) throw notFound('address');
    return found.active > 0 ? confirmedPage(this.site, found) : nothingToConfirmPage(this.site, found);
  }

  private claims(token: string) {
    return this.links.readConfirm(token, this.clock.now());
  }

  /** @throws Problem 404 for a link that was never ours, at any time */
  private expired(token: string, reply: FastifyReply): string {
    if (!this.links.readConfirm(token, new Date(0))) throw notFound('link');
    void reply.status(410);
    return expiredPage(this.site);
  }
}
