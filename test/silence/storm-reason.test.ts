import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { watch } from '../support/watching.js';
import { SilenceStage } from './silence-stage.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ ALERTS_PER_MINUTE: '1' });
});
afterAll(async () => app.stop());

it('says cap of what was told in a summary alone, before and after that is sent', async () => {
  const stage = new SilenceStage(app, await app.createAccount(), 'storm');
  await watch(app, stage.account, [['entity', 'storm']]);
  await stage.told();
  const [second, third] = [await stage.told(), await stage.told()];
  const capped = { [second]: ['cap'], [third]: ['cap'] };
  expect(await stage.reasons()).toEqual(capped);
  app.clock.advance(61);
  await app.work();
  expect(await stage.reasons()).toEqual(capped);
  const why = await stage.why(third);
  expect(why).toMatchObject({ outcome: 'not-told', reasons: ['cap'], deliveries: [{ reason: 'cap' }] });
});
