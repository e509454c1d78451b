import { Module } from '@nestjs/common';
import { AlertsModule } from '../../alerts/alerts.module.js';
import { CoverageModule } from '../../coverage/coverage.module.js';
import { DestinationsModule } from '../../destinations/destinations.module.js';
import { WatchlistsModule } from '../../watchlists/watchlists.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { ConfirmController } from './confirm.controller.js';
import { UnsubscribeController } from './unsubscribe.controller.js';
import { UnsubscribeService } from './unsubscribe.service.js';

/** What mails link to, and is acted on by whoever has the link. */
@Module({
  imports: [FrameModule, AlertsModule, CoverageModule, DestinationsModule, WatchlistsModule],
  controllers: [UnsubscribeController, ConfirmController],
  providers: [UnsubscribeService],
})
export class MailLinksModule {}
