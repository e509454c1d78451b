import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChangeService } from '../../src/changes/change.service.js';
import { startApp, type TestApp } from '../support/app.js';
import { blocked, hold } from '../support/database-locks.js';
import { provisionEvent, side } from '../support/events.js';
import { alertsOf, watch } from '../support/watching.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

type Event = ReturnType<typeof provisionEvent>;

/** Lets a batch do everything but keep its changes: it is about to commit, with all its locks. */
const beforeChanges = 'lock table change in share mode';
/** Lets a batch read the states that it goes on from, and write nothing yet. */
const beforeRevisions = 'lock table revision in share mode';

const send = async (events: readonly Event[]) => {
  const answer = await app.call('POST', '/v1/events', {
    token: app.operatorToken,
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify(events),
  });
  expect(answer.status, answer.text).toBe(202);
  return answer.body;
};
/** Sends the batches one after the other, so that each comes upon all before it, and lets them go together. */
const sendAtOnce = async (where: string, ...batches: Event[][]) => {
  const sent: Promise<any>[] = [];
  await hold(app.database, where, async () => {
    for (const batch of batches) {
      sent.push(send(batch));
      await blocked(app.database, sent.length);
    }
  });
  return Promise.all(sent);
};
const get = async (path: string) => app.call('GET', path, { token: app.operatorToken });
const exposureOf = async (entity: string) => (await get(`/v1/entities/${entity}`)).body.exposure;
/** Exposure as rolled up and as the provisions add up to it, of what is called so. */
const rollUps = async (name: string) =>
  app.database.query<{ id: string; exposure: number; sum: number }>(
    `select one.id, one.exposure,
       (select coalesce(sum(case rank when 1 then 1 when 2 then 3 when 3 then 9 else 0 end), 0)::integer
        from provision where one.id in (entity_id, document_id)) as sum
     from (select id, exposure from entity union all select id, exposure from document) one
     where id like $1 order by id`,
    [`${name}%`],
  );

describe('a revision that goes quiet while a batch adds to it', () => {
  const settle = async () => app.app.get(ChangeService).settleQuiet();
  const changesAlerted = async (name: string, meanwhile: () => Promise<unknown>) => {
    const account = await app.createAccount();
    await watch(app, account, [['entity', name]]);
    const of = (n: number) =>
      provisionEvent({ entity: name, provision: `${name}-${n}`, revision: { id: name } });
    await send([of(1)]);
    const second = await hold(app.database, beforeChanges, async () => {
      const sent = send([of(2)]);
      await blocked(app.database, 1);
      app.clock.advance(31);
      await meanwhile();
      return [sent];
    });
    await Promise.all(second);
    for (let n = 0; n < 3; n++) {
      await app.work();
      app.clock.advance(31);
      await settle();
    }
    const alerts = await alertsOf(app, account);
    const ids: string[] = alerts.flatMap(({ changes }) => changes.map((change: any) => change.provision.id));
    return ids.toSorted();
  };

  it('alerts of both when it settles before the batch commits', async () => {
    expect(await changesAlerted('settled', settle)).toEqual(['settled-1', 'settled-2']);
  });

  it('alerts of both when it is fanned out before the batch commits', async () => {
    const fanOut = async () => {
      await settle();
      await app.work();
    };
    expect(await changesAlerted('fanned', fanOut)).toEqual(['fanned-1', 'fanned-2']);
  });

  it('holds up nobody who settles the others', async () => {
    app.clock.advance(31);
    await settle();
    await send(['held', 'free'].map((id) => provisionEvent({ entity: id, revision: { id } })));
    app.clock.advance(31);
    const held = `select from revision where external_id = 'held' for update`;
    expect(await hold(app.database, held, settle)).toBe(1);
    expect(await Promise.all([settle(), settle()]).then(([a, b]) => a + b)).toBe(1);
    expect(await settle()).toBe(0);
  });
});

describe('one provision under two entities at once', () => {
  const at = (day: number) => `2026-06-0${day}T00:00:00Z`;
  const of = (name: string, entity: string, day: number, severity: 'low' | 'medium' | 'high') =>
    provisionEvent({
      entity: `${name}-${entity}`,
      provision: name,
      time: at(day),
      after: side(severity, `day ${day}`),
    });
  const standing = async (name: string) => ({
    text: (await get(`/v1/provisions/${name}`)).body.text,
    exposure: [await exposureOf(`${name}-a`), await exposureOf(`${name}-b`)],
  });

  /** The newer one is first, so that the older one is late, whatever both found before they began. */
  const newerThenOlder = async (name: string) => {
    const answers = await sendAtOnce(
      beforeRevisions,
      [of(name, 'a', 3, 'high')],
      [of(name, 'b', 2, 'medium')],
    );
    return Promise.all(
      answers.map(async ({ results }) => (await get(`/v1/changes/${results[0].changeId}`)).body.late),
    );
  };

  it('ends in the newer state when nobody knew the provision', async () => {
    expect(await newerThenOlder('new')).toEqual([false, true]);
    expect(await standing('new')).toEqual({ text: 'day 3', exposure: [9, 0] });
  });

  it('ends in the newer state when it was known', async () => {
    await send([of('old', 'a', 1, 'low')]);
    expect(await newerThenOlder('old')).toEqual([false, true]);
    expect(await standing('old')).toEqual({ text: 'day 3', exposure: [9, 0] });
  });

  it.each([
    ['another document of the entity', 'left-entity', 'left-entity-a-other'],
    ['the same document', 'left-document', 'left-document-a-terms'],
  ])('leaves exposure right where it was, while %s changes', async (_what, name, document) => {
    const stays = (day: number, severity: 'low' | 'high') =>
      provisionEvent({
        entity: `${name}-a`,
        document,
        provision: `${name}-stays`,
        time: at(day),
        after: side(severity),
      });
    await send([stays(1, 'low'), of(name, 'a', 1, 'low')]);
    await sendAtOnce(beforeChanges, [stays(2, 'high')], [of(name, 'b', 2, 'medium')]);
    const rolledUp = await rollUps(name);
    expect(rolledUp.map(({ id, exposure }) => ({ id, exposure }))).toEqual(
      rolledUp.map(({ id, sum }) => ({ id, exposure: sum })),
    );
    expect([await exposureOf(`${name}-a`), await exposureOf(`${name}-b`)]).toEqual([9, 3]);
  });
});

describe('one event at once', () => {
  it('is one change, though it names two entities', async () => {
    const named = (entity: string) => [provisionEvent({ id: 'twice', entity })];
    const answers = await sendAtOnce(beforeChanges, named('twice-a'), named('twice-b'));
    // Neither has what the other waits for: either may be first.
    const first = answers.findIndex(({ accepted }) => accepted === 1);
    const [taken, known] = [answers[first], answers[1 - first]];
    expect(known).toMatchObject({
      accepted: 0,
      duplicates: 1,
      results: [{ status: 'duplicate', changeId: taken.results[0].changeId }],
    });
    const entities = ['twice-a', 'twice-b'];
    const { items } = (await get(`/v1/changes?entity=${entities[first]}`)).body;
    expect(items).toHaveLength(1);
    expect((await get(`/v1/entities/${entities[1 - first]}`)).status).toBe(404);
  });

  it('is one change, though many send it', async () => {
    const batch = [provisionEvent({ id: 'many', entity: 'many' })];
    const answers = await sendAtOnce(beforeChanges, batch, batch, batch);
    expect(answers.map(({ accepted }) => accepted)).toEqual([1, 0, 0]);
  });

  it('makes no entity when it comes again under another', async () => {
    await send([provisionEvent({ id: 'again', entity: 'again-a' })]);
    await send([provisionEvent({ id: 'again', entity: 'again-ghost' })]);
    expect((await get('/v1/entities/again-ghost')).status).toBe(404);
  });
});

describe('documents of one entity at once', () => {
  it('leave a chain of exposure: each change goes on from where the former ended', async () => {
    const of = (n: number) =>
      provisionEvent({ entity: 'chain', document: `chain-${n}`, after: side(n % 2 === 0 ? 'high' : 'low') });
    await send([of(0)]);
    await sendAtOnce(beforeChanges, [of(1)], [of(2)], [of(3)]);
    const { items } = (await get('/v1/changes?entity=chain')).body;
    const chain = await Promise.all(
      items.map(async ({ id }: { id: string }) => (await get(`/v1/changes/${id}`)).body.exposure.entity),
    );
    const [newest, ...former] = chain as { before: number; after: number }[];
    expect(chain.slice(0, -1).map(({ before }) => before)).toEqual(former.map(({ after }) => after));
    expect([chain.length, former.at(-1)?.before, newest?.after]).toEqual([4, 0, 20]);
    expect(await exposureOf('chain')).toBe(20);
  });
});

describe('names', () => {
  const named = (entity: string, name: string, time: string) => {
    const event = provisionEvent({ entity, provision: `${entity} ${name}`, time });
    event.data.entity.name = `Entity ${name}`;
    event.data.document.title = `Document ${name}`;
    return event;
  };
  const namesOf = async (entity: string) =>
    app.database.query(
      `select e.name, d.title from entity e join document d on d.entity_id = e.id where e.id = $1`,
      [entity],
    );
  const newest = [{ name: 'Entity new', title: 'Document new' }];

  it('stay the newest when an older event comes later', async () => {
    await send([named('later', 'new', '2026-03-02T00:00:00Z')]);
    await send([named('later', 'old', '2026-03-01T00:00:00Z')]);
    expect(await namesOf('later')).toEqual(newest);
  });

  it('stay the newest when an older event stands behind in the batch', async () => {
    // Ahead as a text, behind in time.
    await send([
      named('behind', 'new', '2026-03-01T23:00:00Z'),
      named('behind', 'old', '2026-03-02T00:00:00+02:00'),
    ]);
    expect(await namesOf('behind')).toEqual(newest);
  });
});

it('answers in the order of the batch, and keeps its changes in it', async () => {
  const event = (id: string, day: number) =>
    provisionEvent({
      id,
      entity: 'order',
      provision: id,
      time: `2026-05-${String(day).padStart(2, '0')}T00:00:00Z`,
    });
  await send([event('m', 20)]);
  const ids = ['z', 'a', 'm', 'k', 'a', 'b'];
  const { accepted, duplicates, results } = await send(ids.map((id, n) => event(id, 20 - n)));
  expect({ accepted, duplicates }).toEqual({ accepted: 4, duplicates: 2 });
  expect(results.map((one: { id: string }) => one.id)).toEqual(ids);
  expect(results.map((one: { status: string }) => one.status === 'accepted')).toEqual([
    true,
    true,
    false,
    true,
    false,
    true,
  ]);
  expect(results[4].changeId).toBe(results[1].changeId);
  const taken = [0, 1, 3, 5].map((n) => Number(results[n].changeId));
  expect(taken).toEqual(taken.toSorted((a, b) => a - b));
});
