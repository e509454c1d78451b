import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';

let app: TestApp;
let account: TestAccount;
beforeAll(async () => {
  app = await startApp();
  account = await app.createAccount();
});
afterAll(async () => app.stop());

const dayMs = 86_400_000;
/** Noon of a day some weeks ago, UTC. */
const noon = Math.floor(Date.now() / dayMs) * dayMs - 39.5 * dayMs;
const after = (hours: number) => new Date(noon + hours * 3_600_000).toISOString();

async function backtest(entity: string, options: Record<string, unknown> = {}) {
  const answer = await app.call('POST', '/v1/watchlists/backtest', {
    token: account.token,
    body: { follows: [{ kind: 'entity', key: entity }], since: after(-1), ...options },
  });
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}

it('says of what the archive took back whether it was told before', async () => {
  const entity = 'taken-back';
  const takeBack = async (event: { source: string; id: string }, hours: number) =>
    app.postEvents([
      {
        specversion: '1.0',
        type: 'provision.retracted.v1',
        source: event.source,
        id: `takes-back-${event.id}`,
        time: after(hours),
        data: { retracts: { id: event.id } },
      },
    ]);
  const told = provisionEvent({ entity, time: after(1), after: side('high', 'One.') });
  const open = { id: 'open', size: 2 };
  const untold = provisionEvent({
    entity,
    provision: `${entity}-2`,
    time: after(10),
    revision: open,
    after: side('high'),
  });
  const other = provisionEvent({
    entity,
    provision: `${entity}-3`,
    time: after(12),
    revision: open,
    after: side('low'),
  });
  await app.postEvents([told]);
  await takeBack(told, 5);
  await app.postEvents([untold]);
  await takeBack(untold, 11);
  await app.postEvents([other]);
  const answer = await backtest(entity);
  expect(answer.total).toEqual({ alerts: 2, digests: 0, changes: 2, reverts: 1 });
  expect(answer.suppressed).toMatchObject({ reverted: 0, retracted: 1 });
  expect(answer.items.map(({ at, revertedAt }: any) => [at, revertedAt])).toEqual([
    [after(12), null],
    [after(1), after(5)],
  ]);
  const digests = await backtest(entity, { cadence: { mode: 'daily', at: '12:00' } });
  expect(digests.total).toMatchObject({ digests: 1, changes: 1, reverts: 0 });
  expect(digests.suppressed.retracted).toBe(2);
});
