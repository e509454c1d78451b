import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { FeedAddressController } from './feed-address.controller.js';
import { FeedAddressService } from './feed-address.service.js';
import { FeedController } from './feed.controller.js';
import { FeedService } from './feed.service.js';

/** Watchlists as Atom feeds. */
@Module({
  imports: [AlertsModule],
  controllers: [FeedAddressController, FeedController],
  providers: [FeedAddressService, FeedService],
})
export class FeedsModule {}
