import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import type { Channel } from '../../src/channels/channel.js';
import { ChannelRegistry } from '../../src/channels/registry.js';
import { LaneWorker } from '../../src/deliveries/lane-worker.js';
import { WORKER_PARTS, type WorkerParts } from '../../src/deliveries/worker-parts.js';
import type { DeliveryId } from '../../src/domain/ids.js';
import { startApp, type TestAccount, type TestApp } from './app.js';
import { makeDue, parcelsOf, rowsOf, type ParcelRow } from './due-deliveries.js';
import { webhookTo } from './watching.js';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.js';

/** How many attempts a worker of the lane makes at a time. */
export const slots = 4;

/** The real lane of webhooks on an app of its own, empty before each test, with a receiver that is new. */
export class WebhookLane {
  app!: TestApp;
  receiver!: WebhookReceiver;
  stop!: AbortController;
  /** The log, from errors on. */
  readonly lines: string[] = [];
  private account!: TestAccount;

  constructor() {
    const logTo = { write: (line: string) => void this.lines.push(line) };
    beforeAll(async () => {
      this.app = await startApp({ LOG_LEVEL: 'error', WEBHOOK_PER_S: '0' }, logTo);
    });
    afterAll(async () => this.app.stop());
    beforeEach(async () => {
      this.receiver = await startWebhookReceiver();
      this.account = await this.app.createAccount();
      this.stop = new AbortController();
      this.lines.length = 0;
      await this.app.database.execute(`delete from delivery`);
      await this.app.database.execute(`delete from parcel`);
    });
    afterEach(async () => {
      vi.useRealTimers();
      await this.receiver.close();
    });
  }

  /** A worker of the real channel, with as few slots as a test can fill. */
  worker(channel: Partial<Channel> = {}, parts: Partial<WorkerParts> = {}): LaneWorker {
    const real = this.app.app.get(ChannelRegistry).find('webhook');
    if (!real) throw new Error('there is no webhook channel');
    const few = { attempts: slots, ofOneEndpoint: { first: slots, most: slots } };
    const all = { ...this.app.app.get<WorkerParts>(WORKER_PARTS), ...parts };
    return new LaneWorker({ ...real, concurrency: few, ...channel }, all);
  }

  /** Has a worker send what is due now. */
  async work(worker = this.worker()): Promise<void> {
    await worker.run(this.stop.signal);
    await worker.drain();
  }

  /** Has tests on their way to a path of the receiver. @returns their ids */
  async due(
    count: number,
    options: { bulk?: boolean; inOneRange?: boolean; path?: string } = {},
  ): Promise<DeliveryId[]> {
    const { path = '/hook', ...more } = options;
    const { id } = await webhookTo(this.app, this.account, this.receiver.url(path));
    return makeDue(this.app, count, { accountId: this.account.id, destinationId: id, ...more });
  }

  /** Stops a worker that is in the middle of attempts that hang, and breaks them off. */
  async breakOff(worker: LaneWorker, run: Promise<void>): Promise<void> {
    this.stop.abort();
    await run;
    await this.receiver.close();
    await worker.drain();
    this.receiver = await startWebhookReceiver();
  }

  async rows(ids: readonly string[]): ReturnType<typeof rowsOf> {
    return rowsOf(this.app, ids);
  }

  async states(ids: readonly string[]): Promise<string[]> {
    return (await this.rows(ids)).map(({ state }) => state);
  }

  async parcels(): Promise<ParcelRow[]> {
    return parcelsOf(this.app, 'webhook');
  }

  /** The ids of what came in at a path, in order. */
  sent(path = '/hook'): string[] {
    return this.receiver.requests
      .filter((request) => request.path === path)
      .map(({ headers }) => String(headers['webhook-id']).replace('msg_', ''));
  }
}
