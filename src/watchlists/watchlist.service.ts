import { Injectable } from '@nestjs/common';
import { lockAccount } from '../accounts/account-lock.js';
import { parseRowId, type AccountId, type WatchlistId } from '../domain/ids.js';
import { WatchRule } from '../domain/watch-rule.js';
import { Clock } from '../platform/clock.js';
import { Database, type Sql, type Transaction } from '../platform/database.js';
import { keyOfCursor, pageOfRows, type Page, type PageQuery } from '../platform/http/page.js';
import { notFound } from '../platform/http/problem.js';
import { awake, requireSnooze } from './snooze.js';
import { snooze } from './snooze.store.js';
import {
  defaultCadence,
  ownAddress,
  requireCadence,
  requireInstant,
  requireOwnDestinations,
  requireSearchable,
  requireWatchlists,
} from './watchlist-checks.js';
import type { NewWatchlist, Watchlist, WatchlistChanges } from './watchlist.js';
import {
  countWatchlists,
  deleteWatchlist,
  findWatchlist,
  insertWatchlist,
  listWatchlists,
  setDestinations,
  updateWatchlist,
} from './watchlist.store.js';

const listName = 'watchlists';

/** What accounts watch for, how often they want to hear of it, and where. */
@Injectable()
export class WatchlistService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 422 for keywords or destinations that are none, 403 for what the tier does not hold */
  async create(accountId: AccountId, given: NewWatchlist): Promise<Watchlist> {
    return this.database.transaction(async (tx) => this.createIn(tx, accountId, given));
  }

  /** The same within a transaction of the caller's. */
  async createIn(tx: Transaction, accountId: AccountId, given: NewWatchlist): Promise<Watchlist> {
    const { tier, email } = await lockAccount(tx, accountId);
    await requireSearchable(tx, given.rule.keywords);
    const destinationIds = given.destinationIds
      ? await requireOwnDestinations(tx, accountId, given.destinationIds)
      : await ownAddress(tx, accountId, email);
    const cadence = given.cadence ?? defaultCadence(tier);
    requireCadence(tier, cadence);
    const confirmAfter = given.confirmAfter ?? null;
    requireInstant(cadence, confirmAfter);
    requireWatchlists(tier, (await countWatchlists(tx, accountId)) + 1);
    const settings = { name: given.name, rule: given.rule, cadence, confirmAfter };
    const id = await insertWatchlist(tx, accountId, settings, this.clock.now());
    await setDestinations(tx, id, destinationIds);
    return this.existing(tx, accountId, id);
  }

  /** Oldest first. */
  async list(accountId: AccountId, { limit, cursor }: PageQuery): Promise<Page<Watchlist>> {
    const after = keyOfCursor(listName, cursor, (key) => parseRowId(key) !== null);
    const now = this.clock.now();
    const rows = await listWatchlists(this.database, accountId, after, limit + 1);
    return pageOfRows(
      listName,
      rows,
      limit,
      (row) => row.id,
      (row) => awake(row, now),
    );
  }

  async get(accountId: AccountId, id: WatchlistId): Promise<Watchlist> {
    return this.existing(this.database, accountId, id);
  }

  /**
   * Changes what is given; fields of the rule that are left out stay. A cadence is held against the tier only when it is
   * given: a watchlist from before a lower tier can still be renamed.
   */
  async update(accountId: AccountId, id: WatchlistId, changes: WatchlistChanges): Promise<Watchlist> {
    return this.database.transaction(async (tx) => this.updateIn(tx, accountId, id, changes));
  }

  /** The same within a transaction of the caller's. */
  async updateIn(
    tx: Transaction,
    accountId: AccountId,
    id: WatchlistId,
    changes: WatchlistChanges,
  ): Promise<Watchlist> {
    const { tier } = await lockAccount(tx, accountId);
    const { name, rule, cadence, confirmAfter } = await this.existing(tx, accountId, id);
    await requireSearchable(tx, changes.rule?.keywords ?? null);
    if (changes.cadence) requireCadence(tier, changes.cadence);
    if (changes.snoozedUntil) requireSnooze(changes.snoozedUntil, this.clock.now());
    const settings = {
      name: changes.name ?? name,
      rule: WatchRule.parse({ ...rule, ...changes.rule }),
      cadence: changes.cadence ?? cadence,
      confirmAfter: changes.confirmAfter === undefined ? confirmAfter : changes.confirmAfter,
    };
    requireInstant(settings.cadence, settings.confirmAfter);
    await updateWatchlist(tx, accountId, id, settings, this.clock.now());
    if (changes.snoozedUntil !== undefined) await snooze(tx, id, changes.snoozedUntil, this.clock.now());
    if (changes.destinationIds) {
      const destinationIds = await requireOwnDestinations(tx, accountId, changes.destinationIds);
      await setDestinations(tx, id, destinationIds);
    }
    return this.existing(tx, accountId, id);
  }

  async remove(accountId: AccountId, id: WatchlistId): Promise<void> {
    if (!(await deleteWatchlist(this.database, accountId, id))) throw notFound('watchlist');
  }

  private async existing(sql: Sql, accountId: AccountId, id: WatchlistId): Promise<Watchlist> {
    const watchlist = await findWatchlist(sql, accountId, id);
    if (!watchlist) throw notFound('watchlist');
    return awake(watchlist, this.clock.now());
  }
}
