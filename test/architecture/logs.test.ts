import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { provisionEvent } from '../support/events.js';
import { startSlackEmulator, type SlackEmulator } from '../support/slack-emulator.js';
import { watch, webhookTo } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

const address = 'marked.reader@example.org';
const refusedAddress = 'marked.stranger@example.org';
const clause = 'No marked customer may ever settle a marked dispute in court.';
const memo = 'The marked memo of counsel.';
const answer = 'the marked answer of the receiver';

let slack: SlackEmulator;
let receiver: WebhookReceiver;
let app: TestApp;
const lines: string[] = [];

beforeAll(async () => {
  [slack, receiver] = await Promise.all([startSlackEmulator(), startWebhookReceiver()]);
  app = await startApp(
    { LOG_LEVEL: 'debug', SLACK_API_URL: slack.apiUrl, RETRY_SCHEDULE_S: '10,100' },
    { write: (line) => void lines.push(line) },
  );
});
afterAll(async () => {
  await app.stop();
  await Promise.all([slack.close(), receiver.close()]);
});

it('tells what happened by ids alone: no address, token, secret, URL or wording', async () => {
  // Libraries that talk for themselves, past the log.
  const asides = (['debug', 'log', 'info', 'warn', 'error'] as const).map((way) => vi.spyOn(console, way));
  const account = await app.createAccount({ tier: 'professional', email: address });
  const as = { token: account.token };
  const slackTo = async (settings: object) =>
    app.call('POST', '/v1/destinations', { ...as, body: { kind: 'slack', settings } });
  const event = (id: string) =>
    provisionEvent({
      id,
      after: { severity: 'high', text: `${clause} ${id}` },
      analysis: { complianceMemo: memo },
    });

  // A way on which everything works, but for one destination that is broken off at first.
  const webhook = await webhookTo(app, account, receiver.url('/marked-path?marked-key=1'));
  receiver.script('/marked-path?marked-key=1', { status: 500, body: answer }, 'reset', { status: 200 });
  const channel = slack.channel.name;
  const made = [
    await slackTo({ token: slack.token, channel }),
    await slackTo({ webhookUrl: slack.webhookUrl }),
  ];
  expect(made.map(({ status }) => status)).toEqual([201, 201]);
  const { body: all } = await app.call('GET', '/v1/destinations', as);
  const destinationIds = all.items.map(({ id }: { id: string }) => id);
  await watch(app, account, [['entity', 'acme']], { name: 'My marked list', destinationIds });
  await app.postEvents([event('first')]);
  for (let n = 0; n < 3; n++) {
    await app.work();
    app.clock.advance(200);
  }
  expect(receiver.requests).toHaveLength(3);
  expect(JSON.stringify(await slack.history())).toContain('marked');

  // A secret that no longer opens.
  await app.database.execute(`update destination set sealed = '\\x00' where kind = 'webhook'`);
  // What the database refuses, with the offending row in its answer.
  await app.database.execute(`alter table account add constraint probe check (email <> '${refusedAddress}')`);
  await app.database.execute(`alter table change add constraint probe check (event_id <> 'refused')`);
  await app.postEvents([event('second')]);
  await app.work();
  const refused = [
    await app.call('POST', '/v1/accounts', {
      token: app.operatorToken,
      body: { email: refusedAddress, tier: 'free' },
    }),
    await app.call('POST', '/v1/events', {
      token: app.operatorToken,
      body: JSON.stringify(event('refused')),
      headers: { 'content-type': 'application/cloudevents+json' },
    }),
    await app.call('GET', '/v1/account', { token: 'a-marked-token-of-nobody' }),
    await app.call('GET', '/unsubscribe/a-marked-link'),
  ];
  expect(refused.slice(0, 3).map(({ status }) => status)).toEqual([500, 500, 401]);

  const said = lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
  const messages = [
    'events taken in',
    'request answered',
    'request failed',
    'revision planned',
    'range fanned out',
    'delivery finished',
    'delivery failed inside',
  ];
  for (const message of messages) expect(said).toContain(message);
  const log = lines.join('');
  const secrets = [webhook.secret, account.token, app.operatorToken, slack.token, slack.webhookUrl, channel];
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
  expect(log).not.toMatch(/marked/i);
  expect(log).not.toMatch(/[\w.]@[\w-]+\.[a-z]{2}/);
  expect(log).not.toContain(receiver.url());
  expect(asides.flatMap((aside) => aside.mock.calls)).toEqual([]);
});
