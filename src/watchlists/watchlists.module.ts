import { Module } from '@nestjs/common';
import { FollowController } from './follow.controller.js';
import { FollowService } from './follow.service.js';
import { WatchlistController } from './watchlist.controller.js';
import { WatchlistService } from './watchlist.service.js';

@Module({
  controllers: [WatchlistController, FollowController],
  providers: [WatchlistService, FollowService],
  exports: [WatchlistService, FollowService],
})
export class WatchlistsModule {}
