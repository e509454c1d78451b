import { fanOutRange, planNext, type FanOutRange, type FanOutTerms } from '../../src/alerts/fan-out.store.js';
import type { TestAccount, TestApp } from './app.js';
import { provisionEvent } from './events.js';
import { watch } from './watching.js';

/** Everything goes to watchers, however much it is. */
const terms: FanOutTerms = {
  instantTiers: ['watcher'],
  everyChannelTiers: ['watcher'],
  alertsAMinute: 1_000,
  summedUpLanes: [],
};

/** The fan-out of changes of one entity, step by step. */
export class FanOutSteps {
  constructor(
    private readonly app: TestApp,
    readonly entity: string,
  ) {}

  /** Accounts that follow the entity, in the order of their ids. */
  async followers(count: number): Promise<TestAccount[]> {
    const accounts: TestAccount[] = [];
    for (let n = 0; n < count; n++) {
      const account = await this.app.createAccount();
      await watch(this.app, account, [['entity', this.entity]]);
      accounts.push(account);
    }
    return accounts;
  }

  /** @returns the revision that was planned, or null */
  async plan(accountsARange: number): Promise<string | null> {
    return this.app.database.transaction(async (tx) => planNext(tx, accountsARange, this.app.clock.now()));
  }

  async rangesOf(revisionId: string | null): Promise<FanOutRange[]> {
    return this.app.database.query<FanOutRange>(
      `select revision_id as "revisionId", number, from_account as "fromAccount", until_account as "untilAccount",
         count(*) over () > 1 as "isBulk"
       from fan_out_range where revision_id = $1 order by from_account`,
      [revisionId],
    );
  }

  /** Posts a change of the entity and cuts its followers into ranges. */
  async planned(accountsARange: number): Promise<FanOutRange[]> {
    await this.app.postEvents([provisionEvent({ entity: this.entity })]);
    return this.rangesOf(await this.plan(accountsARange));
  }

  async fanOut(range: FanOutRange, more: Partial<FanOutTerms> = {}): ReturnType<typeof fanOutRange> {
    const now = this.app.clock.now();
    return this.app.database.transaction(async (tx) => fanOutRange(tx, range, now, { ...terms, ...more }));
  }
}
