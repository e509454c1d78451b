import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { BacktestController } from './backtest.controller.js';
import { BacktestService } from './backtest.service.js';
import { FollowController } from './follow.controller.js';
import { FollowService } from './follow.service.js';
import { PlanUseService } from './plan-use.service.js';
import { WatchlistController } from './watchlist.controller.js';
import { WatchlistService } from './watchlist.service.js';

@Module({
  imports: [AccountsModule],
  controllers: [BacktestController, WatchlistController, FollowController],
  providers: [BacktestService, WatchlistService, FollowService, PlanUseService],
  exports: [BacktestService, WatchlistService, FollowService, PlanUseService],
})
export class WatchlistsModule {}
