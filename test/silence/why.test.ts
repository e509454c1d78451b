import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { side } from '../support/events.js';
import { alertsOf, watch, webhookTo } from '../support/watching.js';
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
  stage = new SilenceStage(app, await app.createAccount(), `why${++entities}`);
});

const follow = async (options: Record<string, unknown> = {}) =>
  watch(app, stage.account, [['entity', stage.entity]], options);

describe('why I got this', () => {
  it('names the watchlist, its follows, the alert and where it arrived', async () => {
    const led = await follow({ name: 'Mine' });
    const deaf = await follow({ name: 'Deaf', rule: { keywords: 'arbitration' } });
    const stranger = await watch(app, stage.account, [['entity', 'somebody']], { name: 'Other' });
    const change = await stage.told();
    const [{ alert }] = await alertsOf(app, stage.account);
    const why = await stage.why(change);
    expect(why).toMatchObject({
      change: { id: change, entity: { id: stage.entity } },
      outcome: 'told',
      explanation: 'You were told of it because of “Mine”.',
      reasons: [],
      mutes: [],
      alert: { id: alert.id, url: alert.url },
      deliveries: [
        {
          kind: 'alert',
          state: 'delivered',
          reason: null,
          destination: { kind: 'email', status: 'active' },
          explanation: expect.stringMatching(/^It arrived on /),
        },
      ],
    });
    expect(why.watchlists).toMatchObject([
      {
        id: led,
        follows: [{ kind: 'entity', key: stage.entity }],
        inTime: true,
        wants: true,
        led: true,
        reasons: [],
        explanation: `It follows entity ${stage.entity}, and its rule wants this change.`,
      },
      {
        id: deaf,
        wants: false,
        led: false,
        reasons: [{ reason: 'keywords' }],
        explanation: `It follows entity ${stage.entity}. The words that it changed do not match the keywords of the rule.`,
      },
      {
        id: stranger,
        follows: [],
        wants: false,
        led: false,
        reasons: [],
        explanation: 'It does not follow this change.',
      },
    ]);
  });

  it('says so when the watchlist does not want it any more', async () => {
    const id = await follow();
    const change = await stage.told();
    await stage.call('PATCH', `/v1/watchlists/${id}`, { rule: { keywords: 'arbitration' } });
    expect(await stage.why(change)).toMatchObject({
      outcome: 'told',
      explanation: 'You were told of it: a watchlist wanted it then that does not want it any more.',
    });
  });
});

describe('why I did not', () => {
  it('says that nothing follows it', async () => {
    const change = await stage.told();
    const nobody = {
      outcome: 'not-followed',
      explanation: 'None of your watchlists follows it.',
      watchlists: [],
    };
    expect(await stage.why(change)).toMatchObject(nobody);
  });

  it('says that it was followed only later', async () => {
    const change = await stage.told();
    app.clock.advance(60);
    await follow();
    expect(await stage.why(change)).toMatchObject({
      outcome: 'not-followed',
      explanation: 'None of your watchlists followed it when it came in.',
      reasons: [],
      watchlists: [{ inTime: false, reasons: [] }],
    });
  });

  it('gives every reason in words, with the mutes and the snooze that hold', async () => {
    const id = await follow({ rule: { minSeverity: 'high' } });
    await stage.call('PUT', `/v1/mutes/document/${stage.entity}-terms`);
    const snoozedUntil = new Date(app.clock.now().getTime() + 3_600_000).toISOString();
    await stage.call('PATCH', `/v1/watchlists/${id}`, { snoozedUntil });
    const change = await stage.told({ after: side('low', 'Words.') });
    const why = await stage.why(change);
    expect(why).toMatchObject({
      outcome: 'not-told',
      reasons: ['severity', 'muted', 'snoozed'],
      explanation:
        'Its severity is below the least that the rule asks for. You had muted the clause or its document. The watchlist was snoozed.',
      mutes: [{ kind: 'document', key: `${stage.entity}-terms`, until: null }],
      watchlists: [{ id, snoozedUntil, wants: false }],
      alert: null,
      deliveries: [],
    });
  });

  it('says of each delivery what became of it', async () => {
    const gone = await webhookTo(app, stage.account, receiver.url('/gone'));
    receiver.script('/gone', { status: 400 });
    const paused = await webhookTo(app, stage.account, receiver.url('/paused'));
    await stage.call('PATCH', `/v1/destinations/${paused.id}`, { status: 'paused' });
    await follow({ destinationIds: [gone.id, paused.id] });
    const change = await stage.change();
    await stage.fanOut();
    const under = (await stage.why(change)).deliveries;
    expect(under[0]).toMatchObject({ state: 'due', reason: null, explanation: 'It is under way.' });
    await app.work();
    app.clock.advance(60);
    await app.work();
    const why = await stage.why(change);
    expect(why).toMatchObject({ outcome: 'not-told', reasons: ['destination', 'failed'] });
    expect(why.deliveries).toMatchObject([
      {
        destination: { id: gone.id },
        state: 'dead',
        reason: 'failed',
        explanation: expect.stringMatching(/^It was given up: /),
      },
      {
        destination: { id: paused.id },
        state: 'cancelled',
        reason: 'destination',
        explanation: 'It was not sent: the destination was paused.',
      },
    ]);
  });

  it('agrees with the list, change by change', async () => {
    await follow({ rule: { minSeverity: 'medium' } });
    for (const severity of ['low', 'high', 'low', 'medium'] as const) {
      app.clock.advance(60);
      await stage.told({ after: side(severity, `Words ${Math.random()}.`) });
    }
    const listed = await stage.reasons();
    const rows = await app.database.query<{ id: string }>(`select id from change where entity_id = $1`, [
      stage.entity,
    ]);
    for (const { id } of rows) {
      const { outcome, reasons } = await stage.why(id);
      expect([outcome, reasons]).toEqual(listed[id] ? ['not-told', listed[id]] : ['told', []]);
    }
  });
});

describe('who may ask', () => {
  it('is the account for itself, and the operator for it', async () => {
    await follow();
    const change = await stage.told();
    const path = `/v1/operator/accounts/${stage.account.id}/changes/${change}/why`;
    const asked = await app.call('GET', path, { token: app.operatorToken });
    expect(asked.body).toEqual(await stage.why(change));
    expect((await app.call('GET', path, { token: stage.account.token })).status).toBe(403);
    const own = await app.call('GET', `/v1/changes/${change}/why`, { token: app.operatorToken });
    expect(own.status).toBe(403);
    for (const missing of [
      `/v1/operator/accounts/999999/changes/${change}/why`,
      `/v1/operator/accounts/x/changes/${change}/why`,
      `/v1/operator/accounts/${stage.account.id}/changes/999999/why`,
      `/v1/operator/accounts/${stage.account.id}/changes/x/why`,
    ]) {
      expect((await app.call('GET', missing, { token: app.operatorToken })).status, missing).toBe(404);
    }
  });
});
