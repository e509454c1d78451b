import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ConfirmationService } from '../../destinations/confirmation.service.js';
import { Clock } from '../../platform/clock.js';
import { notFound } from '../../platform/http/problem.js';
import { Links } from '../../platform/links.js';
import { confirmedPage, confirmPage, expiredPage, nothingToConfirmPage } from './confirm-page.js';
import { Pages } from '../frame/pages.js';
import { CurrentVisit, type Visit } from '../frame/visit.js';

/** Where the owner of an address confirms it. Only POST acts. */
@Controller('confirm')
@Pages('link-holder')
export class ConfirmController {
  constructor(
    private readonly confirmations: ConfirmationService,
    private readonly links: Links,
    private readonly clock: Clock,
  ) {}

  @Get(':token')
  async ask(
    @CurrentVisit() visit: CurrentVisit,
    @Param('token') token: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const claims = this.claims(token);
    if (!claims) return this.expired(visit, token, reply);
    const found = await this.confirmations.look(claims.accountId, claims.digest);
    if (!found) throw notFound('address');
    return found.pending > 0 ? confirmPage(visit, found) : nothingToConfirmPage(visit, found);
  }

  @Post(':token')
  @HttpCode(200)
  async confirm(
    @CurrentVisit() visit: CurrentVisit,
    @Param('token') token: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const claims = this.claims(token);
    if (!claims) return this.expired(visit, token, reply);
    const found = await this.confirmations.confirm(claims.accountId, claims.digest);
    if (!found) throw notFound('address');
    return found.active > 0 ? confirmedPage(visit, found) : nothingToConfirmPage(visit, found);
  }

  private claims(token: string) {
    return this.links.readConfirm(token, this.clock.now());
  }

  /** @throws Problem 404 for a link that was never ours, at any time */
  private expired(visit: Visit, token: string, reply: FastifyReply): string {
    if (!this.links.readConfirm(token, new Date(0))) throw notFound('link');
    void reply.status(410);
    return expiredPage(visit);
  }
}
