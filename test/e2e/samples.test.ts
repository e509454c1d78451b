import { readFileSync } from 'node:fs';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/platform/package-root.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { mailTo } from '../support/inbox-of-mail.js';
import { startSlackEmulator, type SlackEmulator } from '../support/slack-emulator.js';
import { alertsOf, deliveriesOf, watch, webhookTo } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

const samples = (name: string): unknown[] =>
  readFileSync(`${packageRoot()}/samples/${name}.ndjson`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('the feed of the samples', { timeout: 60_000 }, () => {
  let app: TestApp;
  let slack: SlackEmulator;
  let receiver: WebhookReceiver;
  let account: TestAccount;
  let secret: string;

  beforeAll(async () => {
    slack = await startSlackEmulator();
    receiver = await startWebhookReceiver();
    app = await startApp({ SLACK_API_URL: slack.apiUrl, SLACK_PER_S: '0' });
    await app.postEvents(samples('archive'));
    await app.work();
    account = await app.createAccount();
    const { body: destinations } = await app.call('GET', '/v1/destinations', { token: account.token });
    const hook = await webhookTo(app, account, receiver.url('/hook'));
    secret = hook.secret;
    const channel = await app.call('POST', '/v1/destinations', {
      token: account.token,
      body: { kind: 'slack', settings: { token: slack.token, channel: slack.channel.id } },
    });
    const destinationIds = [destinations.items[0].id, hook.id, channel.body.id];
    await watch(app, account, [['document', 'CA-D-00028']], { name: 'Our AWS account', destinationIds });
    await watch(app, account, [['everything', '*']], {
      name: 'Rises',
      destinationIds,
      rule: { direction: 'rises', minSeverity: 'high' },
    });
    await app.postEvents(samples('feed'));
    await app.work();
  }, 60_000);
  afterAll(async () => {
    await app.stop();
    await slack.close();
    await receiver.close();
  });

  // Sent side by side, so in no order.
  const amazonsMail = async () =>
    (await mailTo(app, account.email)).find((one) => one.subject.includes('Amazon'));

  it('brings every alert to all three channels, once', async () => {
    const alerts = await alertsOf(app, account);
    const deliveries = (await app.call('GET', '/v1/deliveries?limit=200', { token: account.token })).body
      .items;
    expect(alerts.length).toBeGreaterThan(8);
    expect(deliveries).toHaveLength(alerts.length * 3);
    expect(deliveries.every((delivery: { state: string }) => delivery.state === 'delivered')).toBe(true);
    expect(await mailTo(app, account.email)).toHaveLength(alerts.length);
    expect(receiver.requests).toHaveLength(alerts.length);
    expect(await slack.history()).toHaveLength(alerts.length);
    expect(await deliveriesOf(app, account)).not.toHaveLength(0);
  });

  it('says by mail what changed, how bad, which way, why it matters and where it is from', async () => {
    const mail = await amazonsMail();
    expect(mail?.subject).toBe(
      '[High ▲] Amazon: AWS Acceptable Use Policy: Customer Responsibility for End-User Conduct',
    );
    for (const part of [mail?.text ?? '', mail?.html ?? '']) {
      expect(part).toContain('Customer Responsibility for End-User Conduct');
      expect(part).toMatch(/medium/i);
      expect(part).toContain('anyone using the Services through your account');
      expect(part).toContain('18 U.S.C. § 1030');
      expect(part).toContain('c61af89c19589f506fd3fc8bbb8010407f0052d2e845554c876b99cc2495d2ce');
      expect(part).toContain(
        'ConductAtlas Policy Archive | Entity: Amazon | Document: AWS Acceptable Use Policy | Record: CA-P-002547',
      );
      expect(part).toMatch(/Compliance memo/i);
      expect(part).not.toContain('pass the AUP through to resellers');
      expect(part).toContain('Our AWS account');
    }
    expect(mail?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    expect(mail?.headers['auto-submitted']).toBe('auto-generated');
  });

  it('sends a signed webhook whose data is what the inbox has', async () => {
    const request = receiver.requests.find((one) => one.body.includes('CA-P-002547'));
    const body: any = new Webhook(secret).verify(
      request?.body.toString() ?? '',
      request?.headers as Record<string, string>,
    );
    const alert = (await alertsOf(app, account)).find((one) => one.entity.id === 'amazon');
    const { createdAt: _, acknowledgedAt: __, note: ___, ...data } = alert;
    expect(body).toEqual({ type: 'alert.created', timestamp: expect.any(String), data });
    expect(body.data.changes[0].delta).toEqual({
      kind: 'escalated',
      before: 'medium',
      after: 'high',
      change: 1,
      direction: 'rise',
    });
    expect(body.data.changes[0].locked).toEqual(['complianceMemo']);
  });

  it('posts to Slack with blocks and a plain fallback', async () => {
    const message = (await slack.history()).find((one) => one.text.includes('Amazon'));
    const blocks = JSON.stringify(message?.blocks);
    expect(blocks).toContain('Customer Responsibility for End-User Conduct');
    expect(blocks).toContain('Record: CA-P-002547');
  });

  it('stops by the one-click link of the mail, and shows a page on GET that stops nothing', async () => {
    const mail = await amazonsMail();
    const link = /<(https?:[^>]+)>/.exec(mail?.headers['list-unsubscribe'] ?? '')?.[1] ?? '';
    const path = link.slice(app.url.length);
    const page = await app.call('GET', path);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    const linked = async () =>
      (await app.call('GET', '/v1/watchlists', { token: account.token })).body.items.map(
        (one: any) => one.destinationIds.length,
      );
    expect(await linked()).toEqual([3, 3]);
    const done = await app.call('POST', path, {
      body: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(done.status).toBe(200);
    expect(await linked()).toEqual([2, 2]);
  });
});
