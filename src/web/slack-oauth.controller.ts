import { Controller, Get, HttpCode, Inject, Post, Query, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Allow } from '../accounts/principal.js';
import { notFound } from '../platform/http/problem.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { SlackInstallationsService } from '../slack/slack-installations.service.js';
import { ServesPage } from './page-headers.js';
import { PageFilter } from './page.filter.js';
import { SITE, type Site } from './site.js';
import { slackAddedPage, slackAskPage } from './slack-oauth-page.js';
import { slackClosedPage, type ClosedWay } from './slack-closed-page.js';

/** What Slack leads back with: a code, or why there is none. */
const Return = z.object({
  state: z.string().min(1).max(200).catch(''),
  code: z.string().min(1).max(500).nullable().catch(null),
  error: z.string().min(1).nullable().catch(null),
});
type Return = z.infer<typeof Return>;

/**
 * Where Slack leads back to. Opening the page adds nothing: browsers fetch ahead, and the person has to see first to whose
 * account the workspace would be added.
 */
@ApiExcludeController()
@Controller('slack/oauth')
@Allow('public')
@UseFilters(PageFilter)
export class SlackOauthController {
  constructor(
    private readonly installations: SlackInstallationsService,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(SITE) private readonly site: Site,
  ) {}

  @Get()
  @ServesPage('link-holder')
  async ask(
    @Query({ schema: Return }) { state, code, error }: Return,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    this.requireOffered();
    if (error === 'access_denied') return this.closed('denied', reply);
    // What comes without a state of ours is not Slack's: it must neither be logged as a refusal nor asked about.
    const way = await this.installations.look(state);
    if (way.kind !== 'open') return this.closed(way.kind, reply);
    if (error !== null) return this.refused(error, reply);
    if (code === null) return this.closed('unknown', reply);
    // In full: of a masked address a stranger's may look the same. Whoever holds the state has it from that account.
    return slackAskPage(this.site, way.email);
  }

  @Post()
  @HttpCode(200)
  @ServesPage('link-holder')
  async add(
    @Query({ schema: Return }) { state, code }: Return,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    this.requireOffered();
    if (code === null) return this.closed('unknown', reply);
    const installed = await this.installations.complete(state, code);
    switch (installed.kind) {
      case 'added':
        return slackAddedPage(this.site, installed);
      case 'unfit':
        return this.closed(installed.why, reply);
      case 'refused':
        return spentCodes.has(installed.code)
          ? this.closed('expired', reply)
          : this.refused(installed.code, reply);
      default:
        return this.closed(installed.kind, reply);
    }
  }

  /** Anybody may open the page with any words in the place of the code. */
  private refused(code: string, reply: FastifyReply): string {
    if (/^[a-z_]{1,80}$/.test(code)) this.log.error({ code }, 'Slack refused an installation');
    return this.closed('failed', reply);
  }

  private closed(way: ClosedWay, reply: FastifyReply): string {
    const { status, page } = slackClosedPage(this.site, way);
    void reply.status(status);
    return page;
  }

  private requireOffered(): void {
    if (!this.installations.isOffered) throw notFound('page');
  }
}

/** The code's fault, and not that of the app's settings. */
const spentCodes = new Set(['invalid_code', 'code_already_used', 'code_expired']);
