import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { mailTo } from '../support/inbox-of-mail.js';
import { startSlackEmulator, type SlackEmulator } from '../support/slack-emulator.js';
import { slackFaults } from '../support/slack-limits.js';
import { alertsOf, deliveriesOf, watch, webhookTo } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '<!channel> <@U1> <#C1> &amp; & *bold* `code` <https://evil.example|here>',
  '\r\nBcc: victim@example.org\r\n\r\nbody',
  `${'w'.repeat(50_000)} ends`,
  '\u202Eevil\u202C שלום عربى e\u0301\u0323\u0301 \u{1F468}\u200D\u{1F469}\u200D\u{1F467}',
  '{{unsubscribe}} ${alert} %s %%TOKEN%%',
];

describe('hostile text in every field', { timeout: 60_000 }, () => {
  let app: TestApp;
  let slack: SlackEmulator;
  let receiver: WebhookReceiver;
  let account: TestAccount;
  beforeAll(async () => {
    slack = await startSlackEmulator();
    receiver = await startWebhookReceiver();
    app = await startApp({ SLACK_API_URL: slack.apiUrl, SLACK_PER_S: '0' });
    account = await app.createAccount({ tier: 'professional' });
    const own = (await app.call('GET', '/v1/destinations', { token: account.token })).body.items[0].id;
    const hook = await webhookTo(app, account, receiver.url('/hook'));
    const channel = await app.call('POST', '/v1/destinations', {
      token: account.token,
      body: {
        kind: 'slack',
        label: '<!channel>',
        settings: { token: slack.token, channel: slack.channel.id },
      },
    });
    await watch(app, account, [['everything', '*']], {
      name: 'List <b>&\r\nX-Evil: 1',
      destinationIds: [own, hook.id, channel.body.id],
    });
    await app.postEvents(
      hostile.map((text, index) => {
        const [title, prose] = [text.slice(0, 1_000), text.slice(0, 15_000)];
        return {
          specversion: '1.0',
          type: 'provision.changed.v1',
          source: 'https://archive.test/<script>',
          id: `hostile-${index}`,
          time: '2026-03-01T00:00:00Z',
          subject: `p-${index} <b>&`,
          data: {
            entity: { id: `e-${index} <i>`, name: title },
            document: { id: `d-${index} "'`, title },
            provision: { id: `p-${index} <b>&`, title, clauseType: 'liability', categories: [] },
            before: { severity: 'low', text: `old ${text}` },
            after: { severity: 'high', text: `new ${text} more` },
            analysis: {
              summary: prose,
              consumerImpact: prose,
              businessImpact: prose,
              complianceMemo: prose,
              regulatoryCitations: [{ citation: text.slice(0, 500), note: prose }],
              agencies: [{ code: 'X', name: prose, note: prose }],
            },
          },
        };
      }),
    );
    await app.work();
  }, 60_000);
  afterAll(async () => {
    await app.stop();
    await slack.close();
    await receiver.close();
  });

  it('loses nothing: every alert arrives on every channel', async () => {
    expect(await alertsOf(app, account)).toHaveLength(hostile.length);
    const deliveries = await deliveriesOf(app, account);
    expect(deliveries.map((delivery) => [delivery.lane, delivery.state])).toEqual(
      deliveries.map((delivery) => [delivery.lane, 'delivered']),
    );
    expect(deliveries).toHaveLength(hostile.length * 3);
  });

  it('appears nowhere unescaped in mail, and adds no header or recipient', async () => {
    const mails = await mailTo(app, account.email);
    expect(mails).toHaveLength(hostile.length);
    for (const mail of mails) {
      expect(mail.to).toEqual([account.email]);
      expect(Object.keys(mail.headers)).not.toEqual(expect.arrayContaining(['bcc']));
      expect(Object.keys(mail.headers).filter((name) => name.startsWith('x-evil'))).toEqual([]);
      expect(mail.subject).not.toMatch(/[\r\n]/);
      expect(mail.html).not.toMatch(/<script|<img src=x|<img[^>]*onerror/i);
    }
  });

  it('can mention nobody in Slack, and stays within its limits', async () => {
    for (const message of await slack.history()) {
      expect(slackFaults(message as never)).toEqual([]);
      expect(message.text).not.toMatch(/<[!@#]/);
      expect(JSON.stringify(message.blocks)).not.toMatch(/"type":"(mrkdwn|user|usergroup|broadcast)"/);
    }
  });

  it('reaches webhooks and the API unchanged', async () => {
    const bodies = receiver.requests.map((request) => JSON.parse(request.body.toString()));
    expect(new Set(bodies.map((body) => body.data.changes[0].text.after))).toEqual(
      new Set(hostile.map((text) => `new ${text} more`)),
    );
    const changes = (await app.call('GET', '/v1/changes', { token: account.token })).body.items;
    for (const change of changes) {
      const joined = change.text.diff
        .filter((part: { op: string }) => part.op !== '-')
        .map((part: { text: string }) => part.text);
      expect(joined.join('')).toBe(change.text.after);
    }
  });

  it('is escaped on the pages', async () => {
    for (const { alert, changes } of await alertsOf(app, account)) {
      for (const url of [alert.url, changes[0].url]) {
        const page = await app.call('GET', url.slice(app.url.length));
        expect(page.status).toBe(200);
        // Scripts of its own are files.
        expect(page.text).not.toMatch(/<script(?! src="\/assets\/)|<img src=x/i);
      }
    }
  });
});
