import { Module, type Provider } from '@nestjs/common';
import { AlertsModule } from '../../alerts/alerts.module.js';
import { CONFIG, type Config } from '../../config.js';
import { DeliveriesModule } from '../../deliveries/deliveries.module.js';
import { MutesModule } from '../../mutes/mutes.module.js';
import { ClickerReplies } from './clicker-replies.js';
import { SlackClicks } from './slack-clicks.service.js';
import { SlackInteractionsController } from './slack-interactions.controller.js';

const replies: Provider = {
  provide: ClickerReplies,
  useFactory: ({ slackApiUrl }: Config) => new ClickerReplies(slackApiUrl),
  inject: [CONFIG],
};

/** What people do with an alert in Slack. */
@Module({
  imports: [AlertsModule, DeliveriesModule, MutesModule],
  controllers: [SlackInteractionsController],
  providers: [SlackClicks, replies],
})
export class SlackInteractionsModule {}
