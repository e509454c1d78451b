import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { WatchlistsModule } from '../watchlists/watchlists.module.js';
import { AttentionService } from './attention.service.js';
import { NextDigestsService } from './next-digests.service.js';
import { TrendsService } from './trends.service.js';

/** What a member sees first: what waits, what comes, and how what it follows has moved. */
@Module({
  imports: [AccountsModule, WatchlistsModule],
  providers: [AttentionService, NextDigestsService, TrendsService],
  exports: [AttentionService, NextDigestsService, TrendsService],
})
export class OverviewModule {}
