import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestApp } from '../support/app.js';
import { openEchoHouse, type EchoHouse, type EchoStage } from '../support/echo-stage.js';
import { side } from '../support/events.js';
import type { WebhookReceiver } from '../support/webhook-receiver.js';

let house: EchoHouse;
let app: TestApp;
let receiver: WebhookReceiver;
let stage: EchoStage;

beforeAll(async () => {
  house = await openEchoHouse('taken', { WEBHOOK_PER_S: '0' });
  ({ app, receiver } = house);
});
afterAll(async () => house.close());
beforeEach(() => {
  stage = house.stage();
});

const told = (account: { id: string }) =>
  stage.heard(account as never).map(({ type, about, changes }) => `${about ?? type} ${changes.join()}`);
const get = async (path: string) => (await app.call('GET', path, { token: app.operatorToken })).body;
const exposure = async () => (await get(`/v1/entities/${stage.entity}`)).exposure;
const provision = async () => get(`/v1/provisions/${stage.entity}-a`);

describe('a retraction', () => {
  it('is told to those who were told, and puts the provision back', async () => {
    const account = await stage.follower();
    await stage.change({ a: 'low', b: 'low' });
    await app.work();
    expect(await exposure()).toBe(2);
    const [change] = await stage.change({ a: 'high' });
    await app.work();
    expect(await exposure()).toBe(10);
    app.clock.advance(60);
    const answer = await stage.retract(change!.id, { reason: 'A misread capture.' });
    expect(answer.status, answer.text).toBe(202);
    expect(answer.body).toMatchObject({
      accepted: 1,
      results: [{ status: 'accepted', changeId: expect.any(String) }],
    });
    await stage.settled();
    expect(told(account)).toEqual(['alert.created a,b', 'alert.created a', 'retracted a']);
    expect(stage.heard(account).at(-1)).toMatchObject({ reason: 'A misread capture.', by: [] });
    expect(await exposure()).toBe(2);
    expect((await provision()).severity).toBe('low');
    const shown = await get(`/v1/changes/${answer.body.results[0].changeId}`);
    expect(shown.retracted).toEqual({ at: expect.any(String), reason: 'A misread capture.' });
    const page = await app.call('GET', `/changes/${answer.body.results[0].changeId}`, {});
    expect(page.text).toContain('A misread capture.');
  });

  it('is a duplicate the second time', async () => {
    const account = await stage.follower();
    await stage.change({ a: 'low' });
    const [change] = await stage.change({ a: 'high' });
    await app.work();
    const first = await stage.retract(change!.id);
    const again = await stage.retract(change!.id);
    const other = await stage.retract(change!.id, {}, { id: `other-${change!.id}` });
    for (const { body } of [again, other]) {
      expect(body).toMatchObject({ accepted: 0, duplicates: 1 });
      expect(body.results[0].changeId).toBe(first.body.results[0].changeId);
    }
    await stage.settled();
    expect(told(account).filter((one) => one.startsWith('retracted'))).toHaveLength(1);
  });

  it('of what was not sent yet keeps it from being sent', async () => {
    const account = await stage.follower();
    await stage.change({ a: 'low' });
    await app.work();
    const [change] = await stage.change({ a: 'high' });
    await stage.fanOut();
    await stage.retract(change!.id);
    await stage.settled();
    app.clock.advance(60);
    await stage.settled();
    expect(told(account)).toEqual(['alert.created a']);
  });

  it('of what is not the last change leaves the state', async () => {
    await stage.follower();
    await stage.change({ a: 'low' });
    const [change] = await stage.change({ a: 'medium' });
    await stage.change({ a: 'high' });
    await stage.retract(change!.id);
    expect((await provision()).severity).toBe('high');
  });

  it('of a revert lets what it undid stand again', async () => {
    await stage.follower();
    await stage.change({ a: 'low' });
    await stage.change({ a: 'high' });
    const [back] = await stage.change({ a: 'low' });
    await stage.retract(back!.id);
    expect((await provision()).severity).toBe('high');
    const [, high] = (await get(`/v1/changes?provision=${stage.entity}-a`)).items;
    expect(high.undoneBy).toBeNull();
    await stage.change({ a: 'low' });
    const [newest] = (await get(`/v1/changes?provision=${stage.entity}-a`)).items;
    expect(newest.verdict).toBe('reverted');
  });

  it('of an event that nobody knows is refused by its path, with its whole batch', async () => {
    const refused = await stage.retract('nobody-knows');
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([{ path: 'data.retracts.id', message: 'no such event was taken' }]);
    const batch = await app.call('POST', '/v1/events', {
      token: app.operatorToken,
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify([
        stage.event('a', 'low', { id: `${stage.entity}-x` }),
        {
          specversion: '1.0',
          type: 'provision.retracted.v1',
          source: 'https://archive.test',
          id: `${stage.entity}-r`,
          time: app.clock.now().toISOString(),
          data: { retracts: { id: `${stage.entity}-y` } },
        },
      ]),
    });
    expect(batch.body.errors[0].path).toBe('[1].data.retracts.id');
    expect((await app.call('GET', `/v1/entities/${stage.entity}`, { token: app.operatorToken })).status).toBe(
      404,
    );
  });

  it('may come in the batch of what it retracts', async () => {
    const account = await stage.follower();
    const batch = await app.call('POST', '/v1/events', {
      token: app.operatorToken,
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify([
        stage.event('a', 'low', { id: `${stage.entity}-x` }),
        {
          specversion: '1.0',
          type: 'provision.retracted.v1',
          source: 'https://archive.test',
          id: `${stage.entity}-r`,
          time: app.clock.now().toISOString(),
          data: { retracts: { id: `${stage.entity}-x` } },
        },
        stage.event('a', 'high', { id: `${stage.entity}-z` }),
      ]),
    });
    expect(batch.status, batch.text).toBe(202);
    await stage.settled();
    expect(told(account)).toEqual(['alert.created a']);
    expect(await exposure()).toBe(9);
  });
});

describe('a correction', () => {
  const corrected = (event: any, severity: 'low' | 'medium' | 'high', correction = 1, more = {}) => ({
    ...event,
    data: { ...event.data, ...more, after: side(severity, 'As it should have read.'), correction },
  });

  it('is told to those who were told, and changes the state', async () => {
    const account = await stage.follower();
    await stage.change({ a: 'low' });
    const [change] = await stage.change({ a: 'high' });
    await app.work();
    app.clock.advance(60);
    await app.postEvents([corrected(change, 'medium', 2)]);
    await stage.settled();
    expect(told(account)).toEqual(['alert.created a', 'alert.created a', 'corrected a']);
    expect((await provision()).severity).toBe('medium');
    expect(await exposure()).toBe(3);
    const [newest, ...others] = (await get(`/v1/changes?provision=${stage.entity}-a`)).items;
    expect(others).toHaveLength(1);
    expect(newest).toMatchObject({
      correction: 2,
      delta: { kind: 'escalated', after: 'medium' },
      exposure: { entity: { before: 1, after: 3 } },
    });
  });

  it('is a duplicate when it is no higher', async () => {
    await stage.change({ a: 'low' });
    const [change] = await stage.change({ a: 'high' });
    await app.postEvents([corrected(change, 'medium', 2)]);
    for (const correction of [0, 1, 2]) {
      const answer = await app.call('POST', '/v1/events', {
        token: app.operatorToken,
        headers: { 'content-type': 'application/cloudevents+json' },
        body: JSON.stringify(corrected(change, 'low', correction)),
      });
      expect(answer.body).toMatchObject({ duplicates: 1 });
    }
    expect((await provision()).severity).toBe('medium');
  });

  it('goes out as corrected when it was not sent yet, though the message was made already', async () => {
    const [first, second] = [await stage.follower(), await stage.follower()];
    await stage.change({ a: 'low' });
    await app.work();
    receiver.script(`/${second.id}`, { status: 503 }, { status: 204 });
    const [change] = await stage.change({ a: 'high' });
    await app.work();
    app.clock.advance(1);
    await app.postEvents([corrected(change, 'medium')]);
    app.clock.advance(3_600);
    await stage.settled();
    app.clock.advance(3_600);
    await stage.settled();
    expect(told(first)).toEqual(['alert.created a', 'alert.created a', 'corrected a']);
    const bodies = receiver.requests
      .filter(({ path }) => path === `/${second.id}`)
      .map(({ body }) => JSON.parse(body.toString()).data.changes[0].delta.after);
    expect(bodies).toEqual(['low', 'high', 'medium']);
  });

  it('reaches those who want it only now', async () => {
    const account = await stage.follower({ rule: { minSeverity: 'high' } });
    await stage.change({ a: 'low' });
    const [change] = await stage.change({ a: 'medium' });
    await app.work();
    app.clock.advance(60);
    await app.postEvents([corrected(change, 'high')]);
    await stage.settled();
    expect(told(account)).toEqual(['alert.created a']);
  });

  it('is a change when it is the first that is heard of it', async () => {
    const account = await stage.follower();
    await app.postEvents([corrected(stage.event('a', 'low'), 'medium', 3)]);
    await app.work();
    expect(told(account)).toEqual(['alert.created a']);
  });

  it('that is about something else is refused by its path', async () => {
    const [change] = await stage.change({ a: 'low' });
    const other = corrected(change, 'high', 1, { provision: { ...change!.data.provision, id: 'other' } });
    const answer = await app.call('POST', '/v1/events', {
      token: app.operatorToken,
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify({ ...other, subject: 'other' }),
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0].path).toBe('data.provision.id');
  });
});
