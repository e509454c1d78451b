import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ingestLines } from '../../src/commands/ingest-file.js';
import { LostDocuments } from '../../src/coverage/lost-documents.service.js';
import { Intake } from '../../src/intake/intake.js';
import { startApp, type TestApp } from '../support/app.js';
import { checkedEvent, lookForLost, passDays, unreachableEvent } from '../support/checks.js';
import { provisionEvent, side } from '../support/events.js';

let app: TestApp;
let entity: string;
let entities = 0;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());
beforeEach(() => {
  entity = `seen${++entities}`;
});

const batch = { 'content-type': 'application/cloudevents-batch+json' };
const send = async (events: readonly unknown[]) =>
  app.call('POST', '/v1/events', { token: app.operatorToken, headers: batch, body: JSON.stringify(events) });
const read = async (path: string) =>
  (await app.call('GET', `/v1/${path}`, { token: app.operatorToken })).body;
const document = async (id = `${entity}-terms`) => read(`documents/${id}`);
const minutesAgo = (minutes: number) => new Date(app.clock.now().getTime() - minutes * 60_000);
const lastVerified = async () => (await document()).lastVerified;

describe('events of checks', () => {
  it('are taken with changes in one batch, and answered in its order', async () => {
    const change = provisionEvent({ entity, before: null });
    const check = checkedEvent({ entity, time: minutesAgo(5) });
    const lost = unreachableEvent({ entity, document: `${entity}-privacy`, time: minutesAgo(4) });
    const answer = await send([check, change, lost, check, change]);
    expect(answer.status, answer.text).toBe(202);
    expect(answer.body).toEqual({
      accepted: 3,
      duplicates: 2,
      results: [
        { id: check.id, status: 'accepted', changeId: null, delta: null },
        {
          id: change.id,
          status: 'accepted',
          changeId: expect.any(String),
          delta: expect.objectContaining({ kind: 'introduced' }),
        },
        { id: lost.id, status: 'accepted', changeId: null, delta: null },
        { id: check.id, status: 'duplicate', changeId: null, delta: null },
        {
          id: change.id,
          status: 'duplicate',
          changeId: expect.any(String),
          delta: expect.objectContaining({ kind: 'introduced' }),
        },
      ],
    });
    expect((await send([check, lost])).body).toMatchObject({ accepted: 0, duplicates: 2 });
  });

  it('are taken by themselves, structured and in binary mode', async () => {
    await app.postEvents([checkedEvent({ entity, time: minutesAgo(9) })]);
    const { data, ...attributes } = checkedEvent({ entity, time: minutesAgo(3) });
    const headers = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [`ce-${name}`, encodeURIComponent(value)]),
    );
    const answer = await app.call('POST', '/v1/events', {
      token: app.operatorToken,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(data),
    });
    expect(answer.status, answer.text).toBe(202);
    expect(await lastVerified()).toBe(minutesAgo(3).toISOString());
  });

  it('are taken from a file among changes', async () => {
    const lines = [provisionEvent({ entity, before: null }), checkedEvent({ entity, time: minutesAgo(2) })]
      .map((event) => JSON.stringify(event))
      .join('\n');
    const quietly = { advance: () => undefined };
    const ingest = async () => ingestLines(app.app.get(Intake), Readable.from([lines]), false, quietly);
    expect(await ingest()).toEqual({ accepted: 2, duplicates: 0 });
    expect(await ingest()).toEqual({ accepted: 0, duplicates: 2 });
    expect(await lastVerified()).toBe(minutesAgo(2).toISOString());
  });

  it('make documents and entities known that nobody told of before', async () => {
    await send([
      checkedEvent({ entity, title: 'A policy', url: 'https://acme.test/p', time: minutesAgo(1) }),
    ]);
    expect(await document()).toEqual({
      id: `${entity}-terms`,
      title: 'A policy',
      url: 'https://acme.test/p',
      lastUpdated: null,
      lastVerified: minutesAgo(1).toISOString(),
      unreachable: null,
      entity: { id: entity, name: expect.any(String) },
      exposure: 0,
      provisions: [],
    });
    expect((await read(`entities/${entity}`)).documents[0]).toMatchObject({
      lastVerified: minutesAgo(1).toISOString(),
      unreachable: null,
    });
  });

  it('give the names of the newest event', async () => {
    await send([checkedEvent({ entity, title: 'Middle', time: minutesAgo(5) })]);
    await send([checkedEvent({ entity, title: 'Old', time: minutesAgo(9) })]);
    expect((await document()).title).toBe('Middle');
    await send([checkedEvent({ entity, title: 'New', time: minutesAgo(1) })]);
    expect((await document()).title).toBe('New');
  });

  it('come in any order, and move nothing back', async () => {
    const [first, second, third] = [9, 6, 3].map((minutes) => minutesAgo(minutes));
    await send([checkedEvent({ entity, time: second! })]);
    await send([checkedEvent({ entity, time: first! }), unreachableEvent({ entity, time: first! })]);
    expect(await document()).toMatchObject({ lastVerified: second!.toISOString(), unreachable: null });
    await send([unreachableEvent({ entity, time: third!, data: { detail: 'HTTP 503' } })]);
    expect((await document()).unreachable).toEqual({ since: third!.toISOString(), detail: 'HTTP 503' });
    await send([checkedEvent({ entity, time: first! })]);
    expect((await document()).unreachable).not.toBeNull();
    await send([checkedEvent({ entity, time: minutesAgo(0) })]);
    expect((await document()).unreachable).toBeNull();
  });

  it('say when the archive looked, which need not be when it told', async () => {
    await send([
      checkedEvent({ entity, time: minutesAgo(1), data: { checkedAt: minutesAgo(50).toISOString() } }),
    ]);
    expect(await lastVerified()).toBe(minutesAgo(50).toISOString());
    await send([
      unreachableEvent({ entity, time: minutesAgo(1), data: { since: minutesAgo(30).toISOString() } }),
    ]);
    expect((await document()).unreachable.since).toBe(minutesAgo(30).toISOString());
  });

  it('of a clock that is ahead count as of now', async () => {
    await send([checkedEvent({ entity, time: minutesAgo(-600) })]);
    expect(await lastVerified()).toBe(app.clock.now().toISOString());
  });

  it.each([
    ['checkedAt', checkedEvent({ time: '2026-05-01T00:00:00Z', data: { checkedAt: 'soon' } })],
    ['since', unreachableEvent({ time: '2026-05-01T00:00:00Z', data: { since: 7 } })],
    ['detail', unreachableEvent({ time: '2026-05-01T00:00:00Z', data: { detail: 'x'.repeat(1_001) } })],
    ['document.title', checkedEvent({ time: '2026-05-01T00:00:00Z', title: '' })],
  ])('with a bad %s are refused by its path, and nothing of the batch is kept', async (path, event) => {
    const answer = await send([checkedEvent({ entity, time: minutesAgo(1) }), event]);
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map((fault: { path: string }) => fault.path)).toEqual([`[1].data.${path}`]);
    expect(
      (await app.call('GET', `/v1/documents/${entity}-terms`, { token: app.operatorToken })).status,
    ).toBe(404);
  });

  it('whose subject is another document are refused', async () => {
    const event = { ...checkedEvent({ entity, time: minutesAgo(1) }), subject: 'other' };
    expect((await send([event])).body.errors).toEqual([
      { path: '[0].subject', message: 'must be the id of data.document' },
    ]);
  });

  it('are not kept when a change of the batch can not be true, which is named by its place', async () => {
    const check = checkedEvent({ entity, time: minutesAgo(1) });
    const untrue = {
      ...provisionEvent({ entity }),
      data: { ...provisionEvent({ entity }).data, after: null },
    };
    const answer = await send([check, untrue]);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ path: '[1].data.after' }]);
    expect((await send([check])).body.accepted).toBe(1);
  });

  it('are taken once when the same ones come at once, with changes of the same documents between', async () => {
    const checks = Array.from({ length: 50 }, (_, n) =>
      checkedEvent({ entity, document: `${entity}-${n}`, time: minutesAgo(n) }),
    );
    const changes = Array.from({ length: 5 }, (_, n) =>
      provisionEvent({ entity, document: `${entity}-${n}`, before: null }),
    );
    const answers = await Promise.all(
      Array.from({ length: 6 }, async (_, n) =>
        send(n % 2 === 0 ? checks.toReversed() : [...checks, ...changes]),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    const accepted = answers.reduce((sum, { body }) => sum + body.accepted, 0);
    expect(accepted).toBe(55);
  });

  it('of a big batch cost a handful of statements', async () => {
    const checks = Array.from({ length: 1_000 }, (_, n) =>
      checkedEvent({ entity, document: `${entity}-${n}`, time: minutesAgo(1) }),
    );
    const startedAt = performance.now();
    const answer = await send(checks);
    expect(answer.body.accepted).toBe(1_000);
    // Some 60 ms; a statement an event would take many times that.
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect((await document(`${entity}-999`)).lastVerified).toBe(minutesAgo(1).toISOString());
  });

  it('are forgotten after a week, when a repeat moves nothing either', async () => {
    const check = checkedEvent({ entity, time: minutesAgo(1) });
    await send([check]);
    const seenAt = await lastVerified();
    passDays(app, 6.9);
    await app.app.get(LostDocuments).forgetEvents();
    expect((await send([check])).body.duplicates).toBe(1);
    passDays(app, 0.2);
    await app.app.get(LostDocuments).forgetEvents();
    expect((await send([check])).body.accepted).toBe(1);
    expect(await lastVerified()).toBe(seenAt);
  });
});

describe('a change', () => {
  it('shows that its document was seen, when it was captured', async () => {
    const capturedAt = minutesAgo(20).toISOString();
    await app.postEvents([
      provisionEvent({
        entity,
        time: minutesAgo(10).toISOString(),
        after: { ...side('high'), capture: { capturedAt } },
      }),
    ]);
    expect(await lastVerified()).toBe(capturedAt);
    await app.postEvents([provisionEvent({ entity, time: minutesAgo(5).toISOString() })]);
    expect(await lastVerified()).toBe(minutesAgo(5).toISOString());
  });

  it('that is older moves nothing back, neither what was seen nor the names', async () => {
    await send([checkedEvent({ entity, title: 'New', time: minutesAgo(5) })]);
    await app.postEvents([provisionEvent({ entity, time: minutesAgo(60).toISOString() })]);
    expect(await document()).toMatchObject({ title: 'New', lastVerified: minutesAgo(5).toISOString() });
  });

  it('brings back into sight what was unreachable', async () => {
    await send([unreachableEvent({ entity, time: minutesAgo(9) })]);
    await app.postEvents([provisionEvent({ entity, time: minutesAgo(3).toISOString() })]);
    expect(await document()).toMatchObject({
      lastVerified: minutesAgo(3).toISOString(),
      unreachable: null,
    });
  });

  it('seen in time though its event is older than what is known of the names', async () => {
    await send([
      checkedEvent({
        entity,
        title: 'New',
        time: minutesAgo(5),
        data: { checkedAt: minutesAgo(90).toISOString() },
      }),
    ]);
    await app.postEvents([provisionEvent({ entity, time: minutesAgo(60).toISOString() })]);
    expect(await document()).toMatchObject({ title: 'New', lastVerified: minutesAgo(60).toISOString() });
  });

  it('of a clock that is ahead counts as seen now', async () => {
    await app.postEvents([provisionEvent({ entity, time: minutesAgo(-600).toISOString() })]);
    expect(await lastVerified()).toBe(app.clock.now().toISOString());
    await lookForLost(app);
  });
});
