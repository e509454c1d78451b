import { Injectable } from '@nestjs/common';
import { lockAccount } from '../accounts/account-lock.js';
import { parseRowId, type AccountId } from '../domain/ids.js';
import { WatchRule } from '../domain/watch-rule.js';
import { Clock } from '../platform/clock.js';
import { Database, type Transaction } from '../platform/database.js';
import { Problem } from '../platform/http/problem.js';
import { countFollows } from './follow.store.js';
import { insertFollows } from './many-follows.store.js';
import { findAllFollows, findOwnDestinations } from './portable.store.js';
import type { ImportResult, PortableWatchlist, WatchlistExport, WatchlistImport } from './portable.js';
import { planOf, type Plan } from './import-plan.js';
import { requireFollows, requireWatchlists } from './watchlist-checks.js';
import type { Watchlist } from './watchlist.js';
import { WatchlistService } from './watchlist.service.js';
import { listWatchlists } from './watchlist.store.js';

/** More than the largest tier holds, and than a lower one may have left over. */
const mostWatchlists = 1_000;

/** Watchlists out of an account, and into it. */
@Injectable()
export class WatchlistTransfer {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly watchlists: WatchlistService,
  ) {}

  /** Every watchlist with what it follows, oldest first. */
  async export(accountId: AccountId): Promise<WatchlistExport> {
    const [watchlists, follows] = await Promise.all([
      listWatchlists(this.database, accountId, null, mostWatchlists),
      findAllFollows(this.database, accountId),
    ]);
    return {
      watchlists: watchlists.map(({ id, name, rule, cadence, confirmAfter, destinationIds }) => ({
        name,
        rule,
        cadence,
        confirmAfter,
        destinationIds,
        follows: follows.get(id) ?? [],
      })),
    };
  }

  /** What an import would do; nothing is written. @throws Problem as `import` */
  async preview(accountId: AccountId, given: WatchlistImport): Promise<ImportResult> {
    return this.run(accountId, given, false);
  }

  /**
   * Takes watchlists in, all of them or none. A watchlist of the same name is changed (of several, in their order), any other
   * is added; follows are added, and none is taken away. So the same again changes nothing.
   *
   * @throws Problem 403 for what the tier does not hold, 422 for keywords that search for nothing, by path
   */
  async import(accountId: AccountId, given: WatchlistImport): Promise<ImportResult> {
    return this.run(accountId, given, true);
  }

  private async run(accountId: AccountId, given: WatchlistImport, isReal: boolean): Promise<ImportResult> {
    try {
      return await this.database.transaction(async (tx) => {
        const result = await this.apply(tx, accountId, given);
        if (!isReal) throw new OnlyLooked(result);
        return result;
      });
    } catch (error) {
      // What was done to look at it is undone: so a preview and an import are held to the very same.
      if (error instanceof OnlyLooked) return error.result;
      throw error;
    }
  }

  private async apply(tx: Transaction, accountId: AccountId, given: WatchlistImport): Promise<ImportResult> {
    const { tier } = await lockAccount(tx, accountId);
    const existing = await listWatchlists(tx, accountId, null, mostWatchlists);
    const follows = await findAllFollows(tx, accountId);
    const ids = given.watchlists.flatMap(({ destinationIds = [] }) => destinationIds);
    const own = await findOwnDestinations(
      tx,
      accountId,
      ids.filter((id) => parseRowId(id) !== null),
    );
    const plan = planOf(given, existing, follows, own);
    const added = plan.filter(({ watchlist }) => watchlist === null).length;
    if (added > 0) requireWatchlists(tier, existing.length + added);
    const result: ImportResult['watchlists'] = [];
    for (const [index, step] of plan.entries()) result.push(await this.take(tx, accountId, step, index));
    const followsAdded = result.reduce((sum, one) => sum + one.followsAdded, 0);
    if (followsAdded > 0) requireFollows(tier, await countFollows(tx, accountId));
    return { watchlists: result };
  }

  private async take(
    tx: Transaction,
    accountId: AccountId,
    step: Plan,
    index: number,
  ): Promise<ImportResult['watchlists'][number]> {
    const { given, watchlist, changed, newFollows, destinationIds, destinationsLeftOut } = step;
    const id = await at(index, async () => {
      if (watchlist === null) {
        const made = await this.watchlists.createIn(tx, accountId, {
          ...settingsOf(given),
          destinationIds,
        });
        return made.id;
      }
      if (changed.length > 0) {
        await this.watchlists.updateIn(
          tx,
          accountId,
          watchlist.id,
          changesOf(given, changed, destinationIds),
        );
      }
      return watchlist.id;
    });
    const followsAdded = await insertFollows(tx, accountId, id, newFollows, this.clock.now());
    const action = watchlist === null ? 'add' : changed.length > 0 || followsAdded > 0 ? 'change' : 'keep';
    return {
      id: watchlist === null ? null : id,
      name: given.name,
      action,
      changed: watchlist === null ? [] : changed,
      followsAdded,
      followsKept: step.followsKept,
      destinationsLeftOut,
    };
  }
}

/** Carries what a look found out of the transaction, which is undone by it. */
class OnlyLooked extends Error {
  constructor(readonly result: ImportResult) {
    super('only looked');
  }
}

function settingsOf({ name, rule, cadence, confirmAfter }: PortableWatchlist) {
  return { name, rule: WatchRule.parse(withoutUndefined(rule ?? {})), cadence, confirmAfter };
}

function changesOf(given: PortableWatchlist, changed: Plan['changed'], destinationIds: string[] | undefined) {
  return {
    ...(changed.includes('rule') &&
      given.rule && { rule: withoutUndefined(given.rule) as Partial<Watchlist['rule']> }),
    ...(changed.includes('cadence') && { cadence: given.cadence }),
    ...(changed.includes('confirmAfter') && { confirmAfter: given.confirmAfter }),
    ...(changed.includes('destinationIds') && { destinationIds }),
  };
}

function withoutUndefined(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** Says of a fault which watchlist it is in. */
async function at<Result>(index: number, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const faults = error.faults?.map(({ path, message }) => ({
      path: `watchlists[${index}].${path}`,
      message,
    }));
    throw new Problem(error.status, error.message, faults, error.extensions);
  }
}
