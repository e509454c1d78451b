import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FanOut } from '../../src/alerts/fan-out.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { alertsOf, deliveriesOf, watch } from '../support/watching.js';

let app: TestApp;
let account: TestAccount;
let entity: string;
let entities = 0;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());
beforeEach(async () => {
  entity = `snoozed${++entities}`;
  account = await app.createAccount();
});

const hoursAhead = (hours: number) => new Date(app.clock.now().getTime() + hours * 3_600_000).toISOString();
const patch = async (id: string, body: unknown) =>
  app.call('PATCH', `/v1/watchlists/${id}`, { token: account.token, body });
const snooze = async (id: string, hours: number) => {
  const answer = await patch(id, { snoozedUntil: hoursAhead(hours) });
  expect(answer.status, answer.text).toBe(200);
};
const changed = async () =>
  app.postEvents([provisionEvent({ entity, after: side('high', `Words ${Math.random()}`) })]);
const fanOut = async () => app.app.get(FanOut).run(new AbortController().signal);
const led = async () =>
  (await alertsOf(app, account)).map(({ alert }) => alert.watchlists.map(({ id }: { id: string }) => id));

describe('a snoozed watchlist', () => {
  it('leads to no alert until the snooze is over', async () => {
    const id = await watch(app, account, [['entity', entity]]);
    await snooze(id, 2);
    await changed();
    await app.work();
    expect(await led()).toEqual([]);
    app.clock.advance(2 * 3_600);
    await changed();
    await app.work();
    expect(await led()).toEqual([[id]]);
  });

  it('leaves alone what other watchlists lead to', async () => {
    const asleep = await watch(app, account, [['entity', entity]]);
    const other = await watch(app, account, [['document', `${entity}-terms`]]);
    await snooze(asleep, 2);
    await changed();
    await app.work();
    expect(await led()).toEqual([[other]]);
    expect(await deliveriesOf(app, account)).toMatchObject([{ state: 'delivered' }]);
  });

  it('lets nothing out that was on its way, and names itself in no message', async () => {
    const id = await watch(app, account, [['entity', entity]]);
    await changed();
    await fanOut();
    await snooze(id, 2);
    await app.work();
    expect(await deliveriesOf(app, account)).toMatchObject([
      { state: 'cancelled', reason: 'no watchlist wants it any more' },
    ]);
  });

  it('wakes when it is told to', async () => {
    const id = await watch(app, account, [['entity', entity]]);
    await snooze(id, 2);
    expect((await patch(id, { snoozedUntil: null })).body.snoozedUntil).toBeNull();
    await changed();
    await app.work();
    expect(await led()).toEqual([[id]]);
  });
});

describe('snoozedUntil', () => {
  it('is shown while it lasts, and stays when something else is changed', async () => {
    const id = await watch(app, account, [['entity', entity]]);
    const shown = async () => [
      (await app.call('GET', `/v1/watchlists/${id}`, { token: account.token })).body.snoozedUntil,
      (await app.call('GET', '/v1/watchlists', { token: account.token })).body.items[0].snoozedUntil,
    ];
    expect(await shown()).toEqual([null, null]);
    const snoozedUntil = hoursAhead(2);
    const given = snoozedUntil.replace('Z', '+00:00');
    expect((await patch(id, { snoozedUntil: given })).body.snoozedUntil).toBe(snoozedUntil);
    expect((await patch(id, { name: 'Other' })).body).toMatchObject({ name: 'Other', snoozedUntil });
    expect(await shown()).toEqual([snoozedUntil, snoozedUntil]);
    app.clock.advance(2 * 3_600);
    expect(await shown()).toEqual([null, null]);
  });

  it.each([
    ['has passed', () => hoursAhead(-1)],
    ['is now', () => hoursAhead(0)],
    ['lies more than a year ahead', () => hoursAhead(24 * 366 + 1)],
    ['is no time', () => 'tomorrow'],
    ['has no zone', () => hoursAhead(1).replace('Z', '')],
  ])('is refused when it %s, and nothing else is changed', async (_, given) => {
    const id = await watch(app, account, [['entity', entity]]);
    const answer = await patch(id, { name: 'Other', snoozedUntil: given() });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ path: 'snoozedUntil' }]);
    const { body } = await app.call('GET', `/v1/watchlists/${id}`, { token: account.token });
    expect(body).toMatchObject({ name: 'Watch', snoozedUntil: null });
  });

  it('may lie a year ahead', async () => {
    const id = await watch(app, account, [['entity', entity]]);
    await snooze(id, 24 * 366);
    const { body } = await app.call('GET', `/v1/watchlists/${id}`, { token: account.token });
    expect(body.snoozedUntil).not.toBeNull();
  });
});
