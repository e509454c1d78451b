import { FanOut } from '../../src/alerts/fan-out.js';
import type { TestAccount, TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';

type EventOptions = Parameters<typeof provisionEvent>[0];

/** One account, what happens to an entity, and what the account can see of it. */
export class SilenceStage {
  private changes = 0;

  constructor(
    readonly app: TestApp,
    readonly account: TestAccount,
    readonly entity: string,
  ) {}

  /** Posts a change of the entity in new words, high unless given otherwise. @returns the id of the change */
  async change(options: EventOptions = {}): Promise<string> {
    const after = side('high', `Words number ${++this.changes}.`);
    await this.app.postEvents([provisionEvent({ entity: this.entity, after, ...options })]);
    return this.newestChange();
  }

  /** A change that is matched and sent. @returns its id */
  async told(options: EventOptions = {}): Promise<string> {
    const id = await this.change(options);
    await this.app.work();
    return id;
  }

  async newestChange(): Promise<string> {
    const [row] = await this.app.database.query<{ id: string }>(
      `select max(id) as id from change where entity_id = $1`,
      [this.entity],
    );
    return row?.id ?? '';
  }

  async fanOut(): Promise<void> {
    await this.app.app.get(FanOut).run(new AbortController().signal);
  }

  async call(method: string, path: string, body?: unknown) {
    const { token } = this.account;
    const answer = await this.app.call(method, path, { token, ...(body === undefined ? {} : { body }) });
    if (answer.status >= 300)
      throw new Error(`${method} ${path} was answered ${answer.status}: ${answer.text}`);
    return answer.body;
  }

  /** What was not told, newest first. */
  async suppressed(query = ''): Promise<any[]> {
    return (await this.call('GET', `/v1/suppressed?limit=200${query}`)).items;
  }

  /** The reasons of each change that was not told, by its id. */
  async reasons(query = ''): Promise<Record<string, string[]>> {
    const items = await this.suppressed(query);
    return Object.fromEntries(items.map(({ change, reasons }) => [change.id, reasons]));
  }

  async why(changeId: string): Promise<any> {
    return this.call('GET', `/v1/changes/${changeId}/why`);
  }
}
