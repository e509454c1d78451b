import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import type { AccountId, WatchlistId } from '../domain/ids.js';
import type { Tier } from '../domain/tiers.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { notFound } from '../platform/http/problem.js';
import { hashOfToken, newFeedToken, type FeedAddress, type NewFeedAddress } from './feed-address.js';
import { deleteAddress, findAddress, putAddress } from './feed-address.store.js';
import { requireFeeds } from './feed-tier.js';

/**
 * The secret addresses of feeds. Like every other secret that is made here, one is shown once and kept as a hash: whoever
 * reads the database, or a backup of it, can read nobody's feed. Its owner finds it again in the feed reader, or makes a
 * new one; entries keep their ids, so the reader that gets the new one knows what it has shown.
 */
@Injectable()
export class FeedAddressService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Makes an address. The former one is revoked by it.
   *
   * @throws Problem 403 when the tier holds no feeds, 404 when the account has no such watchlist
   */
  async create(account: { id: AccountId; tier: Tier }, id: WatchlistId): Promise<NewFeedAddress> {
    requireFeeds(account.tier);
    const token = newFeedToken();
    const createdAt = this.clock.now();
    const address = { feedId: randomUUID(), hash: hashOfToken(token), createdAt };
    if (!(await putAddress(this.database, account.id, id, address))) throw notFound('watchlist');
    return { url: `${this.config.publicUrl}/feeds/${token}`, createdAt: createdAt.toISOString() };
  }

  /** @throws Problem 404 when the account has no such watchlist */
  async get(accountId: AccountId, id: WatchlistId): Promise<FeedAddress> {
    const address = await findAddress(this.database, accountId, id);
    if (!address) throw notFound('watchlist');
    return { createdAt: address.createdAt?.toISOString() ?? null };
  }

  /** Nothing is left of the feed afterwards. @throws Problem 404 when the account has no such watchlist */
  async revoke(accountId: AccountId, id: WatchlistId): Promise<void> {
    if (!(await deleteAddress(this.database, accountId, id))) throw notFound('watchlist');
  }
}
