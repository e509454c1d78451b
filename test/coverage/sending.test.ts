import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChannelRegistry } from '../../src/channels/registry.js';
import { Sender, type Result } from '../../src/deliveries/sender.js';
import { readParcels, type LeasedDelivery } from '../../src/deliveries/leased-delivery.store.js';
import { Messages } from '../../src/deliveries/messages.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { passDays } from '../support/checks.js';
import { CoverageSteps } from '../support/coverage-steps.js';
import { deliveriesOf, watch } from '../support/watching.js';

let app: TestApp;
let account: TestAccount;
let steps: CoverageSteps;
let list: string;
beforeEach(async () => {
  app = await startApp();
  account = await app.createAccount();
  steps = new CoverageSteps(app);
  list = await watch(app, account, [['document', 'acme-terms']], { cadence: { mode: 'daily', at: '08:00' } });
  await steps.check();
  await steps.lose();
});
afterEach(async () => app.stop());

/** The deliveries that are due, as a worker reads them. */
async function due(): Promise<LeasedDelivery[]> {
  const parcels = await app.database.query<{ id: string; afterId: string; lastId: string }>(
    `select id, first_id - 1 as "afterId", last_id as "lastId" from parcel order by id`,
  );
  return readParcels(app.database, parcels, 100, app.clock.now());
}
const attempt = async (delivery: LeasedDelivery): Promise<Result> =>
  app.app.get(Sender).attempt(delivery, new AbortController().signal);
/** What becomes of the one delivery that is due, unless it is sent. */
async function verdict(): Promise<unknown> {
  const [delivery] = await due();
  const { state, reason, outcome } = await attempt(delivery!);
  return outcome === null ? { state, reason } : 'sent';
}

describe('a notice that a document was lost', () => {
  it('is sent, whatever the cadence of its watchlist', async () => {
    expect(await verdict()).toBe('sent');
  });

  it('is not sent any more when the document is back already, and neither is that it is back', async () => {
    await steps.check();
    await steps.look();
    const [lost, back] = await due();
    expect(await attempt(lost!)).toMatchObject({
      state: 'cancelled',
      reason: 'the document can be seen again already',
    });
    await app.database.execute(`update delivery set state = 'cancelled', parcel_id = null where id = $1`, [
      lost!.id,
    ]);
    expect(await attempt(back!)).toMatchObject({
      state: 'cancelled',
      reason: 'that it was lost was never told there',
    });
  });

  it('is not sent when nothing of its destination follows the document any more', async () => {
    await app.call('DELETE', `/v1/watchlists/${list}/follows/document/acme-terms`, { token: account.token });
    expect(await verdict()).toEqual({ state: 'cancelled', reason: 'no watchlist that is awake follows it' });
  });

  it('is not sent when the document was muted meanwhile', async () => {
    await app.call('PUT', '/v1/mutes/document/acme-terms', { token: account.token });
    expect(await verdict()).toEqual({ state: 'cancelled', reason: 'the document is muted' });
  });

  it('is not sent to a destination that is not at work', async () => {
    await app.database.execute(`update destination set status = 'paused'`);
    expect(await verdict()).toEqual({ state: 'cancelled', reason: 'the destination is paused' });
  });

  it('is worked through by the workers', async () => {
    await steps.check();
    await steps.look();
    await app.work();
    passDays(app, 0.01);
    await app.work();
    const deliveries = await deliveriesOf(app, account);
    expect(deliveries.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  });
});

describe('a notice that a document is back', () => {
  beforeEach(async () => {
    await steps.check();
    await steps.look();
  });

  it('waits while the one of the loss may still arrive', async () => {
    const [, back] = await due();
    const at = app.clock.now();
    expect(await attempt(back!)).toMatchObject({
      state: 'due',
      outcome: null,
      dueAt: new Date(at.getTime() + 60_000),
    });
  });

  it('is sent once the one of the loss was delivered', async () => {
    const [lost] = await due();
    await app.database.execute(`update delivery set state = 'delivered', parcel_id = null where id = $1`, [
      lost!.id,
    ]);
    expect(await verdict()).toBe('sent');
  });

  it('is cancelled when the one of the loss was given up', async () => {
    const [lost] = await due();
    await app.database.execute(
      `update delivery set state = 'dead', parcel_id = null, died_at = $2 where id = $1`,
      [lost!.id, app.clock.now()],
    );
    expect(await verdict()).toMatchObject({ state: 'cancelled' });
  });
});

it('is rendered once for each notice and channel, and never from another notice', async () => {
  await steps.check();
  await steps.look();
  const [lost, back] = await due();
  let rendered = 0;
  const email = app.app.get(ChannelRegistry).find('email');
  const channel = {
    ...email,
    kind: 'email',
    addressToConfirm: () => null,
    render: async (content: unknown) => {
      rendered++;
      return content;
    },
    fill: (template: unknown) => template,
  };
  const payload = async (delivery: LeasedDelivery) =>
    app.app.get(Messages).payload(channel as never, delivery);
  expect(await payload(lost!)).toMatchObject({ kind: 'coverage', about: 'lost' });
  expect(await payload(back!)).toMatchObject({ kind: 'coverage', about: 'back' });
  expect(await payload(lost!)).toMatchObject({ kind: 'coverage', about: 'lost' });
  expect(rendered).toBe(2);
});
