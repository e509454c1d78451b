import { startApp, type TestAccount, type TestApp } from './app.js';
import { moveTo, takeDigests, type TakenDigest } from './digest-desk.js';
import { provisionEvent, type side } from './events.js';
import { deliveriesOf, watch } from './watching.js';

const dayMs = 86_400_000;

/** One account after another that follows one entity, each in a fortnight of its own. */
export class DigestScene {
  account!: TestAccount;
  entity = '';
  private day = Date.UTC(2026, 11, 1);

  private constructor(
    readonly app: TestApp,
    /** What the account was sent. */
    readonly digests: TakenDigest[],
  ) {}

  static async open(): Promise<DigestScene> {
    const app = await startApp({ LOG_LEVEL: 'error' });
    return new DigestScene(app, takeDigests(app));
  }

  /** A new account, on a Tuesday, 10:00 UTC. */
  async begin(): Promise<void> {
    this.day += 14 * dayMs;
    moveTo(this.app, new Date(this.day + 10 * 3_600_000).toISOString());
    this.digests.length = 0;
    this.account = await this.app.createAccount();
    this.entity = `digest-${this.account.id}`;
  }

  async end(): Promise<void> {
    await this.app.call('DELETE', `/v1/accounts/${this.account.id}`, { token: this.app.operatorToken });
  }

  async follow(cadence: unknown, options: Record<string, unknown> = {}): Promise<string> {
    return watch(this.app, this.account, [['entity', this.entity]], { cadence, ...options });
  }

  async change(provision: string, after: ReturnType<typeof side>): Promise<void> {
    const id = `${this.entity}-${provision}`;
    await this.app.postEvents([provisionEvent({ entity: this.entity, provision: id, after })]);
    await this.app.work();
  }

  /** As above, that the archive saw at a time, RFC 3339. */
  async changeAt(time: string, provision: string, after: ReturnType<typeof side>): Promise<void> {
    const id = `${this.entity}-${provision}`;
    await this.app.postEvents([provisionEvent({ entity: this.entity, provision: id, time, after })]);
    await this.app.work();
  }

  /** On to 08:01 UTC of the next day. */
  async tomorrow(): Promise<void> {
    const today = Math.floor(this.app.clock.now().getTime() / dayMs) * dayMs;
    moveTo(this.app, new Date(today + dayMs + 8 * 3_600_000 + 60_000).toISOString());
    await this.app.work();
  }

  /** The account's deliveries, newest first: kind, state and reason. */
  async reasons(): Promise<[string, string, string | null][]> {
    const deliveries = await deliveriesOf(this.app, this.account);
    return deliveries.map(({ kind, state, reason }) => [kind, state, reason]);
  }

  async call(method: string, path: string, body?: unknown) {
    return this.app.call(method, path, {
      token: this.account.token,
      ...(body === undefined ? {} : { body }),
    });
  }
}
