import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { settle } from '../support/digest-desk.js';
import { provisionEvent, side } from '../support/events.js';
import { deliveriesOf, watch } from '../support/watching.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ ALERTS_PER_MINUTE: '1', LOG_LEVEL: 'error' });
});
afterAll(async () => app.stop());

it.each([
  ['a summary with a grave alert breaks through', 'high', 'delivered'],
  ['a summary without one waits', 'medium', 'due'],
] as const)('in quiet hours, %s', async (_, gravest, state) => {
  app.clock.advance(3_600);
  const account = await app.createAccount();
  const entity = `quiet-storm-${account.id}`;
  const noon = app.clock.now().getUTCHours();
  const hour = (ahead: number) => `${String((noon + ahead) % 24).padStart(2, '0')}:00`;
  await settle(app, account, { quietHours: { from: hour(23), to: hour(6), breakThrough: 'high' } });
  await watch(app, account, [['entity', entity]]);
  for (const [n, severity] of ['low', 'low', gravest].entries()) {
    const document = `${entity}-${n}`;
    const after = side(severity as 'low' | 'high');
    await app.postEvents([provisionEvent({ entity, document, provision: document, after })]);
    await app.work();
  }
  app.clock.advance(61);
  await app.work();
  const summary = (await deliveriesOf(app, account)).find(({ kind }) => kind === 'summary');
  expect(summary.state).toBe(state);
});
