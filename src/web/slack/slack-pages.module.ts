import { Module } from '@nestjs/common';
import { SlackModule } from '../../slack/slack.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { SlackOauthController } from './slack-oauth.controller.js';

/** Where Slack leads back to. */
@Module({ imports: [FrameModule, SlackModule], controllers: [SlackOauthController] })
export class SlackPagesModule {}
