import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FanOut } from '../../src/alerts/fan-out.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { mailTo } from '../support/inbox-of-mail.js';
import { deliveriesOf, watch } from '../support/watching.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

describe('a change of mind between match and send', () => {
  const fanOutOnly = async () => {
    await app.app.get(FanOut).run(new AbortController().signal);
  };

  it.each([
    [
      'an unfollow',
      async (account: TestAccount, list: string) =>
        app.call('DELETE', `/v1/watchlists/${list}/follows/entity/mind-0`, { token: account.token }),
    ],
    [
      'a watchlist that is deleted',
      async (account: TestAccount, list: string) =>
        app.call('DELETE', `/v1/watchlists/${list}`, { token: account.token }),
    ],
    [
      'a rule that no longer wants it',
      async (account: TestAccount, list: string) =>
        app.call('PATCH', `/v1/watchlists/${list}`, {
          token: account.token,
          body: { rule: { kinds: ['withdrawn'] } },
        }),
    ],
    [
      'a destination taken off the watchlist',
      async (account: TestAccount, list: string) =>
        app.call('PATCH', `/v1/watchlists/${list}`, { token: account.token, body: { destinationIds: [] } }),
    ],
    [
      'a pause',
      async (account: TestAccount) => {
        const { body } = await app.call('GET', '/v1/destinations', { token: account.token });
        return app.call('PATCH', `/v1/destinations/${body.items[0].id}`, {
          token: account.token,
          body: { status: 'paused' },
        });
      },
    ],
    [
      'a tier down',
      async (account: TestAccount) =>
        app.call('PATCH', `/v1/accounts/${account.id}`, { token: app.operatorToken, body: { tier: 'free' } }),
    ],
  ])('%s cancels the delivery, with a reason', async (name, change) => {
    const account = await app.createAccount();
    const list = await watch(app, account, [['entity', 'mind-0']]);
    // So long ago that nobody would ask the watchlist again, had it not been changed since.
    app.clock.advance(120);
    await app.postEvents([
      provisionEvent({ entity: 'mind-0', after: side('medium', `wording for ${name}`) }),
    ]);
    await fanOutOnly();
    const answer = await change(account, list);
    expect(answer.status, answer.text).toBeLessThan(300);
    await app.work();
    expect(await deliveriesOf(app, account)).toMatchObject([
      { state: 'cancelled', reason: expect.any(String), attempts: [] },
    ]);
    expect(await mailTo(app, account.email)).toEqual([]);
  });
});
