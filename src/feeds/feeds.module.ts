import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { FeedController } from './feed.controller.js';
import { FeedService } from './feed.service.js';

/** Watchlists as Atom feeds. */
@Module({
  imports: [AlertsModule],
  controllers: [FeedController],
  providers: [FeedService],
})
export class FeedsModule {}
