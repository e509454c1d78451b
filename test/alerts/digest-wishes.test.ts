import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { coverageWords } from '../../src/domain/digest-words.js';
import { unreachableEvent } from '../support/checks.js';
import { netOf, settle } from '../support/digest-desk.js';
import { DigestScene } from '../support/digest-scene.js';
import { side } from '../support/events.js';
import { deliveriesOf } from '../support/watching.js';

let scene: DigestScene;
beforeAll(async () => {
  scene = await DigestScene.open();
});
afterAll(async () => scene.app.stop());
beforeEach(async () => scene.begin());
afterEach(async () => scene.end());

const daily = { mode: 'daily', at: '08:00' };

describe('a change of mind before the digest goes out', () => {
  it('leaves out what was muted', async () => {
    await scene.follow(daily);
    await scene.change('a', side('low'));
    await scene.change('b', side('low'));
    const muted = await scene.call('PUT', `/v1/mutes/provision/${scene.entity}-a`, {});
    expect(muted.status, muted.text).toBeLessThan(300);
    await scene.tomorrow();
    expect(netOf(scene.digests[0]).map(([provision]) => provision)).toEqual([`${scene.entity}-b`]);
  });

  it.each([
    ['a watchlist that is deleted', async (list: string) => scene.call('DELETE', `/v1/watchlists/${list}`)],
    [
      'a destination that is taken off',
      async (list: string) => scene.call('PATCH', `/v1/watchlists/${list}`, { destinationIds: [] }),
    ],
    [
      'another rule',
      async (list: string) =>
        scene.call('PATCH', `/v1/watchlists/${list}`, { rule: { minSeverity: 'high' } }),
    ],
    [
      'an unfollow',
      async (list: string) =>
        scene.call('DELETE', `/v1/watchlists/${list}/follows/entity/${scene.entity}`, {
          token: scene.account.token,
        }),
    ],
  ])('%s leaves nothing to tell', async (_name, change_) => {
    const list = await scene.follow(daily);
    await scene.change('a', side('low'));
    expect((await change_(list)).status).toBeLessThan(300);
    await scene.tomorrow();
    expect(scene.digests).toEqual([]);
    expect((await scene.reasons()).at(-1)).toEqual(['digest', 'cancelled', 'nothing of it is left to tell']);
  });

  it('a pause cancels it; recovered, it goes out as one', async () => {
    await scene.follow(daily);
    const since = scene.app.clock.now();
    await scene.change('a', side('low'));
    await scene.change('b', side('low'));
    const { body } = await scene.call('GET', '/v1/destinations');
    const id = body.items[0].id;
    const set = async (status: string) => scene.call('PATCH', `/v1/destinations/${id}`, { status });
    await set('paused');
    await scene.tomorrow();
    expect(scene.digests).toEqual([]);
    expect((await deliveriesOf(scene.app, scene.account)).find(({ kind }) => kind === 'digest').reason).toBe(
      'the destination is paused',
    );
    await set('active');
    const recovered = await scene.call('POST', `/v1/destinations/${id}/recover`, { since });
    expect(recovered.body).toEqual({ recovered: 1 });
    await scene.app.work();
    expect(scene.digests).toMatchObject([{ total: 2 }]);
  });
});

describe('a heartbeat', () => {
  it('comes at the end of each window, even when nothing changed', async () => {
    await scene.change('a', side('low'));
    await scene.follow({ ...daily, heartbeat: true });
    await scene.app.work();
    await scene.tomorrow();
    await scene.tomorrow();
    expect(scene.digests).toMatchObject([
      { total: 0, entities: [], coverage: { documents: 1, lastVerified: expect.any(String) } },
      { total: 0, entities: [], coverage: { documents: 1, lastVerified: expect.any(String) } },
    ]);
    expect(scene.digests[1]?.from).toBe(scene.digests[0]?.until);
  });

  it('does not count as checked what is out of sight', async () => {
    await scene.change('a', side('low'));
    await scene.follow({ ...daily, heartbeat: true });
    await scene.app.work();
    await scene.app.postEvents([
      unreachableEvent({
        entity: scene.entity,
        document: `${scene.entity}-terms`,
        time: scene.app.clock.now(),
      }),
    ]);
    await scene.tomorrow();
    expect(scene.digests).toMatchObject([{ coverage: { documents: 1, unseen: 1 } }]);
    expect(coverageWords(scene.digests[0]!)).toMatch(
      /looked at none of them in this time, .*; 1 is out of sight\.$/,
    );
  });

  it('does not come while its watchlist sleeps, and says no word of what it slept through', async () => {
    const list = await scene.follow({ ...daily, heartbeat: true });
    await scene.app.work();
    const snooze = async (snoozedUntil: string | null) =>
      scene.call('PATCH', `/v1/watchlists/${list}`, { snoozedUntil });
    const later = new Date(scene.app.clock.now().getTime() + 5 * 86_400_000).toISOString();
    expect((await snooze(later)).status).toBe(200);
    await scene.change('a', side('low'));
    await scene.tomorrow();
    await scene.tomorrow();
    expect(scene.digests).toEqual([]);
    await snooze(null);
    const awakeAt = scene.app.clock.now().toISOString();
    await scene.app.work();
    await scene.tomorrow();
    expect(scene.digests).toMatchObject([{ total: 0, entities: [] }]);
    // It is about no window that the watchlist slept through.
    expect(Date.parse(awakeAt) - Date.parse(scene.digests[0]!.from)).toBeLessThan(120_000);
  });

  it('ends when it is not asked for any more', async () => {
    const list = await scene.follow({ ...daily, heartbeat: true });
    await scene.app.work();
    await scene.call('PATCH', `/v1/watchlists/${list}`, { cadence: daily });
    await scene.tomorrow();
    expect(scene.digests).toEqual([]);
  });
});

it('moves with its reader to another time zone', async () => {
  await scene.follow(daily);
  await scene.change('a', side('low'));
  await settle(scene.app, scene.account, { timeZone: 'America/Phoenix' });
  await scene.app.work();
  scene.app.clock.advance(4 * 3_600 + 59 * 60);
  await scene.app.work();
  expect(scene.digests).toEqual([]);
  scene.app.clock.advance(120);
  await scene.app.work();
  expect(scene.digests).toMatchObject([{ timeZone: 'America/Phoenix', total: 1 }]);
  expect(scene.digests[0]?.until.slice(10)).toBe('T15:00:00.000Z');
});
