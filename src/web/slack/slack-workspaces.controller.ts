import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { SlackInstallationsService } from '../../slack/slack-installations.service.js';
import { slackWorkspaceIdOf } from '../../slack/slack-workspace.js';
import { SlackWorkspacesService } from '../../slack/slack-workspaces.service.js';
import { formFaults, type Faults } from '../form/faults.js';
import { pageAsked } from '../form/query.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { allowFormTo } from './allow-form-to.js';
import { removeWorkspacePage, slackWorkspacesPage } from './slack-workspaces-page.js';

const pageRows = 50;

/** The Slack workspaces of the reader. */
@Controller('destinations/slack')
@Pages('member')
export class SlackWorkspacesController {
  constructor(
    private readonly installations: SlackInstallationsService,
    private readonly workspaces: SlackWorkspacesService,
  ) {}

  @Get()
  async list(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Query('cursor') cursor: unknown,
    @Query('said') said: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.page({ visit, member, reply, cursor, said });
  }

  /** Leads to Slack, which asks. */
  @Post()
  @HttpCode(200)
  async add(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    try {
      const { url } = await this.installations.begin({ id: member.accountId, tier: member.tier });
      void reply.status(303).header('location', url);
      return undefined;
    } catch (error) {
      const faults = formFaults(error);
      void reply.status(faults.status);
      return this.page({ visit, member, reply, faults });
    }
  }

  @Get(':id/remove')
  async askToRemove(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId }: CurrentMember,
    @Param('id') id: string,
  ): Promise<string> {
    return removeWorkspacePage(visit, await this.workspaces.get(accountId, slackWorkspaceIdOf(id)));
  }

  @Post(':id/remove')
  async remove(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId }: CurrentMember,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.workspaces.remove(accountId, slackWorkspaceIdOf(id));
    leadTo(reply, visit, '/destinations/slack?said=removed');
  }

  private async page(given: {
    visit: CurrentVisit;
    member: CurrentMember;
    reply: FastifyReply;
    cursor?: unknown;
    said?: unknown;
    faults?: Faults;
  }): Promise<string> {
    const { visit, member, reply, cursor, said, faults } = given;
    const { isOffered, authorizeOrigin } = this.installations;
    if (isOffered) allowFormTo(reply, authorizeOrigin);
    const asked = pageAsked(pageRows, cursor);
    const { items, nextCursor } = await this.workspaces.list(member.accountId, asked);
    return slackWorkspacesPage(visit, {
      workspaces: items,
      nextCursor,
      isOffered,
      tier: member.tier,
      zone: member.timeZone,
      said,
      ...(faults && { faults }),
    });
  }
}
