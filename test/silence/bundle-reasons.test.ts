import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { moveTo } from '../support/digest-desk.js';
import { side } from '../support/events.js';
import { watch } from '../support/watching.js';
import { SilenceStage } from './silence-stage.js';

const dayMs = 86_400_000;
const daily = { mode: 'daily', at: '08:00' };

let app: TestApp;
let stage: SilenceStage;
let day = Date.UTC(2027, 0, 4);

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());
beforeEach(async () => {
  day += 14 * dayMs;
  hour(10);
  stage = new SilenceStage(app, await app.createAccount(), `bundle${day / dayMs}`);
});

/** Moves on to an hour of the day on which the test begins. */
function hour(hours: number): void {
  moveTo(app, new Date(day + hours * 3_600_000).toISOString());
}
const follow = async (options: Record<string, unknown> = {}) =>
  watch(app, stage.account, [['entity', stage.entity]], { cadence: daily, ...options });
const now = () => ({ time: app.clock.now().toISOString() });
const provision = (name: string) => ({ provision: `${stage.entity}-${name}` });
/** A provision that is there, told to nobody. */
const known = async (name: string) => {
  const id = await stage.change({ ...now(), ...provision(name), after: side('low', 'As it was.') });
  app.clock.advance(60);
  return id;
};
const there = async (name: string) =>
  stage.told({ ...now(), ...provision(name), after: side('high', 'Other words.') });
const back = async (name: string) =>
  stage.told({ ...now(), ...provision(name), after: side('low', 'As it was.') });
/** Until what is to be told in the morning was told. */
const sleep = async () => {
  hour(32.1);
  await app.work();
};
const retract = async (change: string) => {
  const [{ source, event_id: eventId }] = (await app.database.query(
    'select source, event_id from change where id = $1',
    [change],
  )) as [{ source: string; event_id: string }];
  const event = {
    specversion: '1.0',
    type: 'provision.retracted.v1',
    source,
    id: `retracts-${change}`,
    ...now(),
    data: { retracts: { id: eventId } },
  };
  await app.postEvents([event]);
};

/** What a digest of nothing and one of something else say of what is left out. */
describe.each([
  ['nothing else', false],
  ['something else', true],
])('of a digest that has %s to tell', (_what, hasOther) => {
  const begin = async () => {
    await known('a');
    const watchlist = await follow();
    app.clock.advance(60);
    if (hasOther) await there('b');
    return { watchlist, change: await there('a') };
  };

  it('says reverted of what went back before it', async () => {
    const { change } = await begin();
    app.clock.advance(600);
    const way = await back('a');
    await sleep();
    expect(await stage.reasons()).toEqual({ [change]: ['reverted'], [way]: ['reverted'] });
    const why = await stage.why(change);
    expect(why).toMatchObject({ outcome: 'not-told', reasons: ['reverted'] });
    expect(why.deliveries).toMatchObject([{ kind: 'alert', state: 'cancelled', reason: 'reverted' }]);
    expect(why.deliveries[0].explanation).not.toContain('told in the daily digest');
  });

  it('says retracted of what was taken back before it', async () => {
    const { change } = await begin();
    await retract(change);
    await sleep();
    expect(await stage.reasons()).toEqual({ [change]: ['retracted'] });
    expect((await stage.why(change)).deliveries).toMatchObject([{ reason: 'retracted' }]);
  });

  it('says muted of what was muted before it', async () => {
    const { change } = await begin();
    app.clock.advance(600);
    await stage.call('PUT', `/v1/mutes/provision/${stage.entity}-a`);
    await sleep();
    expect(await stage.reasons()).toEqual({ [change]: ['muted'] });
  });

  it('says what the rule has against it, when that was changed before it', async () => {
    const { change, watchlist } = await begin();
    app.clock.advance(600);
    await stage.call('PATCH', `/v1/watchlists/${watchlist}`, { rule: { kinds: ['introduced'] } });
    await sleep();
    expect(await stage.reasons()).toEqual({ [change]: ['kind'] });
  });

  it('tells it, when it went back afterwards', async () => {
    const { change } = await begin();
    await sleep();
    app.clock.advance(600);
    const way = await back('a');
    expect(await stage.reasons()).toEqual({ [way]: ['reverted'] });
    expect(await stage.why(change)).toMatchObject({ outcome: 'told' });
  });
});

it('says snoozed of what a digest of a watchlist that sleeps by then gathered', async () => {
  const watchlist = await follow();
  const change = await there('a');
  app.clock.advance(600);
  const snoozedUntil = new Date(day + 3 * dayMs).toISOString();
  await stage.call('PATCH', `/v1/watchlists/${watchlist}`, { snoozedUntil });
  await sleep();
  expect(await stage.reasons()).toEqual({ [change]: ['snoozed'] });
});

it('says destination of a digest whose destination was paused', async () => {
  await follow();
  const change = await there('a');
  await app.database.execute(`update destination set status = 'paused' where account_id = $1`, [
    stage.account.id,
  ]);
  await sleep();
  expect(await stage.reasons()).toEqual({ [change]: ['destination'] });
});

it('says reverted of what quiet hours held and what went back meanwhile', async () => {
  await stage.call('PATCH', '/v1/account', {
    quietHours: { from: '09:00', to: '08:00', breakThrough: null },
  });
  await known('a');
  await follow({ cadence: { mode: 'instant' } });
  app.clock.advance(60);
  await there('b');
  await there('c');
  const change = await there('a');
  app.clock.advance(600);
  const way = await back('a');
  await sleep();
  expect(await stage.reasons()).toEqual({ [change]: ['reverted'], [way]: ['reverted'] });
});

it('counts as told what was taken back after it was told, whenever the archive says that it did', async () => {
  await follow({ cadence: { mode: 'instant' } });
  const change = await there('a');
  app.clock.advance(600);
  const [{ event_id: eventId, source }] = (await app.database.query(
    'select source, event_id from change where id = $1',
    [change],
  )) as [{ source: string; event_id: string }];
  const event = {
    specversion: '1.0',
    type: 'provision.retracted.v1',
    source,
    id: `late-${change}`,
    time: new Date(app.clock.now().getTime() - 700_000).toISOString(),
    data: { retracts: { id: eventId } },
  };
  await app.postEvents([event]);
  await app.work();
  expect(await stage.reasons()).toEqual({});
  expect(await stage.why(change)).toMatchObject({ outcome: 'told' });
});
