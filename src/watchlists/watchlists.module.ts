import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { BacktestController } from './backtest.controller.js';
import { BacktestService } from './backtest.service.js';
import { FeedAddressController } from './feed-address.controller.js';
import { FeedAddressService } from './feed-address.service.js';
import { FollowController } from './follow.controller.js';
import { FollowNames } from './follow-names.service.js';
import { FollowService } from './follow.service.js';
import { NewWatchlists } from './new-watchlists.service.js';
import { PlanUseService } from './plan-use.service.js';
import { QuickFollowService } from './quick-follow.service.js';
import { PortableReader } from './read-portable.service.js';
import { WatchlistController } from './watchlist.controller.js';
import { WatchlistListing } from './watchlist-listing.service.js';
import { WatchlistService } from './watchlist.service.js';
import { WatchlistTransferController } from './watchlist-transfer.controller.js';
import { WatchlistTransfer } from './watchlist-transfer.service.js';
import { WatchlistTrial } from './watchlist-trial.service.js';

const services = [
  BacktestService,
  FeedAddressService,
  FollowNames,
  FollowService,
  NewWatchlists,
  PlanUseService,
  PortableReader,
  QuickFollowService,
  WatchlistListing,
  WatchlistService,
  WatchlistTransfer,
  WatchlistTrial,
];

@Module({
  imports: [AccountsModule],
  controllers: [
    BacktestController,
    WatchlistTransferController,
    WatchlistController,
    FollowController,
    FeedAddressController,
  ],
  providers: services,
  exports: services,
})
export class WatchlistsModule {}
