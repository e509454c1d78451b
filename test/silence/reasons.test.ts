import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { side } from '../support/events.js';
import { watch, webhookTo } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';
import { SilenceStage } from './silence-stage.js';

let app: TestApp;
let receiver: WebhookReceiver;
let stage: SilenceStage;
let entities = 0;

beforeAll(async () => {
  app = await startApp({ RETRY_SCHEDULE_S: '5' });
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await app.stop();
  await receiver.close();
});
beforeEach(async () => {
  app.clock.advance(3_600);
  stage = new SilenceStage(app, await app.createAccount(), `silent${++entities}`);
});

const follow = async (options: Record<string, unknown> = {}) =>
  watch(app, stage.account, [['entity', stage.entity]], options);
/** A side whose words were there before. */
const before = (severity: 'low' | 'medium' | 'high') => side(severity, 'Words before.');

describe('what was told', () => {
  it('is not there', async () => {
    await follow();
    await stage.told();
    expect(await stage.reasons()).toEqual({});
  });

  it('is not there when one watchlist of two told it', async () => {
    await follow({ rule: { keywords: 'nothing-of-it' } });
    await follow();
    await stage.told();
    expect(await stage.reasons()).toEqual({});
  });

  it('is not there while it is under way', async () => {
    await follow();
    await stage.change();
    await stage.fanOut();
    expect(await stage.reasons()).toEqual({});
  });
});

describe('what the rule does not want', () => {
  it.each([
    [['cosmetic'], {}, side('medium', 'WORDS, before')],
    [['kind'], { kinds: ['eased', 'withdrawn'] }, side('medium', 'Others.')],
    [['severity'], { minSeverity: 'high' }, side('medium', 'Others.')],
    [['direction'], { direction: 'rises' }, side('medium', 'Others.')],
    [['direction'], { direction: 'falls' }, side('high', 'Others.')],
    [['min-change'], { minChange: 2 }, side('high', 'Others.')],
    [['keywords'], { keywords: 'arbitration' }, side('medium', 'Others.')],
    [
      ['kind', 'severity', 'direction', 'min-change', 'keywords'],
      { kinds: ['eased'], minSeverity: 'high', direction: 'falls', minChange: 1, keywords: 'x' },
      side('medium', 'Others.'),
    ],
  ])('says %j', async (reasons, rule, after) => {
    const id = await follow({ rule });
    const change = await stage.told({ before: before('medium'), after });
    expect(await stage.suppressed()).toMatchObject([
      {
        change: { id: change, entity: { id: stage.entity } },
        alertId: null,
        reasons,
        watchlists: [{ id, reasons: reasons.map((reason) => ({ reason })) }],
      },
    ]);
  });
});

describe('what makes no alerts', () => {
  it('says late', async () => {
    await follow();
    await stage.told({ time: '2026-02-02T00:00:00Z' });
    const late = await stage.told({ time: '2026-02-01T00:00:00Z' });
    expect(await stage.reasons()).toEqual({ [late]: ['late'] });
  });

  it('says silent', async () => {
    await follow();
    const change = await stage.change();
    await app.database.execute(`update change set silent = true where id = $1`, [change]);
    await app.work();
    expect(await stage.reasons()).toEqual({ [change]: ['silent'] });
  });

  it('says reverted: of what went back before it was told, and of the way back', async () => {
    await follow();
    const at = (hour: number) => ({ time: new Date(Date.UTC(2026, 2, 1, hour)).toISOString() });
    await stage.told({ ...at(0), after: before('low') });
    const there = await stage.change({ ...at(1), after: before('high') });
    const back = await stage.change({ ...at(2), after: before('low') });
    await app.work();
    expect(await stage.reasons()).toEqual({ [there]: ['reverted'], [back]: ['reverted'] });
  });

  it('says of what was told and went back later that it was the way back that was not', async () => {
    await follow();
    const at = (hour: number) => ({ time: new Date(Date.UTC(2026, 2, 1, hour)).toISOString() });
    await stage.told({ ...at(0), after: before('low') });
    await stage.told({ ...at(1), after: before('high') });
    app.clock.advance(60);
    const back = await stage.told({ ...at(2), after: before('low') });
    expect(await stage.reasons()).toEqual({ [back]: ['reverted'] });
  });

  it('says flapping, once it has been told that it flaps', async () => {
    await follow();
    const moves: string[] = [];
    for (let hour = 0; hour < 12; hour++) {
      const time = new Date(Date.UTC(2026, 2, 1, hour)).toISOString();
      moves.push(await stage.told({ time, after: before(hour % 2 === 0 ? 'low' : 'high') }));
      app.clock.advance(3_600);
    }
    const reasons = await stage.reasons();
    const quiet = moves.filter((id) => reasons[id]?.includes('flapping'));
    const rows = await app.database.query<{ id: string }>(
      `select id from change where entity_id = $1 and verdict = 'quiet' order by id`,
      [stage.entity],
    );
    expect(quiet).toEqual(rows.map(({ id }) => id));
    expect(quiet.length).toBeGreaterThan(2);
  });
});

describe('what the account does not want to hear of', () => {
  it('says muted', async () => {
    await follow();
    await stage.call('PUT', `/v1/mutes/document/${stage.entity}-terms`);
    const change = await stage.told();
    expect(await stage.reasons()).toEqual({ [change]: ['muted'] });
  });

  it('says muted of what was muted on its way, alone or with others', async () => {
    await follow();
    const alone = await stage.change();
    const revision = { id: 'r', size: 2 };
    const muted = await stage.change({ revision, provision: `${stage.entity}-muted` });
    await stage.change({ revision, provision: `${stage.entity}-other` });
    await stage.fanOut();
    await stage.call('PUT', `/v1/mutes/provision/${stage.entity}-terms-1`);
    await stage.call('PUT', `/v1/mutes/provision/${stage.entity}-muted`);
    await app.work();
    expect(await stage.reasons()).toEqual({ [alone]: ['muted'], [muted]: ['muted'] });
  });

  it('keeps saying so when the mute is over', async () => {
    await follow();
    const until = new Date(app.clock.now().getTime() + 3_600_000).toISOString();
    await stage.call('PUT', `/v1/mutes/document/${stage.entity}-terms`, { until });
    const change = await stage.told();
    app.clock.advance(7_200);
    expect(await stage.reasons()).toEqual({ [change]: ['muted'] });
  });

  it('says changed when the mute was lifted, and nothing of it is left', async () => {
    await follow();
    await stage.call('PUT', `/v1/mutes/document/${stage.entity}-terms`);
    const change = await stage.told();
    await stage.call('DELETE', `/v1/mutes/document/${stage.entity}-terms`);
    expect(await stage.reasons()).toEqual({ [change]: ['changed'] });
  });

  it('says snoozed, when the watchlist is awake again too', async () => {
    const id = await follow();
    const snoozedUntil = new Date(app.clock.now().getTime() + 3_600_000).toISOString();
    await stage.call('PATCH', `/v1/watchlists/${id}`, { snoozedUntil });
    const asleep = await stage.told();
    expect(await stage.reasons()).toEqual({ [asleep]: ['snoozed'] });
    app.clock.advance(60);
    await stage.call('PATCH', `/v1/watchlists/${id}`, { snoozedUntil: null });
    await stage.told();
    expect(await stage.reasons()).toEqual({ [asleep]: ['snoozed'] });
  });

  it('says snoozed of what was on its way', async () => {
    const id = await follow();
    const change = await stage.change();
    await stage.fanOut();
    app.clock.advance(60);
    const snoozedUntil = new Date(app.clock.now().getTime() + 3_600_000).toISOString();
    await stage.call('PATCH', `/v1/watchlists/${id}`, { snoozedUntil });
    await app.work();
    expect(await stage.reasons()).toEqual({ [change]: ['snoozed'] });
  });

  it('says changed when the rule was changed so that it wants it now', async () => {
    const id = await follow({ rule: { keywords: 'arbitration' } });
    const change = await stage.told();
    await stage.call('PATCH', `/v1/watchlists/${id}`, { rule: { keywords: null } });
    expect(await stage.reasons()).toEqual({ [change]: ['changed'] });
  });
});

describe('an alert that nothing told', () => {
  const lower = async (tier: string) =>
    app.call('PATCH', `/v1/accounts/${stage.account.id}`, { token: app.operatorToken, body: { tier } });

  it('says tier of a cadence that it does not hold', async () => {
    await follow();
    await lower('free');
    const change = await stage.told();
    const [item] = await stage.suppressed();
    expect(item).toMatchObject({ change: { id: change }, reasons: ['tier'] });
    expect(item.alertId).not.toBeNull();
  });

  it('says tier of what was on its way when it was lowered', async () => {
    await follow();
    const change = await stage.change();
    await stage.fanOut();
    await lower('free');
    await app.work();
    expect(await stage.reasons()).toEqual({ [change]: ['tier'] });
  });

  it('says destination when there is none', async () => {
    await follow({ destinationIds: [] });
    const change = await stage.told();
    expect(await stage.reasons()).toEqual({ [change]: ['destination'] });
  });

  it.each(['paused', 'disabled', 'pending'])('says destination when it is %s', async (status) => {
    await follow();
    await app.database.execute(`update destination set status = $2 where account_id = $1`, [
      stage.account.id,
      status,
    ]);
    const change = await stage.told();
    expect(await stage.reasons()).toEqual({ [change]: ['destination'] });
  });

  it('says destination when it was paused while the alert was under way', async () => {
    await follow();
    const change = await stage.change();
    await stage.fanOut();
    await app.database.execute(`update destination set status = 'paused' where account_id = $1`, [
      stage.account.id,
    ]);
    await app.work();
    expect(await stage.reasons()).toEqual({ [change]: ['destination'] });
  });

  it('says failed when it was given up', async () => {
    const { id } = await webhookTo(app, stage.account, receiver.url('/gone'));
    receiver.script('/gone', { status: 400 });
    await follow({ destinationIds: [id] });
    const change = await stage.told();
    app.clock.advance(60);
    await app.work();
    expect(await stage.reasons()).toEqual({ [change]: ['failed'] });
  });

  it('says waiting until its revision is matched', async () => {
    await follow();
    const change = await stage.change({ revision: { id: 'open', size: 2 } });
    await app.work();
    expect(await stage.reasons()).toEqual({ [change]: ['waiting'] });
    await stage.told({ revision: { id: 'open', size: 2 }, provision: `${stage.entity}-2` });
    expect(await stage.reasons()).toEqual({});
  });
});
