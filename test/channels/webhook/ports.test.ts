import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { deliveriesOf, webhookTo } from '../../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.js';

describe('WEBHOOK_PORTS', () => {
  let app: TestApp;
  let account: TestAccount;
  let open: WebhookReceiver;
  let closed: WebhookReceiver;
  beforeAll(async () => {
    [open, closed] = [await startWebhookReceiver(), await startWebhookReceiver()];
    app = await startApp({ WEBHOOK_PORTS: String(open.port) });
    account = await app.createAccount();
  });
  afterAll(async () => {
    await app.stop();
    await Promise.all([open.close(), closed.close()]);
  });

  it('hold for Teams, too', async () => {
    const make = async (webhookUrl: string) =>
      app.call('POST', '/v1/destinations', {
        token: account.token,
        body: { kind: 'teams', settings: { webhookUrl } },
      });
    expect((await make(open.url('/teams'))).status).toBe(201);
    const refused = await make(closed.url('/teams'));
    expect([refused.status, refused.body.errors?.[0].message]).toEqual([
      422,
      expect.stringContaining(`on one of the ports ${open.port}`),
    ]);
  });

  it('are where a destination may lead when it is made', async () => {
    await webhookTo(app, account, open.url());
    for (const url of [closed.url(), 'https://hooks.example.org/']) {
      const body = { kind: 'webhook', settings: { url } };
      const refused = await app.call('POST', '/v1/destinations', { token: account.token, body });
      expect(refused.status).toBe(422);
      expect(refused.body.errors).toEqual([
        { path: 'settings.url', message: `must lead to one of the ports ${open.port}` },
      ]);
    }
  });

  it('are where one may still lead when something is sent, whatever it was made with', async () => {
    const { id } = await webhookTo(app, account, open.url());
    const test = async () => {
      await app.call('POST', `/v1/destinations/${id}/test`, { token: account.token });
      await app.work();
      return (await deliveriesOf(app, account)).find(({ kind }) => kind === 'test');
    };
    expect(await test()).toMatchObject({ state: 'delivered' });
    const settings = JSON.stringify({ url: closed.url() });
    await app.database.execute('update destination set settings = $2 where id = $1', [id, settings]);
    expect(await test()).toMatchObject({
      state: 'dead',
      reason: 'the port is none of those that webhooks may go to',
    });
    expect(open.requests).toHaveLength(1);
    expect(closed.requests).toHaveLength(0);
  });
});
