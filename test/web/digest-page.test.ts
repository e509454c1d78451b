import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { takeDigests, type TakenDigest } from '../support/digest-desk.js';
import { provisionEvent, side } from '../support/events.js';
import { visitor } from '../support/visiting.js';
import { watch } from '../support/watching.js';

let app: TestApp;
let digests: TakenDigest[];
let account: TestAccount;

beforeAll(async () => {
  app = await startApp();
  digests = takeDigests(app);
  account = await app.createAccount();
  await watch(app, account, [['entity', 'paged']], { name: 'Mine & <only>', cadence: { mode: 'hourly' } });
  await app.postEvents([provisionEvent({ entity: 'paged', after: side('low', 'First words.') })]);
  await app.work();
  app.clock.advance(60);
  await app.postEvents([
    provisionEvent({ entity: 'paged', after: side('medium', 'Second words.') }),
    ...Array.from({ length: 22 }, (_, n) =>
      provisionEvent({ entity: 'paged', provision: `paged-${n}`, after: side('low', `Words <${n}>.`) }),
    ),
  ]);
  await app.work();
  app.clock.advance(3_600);
  await app.work();
});
afterAll(async () => app.stop());

const pathOf = () => digests[0]?.url.replace(app.url, '') ?? '';

it('shows all net changes, those that the message had no room for too, with their steps', async () => {
  expect(digests).toMatchObject([{ total: 23, omitted: 3 }]);
  const { status, text, headers } = await app.call('GET', pathOf());
  expect(status).toBe(200);
  expect(headers.get('cache-control')).toBe('private, no-store');
  expect(text).toContain('23 changes');
  expect(text).toContain('Mine &amp; &lt;only');
  expect(text.match(/<article /g)).toHaveLength(23);
  const steps = text.slice(text.indexOf('Step by step'));
  expect(steps.match(/\/changes\/\d+"><time/g)).toHaveLength(2);
});

it('is for the holders of its link alone', async () => {
  const [path = '', key = ''] = pathOf().split('?key=');
  for (const other of [`${path}?key=`, `${path}?key=${key.slice(1)}`, `/digests/999?key=${key}`]) {
    expect((await app.call('GET', other)).status).toBe(404);
  }
});

it('is shown to its owner without the key, and to no other account', async () => {
  const [path = ''] = pathOf().split('?key=');
  expect((await (await visitor(app, account)).get(path)).text).toContain('23 changes');
  expect((await (await visitor(app, await app.createAccount())).get(path)).status).toBe(404);
});
