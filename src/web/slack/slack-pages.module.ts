import { Module } from '@nestjs/common';
import { SlackModule } from '../../slack/slack.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { SlackOauthController } from './slack-oauth.controller.js';
import { SlackWorkspacesController } from './slack-workspaces.controller.js';

/** The workspaces of an account, and where Slack leads back to. */
@Module({
  imports: [FrameModule, SlackModule],
  controllers: [SlackOauthController, SlackWorkspacesController],
})
export class SlackPagesModule {}
