import { CoverageFanOut } from '../../src/coverage/coverage-fan-out.js';
import { CoverageReader } from '../../src/coverage/coverage-reader.js';
import type { TestAccount, TestApp } from './app.js';
import { checkedEvent, lookForLost, passDays } from './checks.js';
import { deliveriesOf } from './watching.js';

/** One document that is checked, lost and found, step by step. */
export class CoverageSteps {
  constructor(
    private readonly app: TestApp,
    readonly document = 'acme-terms',
  ) {}

  daysAgo(days: number): Date {
    return new Date(this.app.clock.now().getTime() - days * 86_400_000);
  }

  async post(...events: unknown[]): Promise<void> {
    await this.app.postEvents(events);
  }

  /** The archive tells now that it saw the document some days ago. */
  async check(days = 0): Promise<void> {
    await this.post(checkedEvent({ document: this.document, time: this.daysAgo(days) }));
  }

  async fanOut(): Promise<void> {
    await this.app.app.get(CoverageFanOut).run(new AbortController().signal);
  }

  /** The tick, and what follows from it up to deliveries. */
  async look(): Promise<void> {
    await lookForLost(this.app);
    await this.fanOut();
  }

  async lose(): Promise<void> {
    passDays(this.app, 15);
    await this.look();
  }

  /** What an account was told, oldest first. */
  async told(who: TestAccount): Promise<any[]> {
    const deliveries = (await deliveriesOf(this.app, who)).filter(({ kind }) => kind === 'coverage');
    const told: unknown[] = [];
    for (const { id, lane, state, reason } of deliveries.toReversed()) {
      const [row] = await this.app.database.query<{ notice: unknown }>(
        'select notice from delivery where id = $1',
        [id],
      );
      told.push({ id, lane, state, reason, ...(await this.app.app.get(CoverageReader).read(row?.notice)) });
    }
    return told;
  }

  /** As `lost unverified`. */
  async about(who: TestAccount): Promise<string[]> {
    return (await this.told(who)).map((one) => `${one.about} ${one.cause}`);
  }

  /** As if everything had been sent. */
  async delivered(): Promise<void> {
    await this.app.database.execute(
      `update delivery set state = 'delivered', parcel_id = null, delivered_at = $1 where kind = 'coverage' and state = 'due'`,
      [this.app.clock.now()],
    );
  }
}
