import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { mailTo } from '../support/inbox-of-mail.js';
import { deliveriesOf, watch } from '../support/watching.js';

const muted = 'all that it tells of is muted';

let app: TestApp;
let account: TestAccount;
let entity: string;

beforeAll(async () => {
  app = await startApp({ ALERTS_PER_MINUTE: '1', LOG_LEVEL: 'error' });
});
afterAll(async () => app.stop());
beforeEach(async () => {
  // Storms of other tests are over.
  app.clock.advance(3_600);
  account = await app.createAccount();
  entity = `muted-storm-${account.id}`;
  const { body } = await app.call('GET', '/v1/destinations', { token: account.token });
  await watch(app, account, [['entity', entity]], { destinationIds: [body.items[0].id] });
  // The first is told by itself, the others belong to the storm.
  for (const name of ['before', 'a', 'b', 'c']) await alertOn(name);
});

const alertOn = async (name: string) => {
  const [document, provision] = [`${entity}-of-${name}`, `${entity}-${name}`];
  await app.postEvents([provisionEvent({ entity, document, provision, after: side('medium') })]);
  await app.work();
};
const mute = async (...names: string[]) => {
  for (const name of names) {
    const path = `/v1/mutes/provision/${entity}-${name}`;
    expect((await app.call('PUT', path, { token: account.token })).status).toBeLessThan(300);
  }
};
const summaryIsDue = async () => {
  app.clock.advance(61);
  await app.work();
};
const mails = async () => mailTo(app, account.email);

it('leaves out of the summary what was muted meanwhile', async () => {
  await mute('a');
  await summaryIsDue();
  const summary = (await mails()).find(({ subject }) => subject?.includes('alerts in one mail'));
  expect(summary?.subject).toBe('2 alerts in one mail');
  expect(summary?.text).toContain(`${entity}-b`);
  expect(summary?.text).not.toContain(`${entity}-a`);
});

it('cancels the summary when all of it is muted, and later alerts are sent again', async () => {
  await mute('a', 'b', 'c');
  await summaryIsDue();
  expect(await mails()).toHaveLength(1);
  const summary = (await deliveriesOf(app, account)).find(({ reason }) => reason === muted);
  expect(summary).toMatchObject({ state: 'cancelled', attempts: [] });
  app.clock.advance(120);
  await alertOn('after');
  expect(await mails()).toHaveLength(2);
});
