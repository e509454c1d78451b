import { Injectable } from '@nestjs/common';
import type { AccountId } from '../domain/ids.js';
import { Database } from '../platform/database.js';
import { countFollows } from './follow.store.js';
import { countWatchlists } from './watchlist.store.js';

/** How much of what a tier bounds an account has. */
export type PlanUse = { watchlists: number; follows: number };

/** Counts by index what limits bound, a few thousand rows at most. */
@Injectable()
export class PlanUseService {
  constructor(private readonly database: Database) {}

  async of(accountId: AccountId): Promise<PlanUse> {
    return {
      watchlists: await countWatchlists(this.database, accountId),
      follows: await countFollows(this.database, accountId),
    };
  }
}
