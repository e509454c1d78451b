import { FanOut } from '../../src/alerts/fan-out.js';
import { ChannelRegistry } from '../../src/channels/registry.js';
import type { Severity } from '../../src/domain/severity.js';
import { startApp, type TestAccount, type TestApp } from './app.js';
import { provisionEvent, side } from './events.js';
import { deliveriesOf, watch, webhookTo } from './watching.js';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.js';

/** What a file of tests about echoes plays in. */
export type EchoHouse = {
  app: TestApp;
  receiver: WebhookReceiver;
  /** A stage with an entity of its own. */
  stage(): EchoStage;
  close(): Promise<void>;
};

/** @param entity begins the names of the entities of its stages */
export async function openEchoHouse(
  entity: string,
  settings: Parameters<typeof startApp>[0],
): Promise<EchoHouse> {
  const app = await startApp(settings);
  sendEchoesPlain(app);
  const receiver = await startWebhookReceiver();
  let stages = 0;
  return {
    app,
    receiver,
    stage: () => new EchoStage(app, receiver, `${entity}${++stages}`),
    close: async () => {
      await app.stop();
      await receiver.close();
    },
  };
}

/** Every echo goes to webhooks as plain as it is read: what channels make of it is theirs. */
export function sendEchoesPlain(app: TestApp): void {
  const channel = app.app.get(ChannelRegistry).find('webhook')!;
  const render = channel.render.bind(channel);
  const fill = channel.fill.bind(channel);
  channel.render = async (content) => (content.kind === 'echo' ? { echo: content } : render(content));
  channel.fill = (template: any, recipient) => {
    if (template.echo === undefined) return fill(template, recipient);
    const data = { ...template.echo, alert: recipient.alert };
    return { head: '{"type":"echo","data":', rest: Buffer.from(`${JSON.stringify(data)}}`) };
  };
}

export type Heard = { type: string; about?: string; changes: string[]; by: string[]; reason?: string | null };

/** One entity, its clauses, and who follows it by webhook. */
export class EchoStage {
  private events = 0;

  constructor(
    readonly app: TestApp,
    private readonly receiver: WebhookReceiver,
    readonly entity: string,
  ) {}

  /** Somebody who follows the entity, with a webhook of its own at `/account`. */
  async follower(options: Record<string, unknown> = {}): Promise<TestAccount> {
    const account = await this.app.createAccount();
    const hook = await webhookTo(this.app, account, this.receiver.url(`/${account.id}`));
    await watch(this.app, account, [['entity', this.entity]], { destinationIds: [hook.id], ...options });
    // So long ago that nothing of it is looked at again.
    this.app.clock.advance(120);
    return account;
  }

  event(provision: string, severity: Severity | null, options: Parameters<typeof provisionEvent>[0] = {}) {
    return provisionEvent({
      id: `${this.entity}-${++this.events}`,
      entity: this.entity,
      provision: `${this.entity}-${provision}`,
      time: this.app.clock.now().toISOString(),
      after: severity === null ? null : side(severity),
      ...options,
    });
  }

  /** Posts a change of each clause in one revision, an hour after the last; `silent` would tell nobody. */
  async change(after: Record<string, Severity | null>, options: Parameters<typeof provisionEvent>[0] = {}) {
    this.app.clock.advance(3_600);
    const clauses = Object.entries(after);
    const revision = { id: `r${this.events}`, size: clauses.length };
    const events = clauses.map(([provision, severity]) =>
      this.event(provision, severity, { revision, ...options }),
    );
    await this.app.postEvents(events);
    return events;
  }

  async fanOut(): Promise<void> {
    await this.app.app.get(FanOut).run(new AbortController().signal);
  }

  /** What came to an account's webhook, oldest first, by the ends of its clauses' names. */
  heard(account: TestAccount): Heard[] {
    return this.receiver.requests
      .filter(({ path }) => path === `/${account.id}`)
      .map(({ body }) => {
        const { type, data } = JSON.parse(body.toString());
        const changes = data.changes
          .map(({ provision }: any) => provision.id.slice(this.entity.length + 1))
          .toSorted();
        if (data.about === undefined) return { type, changes, by: [] };
        return {
          type: 'echo',
          about: data.about,
          changes,
          by: data.by.map(({ id }: any) => id),
          reason: data.reason,
        };
      });
  }

  /** The account's deliveries, oldest first: kind, state and reason. */
  async deliveries(account: TestAccount): Promise<string[]> {
    return (await deliveriesOf(this.app, account))
      .map(({ kind, state, reason }) => [kind, state, reason].filter(Boolean).join(': '))
      .toReversed();
  }

  async retract(id: string, data: Record<string, unknown> = {}, options: Record<string, unknown> = {}) {
    const answer = await this.app.call('POST', '/v1/events', {
      token: this.app.operatorToken,
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify({
        specversion: '1.0',
        type: 'provision.retracted.v1',
        source: 'https://archive.test',
        id: `retract-${id}`,
        time: this.app.clock.now().toISOString(),
        data: { retracts: { id }, ...data },
        ...options,
      }),
    });
    return answer;
  }

  async settled(): Promise<void> {
    await this.app.work();
    const left = await this.app.database.query(
      `select from echo where planned_at is null union all select from echo_range`,
    );
    if (left.length > 0) throw new Error('echoes are left that nobody fanned out');
  }
}
