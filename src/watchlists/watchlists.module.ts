import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { BacktestController } from './backtest.controller.js';
import { BacktestService } from './backtest.service.js';
import { FollowController } from './follow.controller.js';
import { FollowService } from './follow.service.js';
import { QuickFollowService } from './quick-follow.service.js';
import { WatchlistController } from './watchlist.controller.js';
import { WatchlistService } from './watchlist.service.js';

@Module({
  imports: [AccountsModule],
  controllers: [BacktestController, WatchlistController, FollowController],
  providers: [BacktestService, WatchlistService, FollowService, QuickFollowService],
  exports: [BacktestService, WatchlistService, FollowService, QuickFollowService],
})
export class WatchlistsModule {}
