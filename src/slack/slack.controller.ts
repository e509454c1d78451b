import { Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentAccount } from '../accounts/principal.js';
import { Answers } from '../platform/http/answers.js';
import { pageOf, PageQuery, type Page } from '../platform/http/page.js';
import { SlackChannelPage, SlackChannelQuery } from './channel-list.js';
import { SlackChannelsService } from './slack-channels.service.js';
import { SlackInstallationsService } from './slack-installations.service.js';
import { NewInstallation, SlackWorkspace, slackWorkspaceIdOf } from './slack-workspace.js';
import { SlackWorkspacesService } from './slack-workspaces.service.js';

/** "Add to Slack", and the workspaces that an account added by it. */
@ApiTags('slack')
@Controller('v1/slack')
@Allow('account')
export class SlackController {
  constructor(
    private readonly installations: SlackInstallationsService,
    private readonly workspaces: SlackWorkspacesService,
    private readonly channels: SlackChannelsService,
  ) {}

  @Post('installations')
  @ApiOperation({
    operationId: 'addToSlack',
    summary: 'Begin to add a Slack workspace',
    description:
      'Open the address in a browser within ten minutes: Slack asks whether Tocsin may post, and leads back. It works once. ' +
      'Adding a workspace again gives it a new token, and puts back to work what was disabled for the want of one.',
  })
  @Answers(201, 'Where to go', NewInstallation, [403, 404])
  async begin(@CurrentAccount() account: CurrentAccount): Promise<NewInstallation> {
    return this.installations.begin(account);
  }

  @Get('workspaces')
  @ApiOperation({ operationId: 'listSlackWorkspaces', summary: 'Your Slack workspaces, oldest first' })
  @Answers(200, 'A page of workspaces', pageOf(SlackWorkspace), [422])
  async list(
    @CurrentAccount() { id }: CurrentAccount,
    @Query({ schema: PageQuery }) query: PageQuery,
  ): Promise<Page<SlackWorkspace>> {
    return this.workspaces.list(id, query);
  }

  @Get('workspaces/:id')
  @ApiOperation({ operationId: 'getSlackWorkspace', summary: 'One Slack workspace' })
  @Answers(200, 'The workspace', SlackWorkspace, [404])
  async get(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<SlackWorkspace> {
    return this.workspaces.get(account.id, slackWorkspaceIdOf(id));
  }

  @Delete('workspaces/:id')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'removeSlackWorkspace',
    summary: 'Give a Slack workspace up',
    description:
      'Its token is revoked and forgotten, its destinations are disabled. Adding the workspace again puts them back to work.',
  })
  @Answers(204, 'Given up', undefined, [404])
  async remove(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<void> {
    await this.workspaces.remove(account.id, slackWorkspaceIdOf(id));
  }

  @Get('workspaces/:id/channels')
  @ApiOperation({
    operationId: 'findSlackChannels',
    summary: 'The public channels of a Slack workspace, by name',
    description:
      'A list is at most a minute old. Private channels are not in it: write `/invite @Tocsin` in one, and set the ' +
      'destination up with its id. 429 means that Slack asks to wait; `Retry-After` says for how long.',
  })
  @Answers(200, 'A page of channels', SlackChannelPage, [404, 409, 422, 429, 503])
  async findChannels(
    @CurrentAccount() account: CurrentAccount,
    @Param('id') id: string,
    @Query({ schema: SlackChannelQuery }) query: SlackChannelQuery,
  ): Promise<SlackChannelPage> {
    return this.channels.find(account.id, slackWorkspaceIdOf(id), query);
  }
}
