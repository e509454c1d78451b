import { Module } from '@nestjs/common';
import { ArchiveModule } from '../../archive/archive.module.js';
import { DestinationsModule } from '../../destinations/destinations.module.js';
import { MutesModule } from '../../mutes/mutes.module.js';
import { WatchlistsModule } from '../../watchlists/watchlists.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { FollowButtonController } from './follow-button.controller.js';
import { FollowWays } from './follow-ways.js';
import { FollowSearch } from './follow-search.js';
import { ImportPagesController } from './import-pages.controller.js';
import { MutesPageController } from './mutes-page.controller.js';
import { NewWatchlistController } from './new-watchlist.controller.js';
import { WatchlistDesk } from './watchlist-desk.js';
import { WatchlistFollowsController } from './watchlist-follows.controller.js';
import { WatchlistPagesController } from './watchlist-pages.controller.js';
import { WatchlistUpkeepController } from './watchlist-upkeep.controller.js';
import { WatchlistViews } from './watchlist-views.js';

/** Watchlists with their rules and follows, and the button that follows from any page. */
@Module({
  imports: [ArchiveModule, DestinationsModule, FrameModule, MutesModule, WatchlistsModule],
  controllers: [
    FollowButtonController,
    ImportPagesController,
    MutesPageController,
    NewWatchlistController,
    WatchlistPagesController,
    WatchlistFollowsController,
    WatchlistUpkeepController,
  ],
  providers: [FollowSearch, FollowWays, WatchlistDesk, WatchlistViews],
  exports: [FollowWays],
})
export class WatchlistPagesModule {}
