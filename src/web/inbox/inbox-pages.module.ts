import { Module } from '@nestjs/common';
import { AlertsModule } from '../../alerts/alerts.module.js';
import { DeliveriesModule } from '../../deliveries/deliveries.module.js';
import { DestinationsModule } from '../../destinations/destinations.module.js';
import { MutesModule } from '../../mutes/mutes.module.js';
import { SilenceModule } from '../../silence/silence.module.js';
import { WatchlistsModule } from '../../watchlists/watchlists.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { AlertDeskController } from './alert-desk.controller.js';
import { AlertPageController } from './alert-page.controller.js';
import { AlertSheet } from './alert-sheet.js';
import { DeliveryPagesController } from './delivery-pages.controller.js';
import { DigestPageController } from './digest-page.controller.js';
import { InboxPageController } from './inbox-page.controller.js';
import { SuppressedPageController } from './suppressed-page.controller.js';
import { WhyPageController } from './why-page.controller.js';

/** What members were told, what they were not, and where it went; alerts and digests also for whoever has the link. */
@Module({
  imports: [
    FrameModule,
    AlertsModule,
    DeliveriesModule,
    DestinationsModule,
    MutesModule,
    SilenceModule,
    WatchlistsModule,
  ],
  controllers: [
    AlertDeskController,
    AlertPageController,
    DeliveryPagesController,
    DigestPageController,
    InboxPageController,
    SuppressedPageController,
    WhyPageController,
  ],
  providers: [AlertSheet],
})
export class InboxPagesModule {}
