import { Module } from '@nestjs/common';
import { DeliveriesModule } from '../../deliveries/deliveries.module.js';
import { DestinationsModule } from '../../destinations/destinations.module.js';
import { SlackModule } from '../../slack/slack.module.js';
import { WatchlistsModule } from '../../watchlists/watchlists.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { DestinationActsController } from './destination-acts.controller.js';
import { DestinationListController } from './destination-list.controller.js';
import { DestinationPageController } from './destination-page.controller.js';
import { DestinationViewService } from './destination-view.service.js';
import { NewDestinationController } from './new-destination.controller.js';
import { SlackChoicesService } from './slack-choices.service.js';

/** Where alerts go: to see how each place does, and to set it up. */
@Module({
  imports: [FrameModule, DeliveriesModule, DestinationsModule, SlackModule, WatchlistsModule],
  controllers: [
    DestinationListController,
    NewDestinationController,
    DestinationActsController,
    DestinationPageController,
  ],
  providers: [DestinationViewService, SlackChoicesService],
})
export class DestinationPagesModule {}
