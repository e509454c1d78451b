import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

const state = { a: side('low', 'You may.'), b: side('high', 'You must not.'), A: side('low', 'you MAY') };
const moved = (entity: string, states: (keyof typeof state)[], hours = 1) =>
  states.map((name, n) =>
    provisionEvent({
      entity,
      time: new Date(Date.UTC(2026, 0, 1) + n * hours * 3_600_000).toISOString(),
      after: state[name],
    }),
  );
const kept = async (entity: string) => {
  const rows = await app.database.query<{ verdict: string; by: number | null }>(
    `select verdict, (select count(*)::integer from change other where other.entity_id = $1 and other.id <= c.undone_by) as by
     from change c where entity_id = $1 order by id`,
    [entity],
  );
  return rows.map(({ verdict, by }) => (by ? `${verdict}, undone by ${by}` : verdict));
};

it('marks what goes back, and what it undoes, from one request to the next', async () => {
  for (const event of moved('acme', ['a', 'b', 'A'])) await app.postEvents([event]);
  expect(await kept('acme')).toEqual(['news', 'news, undone by 3', 'reverted']);
});

it('does so within one batch', async () => {
  const answer = await app.call('POST', '/v1/events', {
    token: app.operatorToken,
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify(moved('batch', ['a', 'b', 'a', 'b', 'A', 'b'])),
  });
  expect(answer.status, answer.text).toBe(202);
  expect(await kept('batch')).toEqual([
    'news',
    'news, undone by 3',
    'reverted',
    'news, undone by 5',
    'reverted',
    'news',
  ]);
});

it('leaves alone what comes late', async () => {
  const [first, second, third] = moved('late', ['a', 'b', 'a']);
  await app.postEvents([first, third, second]);
  expect(await kept('late')).toEqual(['news', 'news', 'news']);
});
