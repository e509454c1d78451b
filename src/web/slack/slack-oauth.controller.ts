import { Controller, Get, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { notFound } from '../../platform/http/problem.js';
import { LOGGER, type Logger } from '../../platform/logger.js';
import { SlackInstallationsService } from '../../slack/slack-installations.service.js';
import { Pages } from '../frame/pages.js';
import { CurrentVisit, type Visit } from '../frame/visit.js';
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
@Controller('slack/oauth')
@Pages('link-holder')
export class SlackOauthController {
  constructor(
    private readonly installations: SlackInstallationsService,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  @Get()
  async ask(
    @CurrentVisit() visit: CurrentVisit,
    @Query({ schema: Return }) { state, code, error }: Return,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    this.requireOffered();
    if (error === 'access_denied') return this.closed(visit, 'denied', reply);
    // What comes without a state of ours is not Slack's: it must neither be logged as a refusal nor asked about.
    const way = await this.installations.look(state);
    if (way.kind !== 'open') return this.closed(visit, way.kind, reply);
    if (error !== null) return this.refused(visit, error, reply);
    if (code === null) return this.closed(visit, 'unknown', reply);
    // In full: of a masked address a stranger's may look the same. Whoever holds the state has it from that account.
    return slackAskPage(visit, way.email);
  }

  @Post()
  @HttpCode(200)
  async add(
    @CurrentVisit() visit: CurrentVisit,
    @Query({ schema: Return }) { state, code }: Return,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    this.requireOffered();
    if (code === null) return this.closed(visit, 'unknown', reply);
    const installed = await this.installations.complete(state, code);
    switch (installed.kind) {
      case 'added':
        return slackAddedPage(visit, installed);
      case 'unfit':
        return this.closed(visit, installed.why, reply);
      case 'refused':
        return spentCodes.has(installed.code)
          ? this.closed(visit, 'expired', reply)
          : this.refused(visit, installed.code, reply);
      default:
        return this.closed(visit, installed.kind, reply);
    }
  }

  /** Anybody may open the page with any words in the place of the code. */
  private refused(visit: Visit, code: string, reply: FastifyReply): string {
    if (/^[a-z_]{1,80}$/.test(code)) this.log.error({ code }, 'Slack refused an installation');
    return this.closed(visit, 'failed', reply);
  }

  private closed(visit: Visit, way: ClosedWay, reply: FastifyReply): string {
    const { status, page } = slackClosedPage(visit, way);
    void reply.status(status);
    return page;
  }

  private requireOffered(): void {
    if (!this.installations.isOffered) throw notFound('page');
  }
}

/** The code's fault, and not that of the app's settings. */
const spentCodes = new Set(['invalid_code', 'code_already_used', 'code_expired']);
