import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { deliveriesOf, watch } from '../support/watching.js';

let app: TestApp;
let account: TestAccount;
beforeAll(async () => {
  app = await startApp();
  account = await app.createAccount();
});
afterAll(async () => app.stop());

const change = async (entity: string, time: Date) => {
  await app.postEvents([provisionEvent({ entity, time: time.toISOString(), after: side('high') })]);
  await app.work();
};
const states = async () => (await deliveriesOf(app, account)).map(({ kind, state }) => [kind, state]);

it('has an alert wait until its change has stood as long as the watchlist asks', async () => {
  await watch(app, account, [['entity', 'stands']], { confirmAfter: 6 });
  await change('stands', new Date(app.clock.now().getTime() - 3_600_000));
  const [waiting] = await deliveriesOf(app, account);
  expect(waiting).toMatchObject({
    kind: 'alert',
    state: 'due',
    reason: 'waits until the change has stood for as long as the watchlist asks',
    dueAt: new Date(app.clock.now().getTime() + 5 * 3_600_000).toISOString(),
  });
  app.clock.advance(5 * 3_600 - 60);
  await app.work();
  expect(await states()).toEqual([['alert', 'due']]);
  app.clock.advance(61);
  await app.work();
  expect(await states()).toEqual([['alert', 'delivered']]);
});

it('sends at once where another watchlist of the destination does not wait, or the change has stood already', async () => {
  account = await app.createAccount();
  await watch(app, account, [['entity', 'both']], { confirmAfter: 6 });
  await watch(app, account, [['entity', 'both']]);
  await change('both', app.clock.now());
  expect(await states()).toEqual([['alert', 'delivered']]);
  account = await app.createAccount();
  await watch(app, account, [['entity', 'old']], { confirmAfter: 6 });
  await change('old', new Date(app.clock.now().getTime() - 7 * 3_600_000));
  await app.work();
  expect(await states()).toEqual([['alert', 'delivered']]);
});

it('is kept, changed and cleared with the watchlist, and refused with digests', async () => {
  const call = async (method: string, path: string, body?: unknown) =>
    app.call(method, `/v1/watchlists${path}`, {
      token: account.token,
      ...(body === undefined ? {} : { body }),
    });
  const made = await call('POST', '', { name: 'Waits', confirmAfter: 168 });
  expect(made.body.confirmAfter).toBe(168);
  const path = `/${made.body.id}`;
  expect((await call('PATCH', path, { name: 'Still' })).body.confirmAfter).toBe(168);
  const refused = await call('PATCH', path, { cadence: { mode: 'hourly' } });
  expect(refused.status).toBe(422);
  expect(refused.body.errors).toEqual([
    { path: 'confirmAfter', message: 'must be null with the cadence hourly' },
  ]);
  expect((await call('PATCH', path, { confirmAfter: null })).body.confirmAfter).toBeNull();
  for (const confirmAfter of [0, 169, 1.5, '6']) {
    expect((await call('POST', '', { name: 'No', confirmAfter })).status).toBe(422);
  }
});
