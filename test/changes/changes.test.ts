import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

const post = async (event: unknown) => {
  const answer = await app.call('POST', '/v1/events', {
    token: app.operatorToken,
    headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify(event),
  });
  expect(answer.status, answer.text).toBe(202);
  return changeOf(answer.body.results[0].changeId);
};
const changeOf = async (id: string) =>
  (await app.call('GET', `/v1/changes/${id}`, { token: app.operatorToken })).body;
const provision = async (id: string) =>
  (await app.call('GET', `/v1/provisions/${id}`, { token: app.operatorToken })).body;
const exposureOf = async (id: string) =>
  (await app.call('GET', `/v1/entities/${id}`, { token: app.operatorToken })).body.exposure;

describe('the last known state', () => {
  it('stands in for a before that the event leaves out', async () => {
    await post(
      provisionEvent({ entity: 'a', time: '2026-01-01T00:00:00Z', after: side('low', 'You may ask us.') }),
    );
    const change = await post(
      provisionEvent({
        entity: 'a',
        time: '2026-01-02T00:00:00Z',
        after: side('high', 'You may not ask us.'),
      }),
    );
    expect(change.delta).toEqual({
      kind: 'escalated',
      before: 'low',
      after: 'high',
      change: 2,
      direction: 'rise',
    });
    expect(change.text.before).toBe('You may ask us.');
    expect(change).toMatchObject({ late: false, gap: false });
  });

  it('introduces what was never heard of, and withdraws', async () => {
    expect((await post(provisionEvent({ entity: 'b', time: '2026-01-01T00:00:00Z' }))).delta.kind).toBe(
      'introduced',
    );
    const gone = await post(provisionEvent({ entity: 'b', time: '2026-01-02T00:00:00Z', after: null }));
    expect(gone.delta).toEqual({
      kind: 'withdrawn',
      before: 'medium',
      after: null,
      change: -2,
      direction: 'fall',
    });
    expect(await provision('b-terms-1')).toMatchObject({ severity: null, text: null });
  });

  it('calls a change cosmetic when the words stay', async () => {
    await post(
      provisionEvent({
        entity: 'c',
        time: '2026-01-01T00:00:00Z',
        after: side('low', 'We "may" share data.'),
      }),
    );
    const change = await post(
      provisionEvent({
        entity: 'c',
        time: '2026-01-02T00:00:00Z',
        after: side('low', '<b>We</b>  “may” share  DATA'),
      }),
    );
    expect(change.delta).toMatchObject({ kind: 'cosmetic', change: 0, direction: 'same' });
  });

  it('keeps a late change as history that moves no state', async () => {
    await post(provisionEvent({ entity: 'd', time: '2026-01-01T00:00:00Z', after: side('low', 'first') }));
    await post(provisionEvent({ entity: 'd', time: '2026-01-10T00:00:00Z', after: side('high', 'third') }));
    const late = await post(
      provisionEvent({ entity: 'd', time: '2026-01-05T00:00:00Z', after: side('medium', 'second') }),
    );
    expect(late).toMatchObject({ late: true, delta: { kind: 'escalated', before: 'low', after: 'medium' } });
    expect(late.text.before).toBe('first');
    expect(late.exposure.document).toEqual({ before: 9, after: 9 });
    expect(await provision('d-terms-1')).toMatchObject({ severity: 'high', text: 'third' });
    expect(await exposureOf('d')).toBe(9);
  });

  it('marks a change whose before contradicts it, and goes on from the event', async () => {
    await post(provisionEvent({ entity: 'e', time: '2026-01-01T00:00:00Z', after: side('low', 'one') }));
    const gap = await post(
      provisionEvent({
        entity: 'e',
        time: '2026-01-02T00:00:00Z',
        before: side('medium', 'two'),
        after: side('high', 'three'),
      }),
    );
    expect(gap).toMatchObject({ gap: true, delta: { before: 'medium', after: 'high' } });
    expect(gap.exposure.document).toEqual({ before: 3, after: 9 });
    const next = await post(
      provisionEvent({
        entity: 'e',
        time: '2026-01-03T00:00:00Z',
        before: side('high', 'Three!'),
        after: side('low', 'four'),
      }),
    );
    expect(next.gap).toBe(false);
  });

  it('rolls exposure up over the provisions of a document and of an entity', async () => {
    const at = (n: number) => `2026-02-0${n}T00:00:00Z`;
    await post(
      provisionEvent({ entity: 'f', document: 'f-1', provision: 'f-1-a', time: at(1), after: side('high') }),
    );
    await post(
      provisionEvent({ entity: 'f', document: 'f-1', provision: 'f-1-b', time: at(2), after: side('low') }),
    );
    const third = await post(
      provisionEvent({
        entity: 'f',
        document: 'f-2',
        provision: 'f-2-a',
        time: at(3),
        after: side('medium'),
      }),
    );
    expect(third.exposure).toEqual({ document: { before: 0, after: 3 }, entity: { before: 10, after: 13 } });
    const fourth = await post(
      provisionEvent({ entity: 'f', document: 'f-1', provision: 'f-1-a', time: at(4), after: null }),
    );
    expect(fourth.exposure).toEqual({ document: { before: 10, after: 1 }, entity: { before: 13, after: 4 } });
  });

  it('carries the standing among the other entities of the same clause type', async () => {
    const clause = (entity: string, severity: 'low' | 'medium' | 'high') =>
      provisionEvent({ entity, clauseType: 'standing-test', after: side(severity) });
    for (const [entity, severity] of [
      ['s1', 'low'],
      ['s2', 'medium'],
      ['s3', 'high'],
      ['s4', 'high'],
    ] as const) {
      await post(clause(entity, severity));
    }
    await post(
      provisionEvent({
        entity: 's5',
        document: 's5-other',
        clauseType: 'standing-test',
        after: side('high'),
      }),
    );
    expect((await post(clause('s5', 'medium'))).standing).toEqual({ lower: 1, equal: 1, higher: 2 });
  });

  it('follows a provision that moves to another document and entity', async () => {
    await post(
      provisionEvent({ entity: 'g', provision: 'moving', time: '2026-01-01T00:00:00Z', after: side('high') }),
    );
    const moved = await post(
      provisionEvent({ entity: 'h', provision: 'moving', time: '2026-01-02T00:00:00Z', after: side('low') }),
    );
    expect(moved.exposure.entity).toEqual({ before: 9, after: 1 });
    expect([await exposureOf('g'), await exposureOf('h')]).toEqual([0, 1]);
  });

  it('ends in the same state whether changes of one entity come at once or one after the other', async () => {
    const severities = ['low', 'medium', 'high'] as const;
    const events = (entity: string) =>
      Array.from({ length: 24 }, (_, n) =>
        provisionEvent({
          entity,
          provision: `${entity}-${n % 4}`,
          time: new Date(Date.UTC(2026, 3, 1, 0, n)).toISOString(),
          after: n % 7 === 6 ? null : side(severities[n % 3] ?? 'low', `wording ${n}`),
          before: n < 4 ? null : side('low', 'claimed'),
        }),
      );
    for (const event of events('serial')) await post(event);
    await Promise.all(events('parallel').map(post));
    const state = async (entity: string) =>
      Promise.all(
        [0, 1, 2, 3].map(async (n) => {
          const { severity, text } = await provision(`${entity}-${n}`);
          return { severity, text };
        }),
      );
    expect(await state('parallel')).toEqual(await state('serial'));
    expect(await exposureOf('parallel')).toBe(await exposureOf('serial'));
    const { items } = (
      await app.call('GET', '/v1/changes?entity=parallel&limit=200', { token: app.operatorToken })
    ).body;
    expect(items).toHaveLength(24);
    const [document] = await app.database.query<{ exposure: number }>(
      `select exposure from document where id = 'parallel-terms'`,
    );
    expect(document?.exposure).toBe(await exposureOf('parallel'));
  });
});

describe('revisions', () => {
  const parts = async (revision: string) =>
    app.database.query<{ part: number; received: number; settled: boolean }>(
      `select part, received, settled_at is not null as settled from revision where external_id = $1 order by part`,
      [revision],
    );
  const ofRevision = (id: string, n: number, size?: number) =>
    provisionEvent({
      entity: 'rev',
      document: `doc-${id}`,
      provision: `${id}-${n}`,
      revision: { id, ...(size !== undefined && { size }) },
    });

  it('settle when their size is in', async () => {
    await post(ofRevision('sized', 1, 2));
    expect(await parts('sized')).toEqual([{ part: 0, received: 1, settled: false }]);
    await post(ofRevision('sized', 2, 2));
    expect(await parts('sized')).toEqual([{ part: 0, received: 2, settled: true }]);
  });

  it('settle after quiet time when the size is unknown, or when events are missing', async () => {
    const { ChangeService } = await import('../../src/changes/change.service.js');
    const changes = app.app.get(ChangeService);
    await post(ofRevision('quiet', 1));
    await post(ofRevision('short', 1, 3));
    app.clock.advance(29);
    await post(ofRevision('quiet', 2));
    app.clock.advance(29);
    await changes.settleQuiet();
    expect(await parts('quiet')).toEqual([{ part: 0, received: 2, settled: false }]);
    expect(await parts('short')).toEqual([{ part: 0, received: 1, settled: true }]);
    app.clock.advance(2);
    await changes.settleQuiet();
    expect(await parts('quiet')).toEqual([{ part: 0, received: 2, settled: true }]);
  });

  it('open a follow-up part for a straggler', async () => {
    await post(ofRevision('done', 1, 1));
    await post(ofRevision('done', 2, 1));
    expect(await parts('done')).toEqual([
      { part: 0, received: 1, settled: true },
      { part: 1, received: 1, settled: true },
    ]);
  });

  it('stand alone without an id', async () => {
    await post(provisionEvent({ entity: 'alone' }));
    await post(provisionEvent({ entity: 'alone', after: side('high') }));
    const rows = await app.database.query(
      `select 1 from revision where entity_id = 'alone' and settled_at is not null`,
    );
    expect(rows).toHaveLength(2);
  });
});
