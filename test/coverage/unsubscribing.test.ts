import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AccountId, DestinationId } from '../../src/domain/ids.js';
import { Links } from '../../src/platform/links.js';
import { startApp, type TestApp } from '../support/app.js';
import { CoverageSteps } from '../support/coverage-steps.js';
import { deliveriesOf, watch } from '../support/watching.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

it('stops the watchlists that follow the document, and no other', async () => {
  const account = await app.createAccount();
  const steps = new CoverageSteps(app);
  await watch(app, account, [['document', 'acme-terms']], { name: 'About it' });
  await watch(app, account, [['document', 'elsewhere']], { name: 'About another' });
  await steps.check();
  await steps.lose();
  const [{ destinationId }] = await deliveriesOf(app, account);
  const [row] = await app.database.query<{ notice: { id: string } }>('select notice from delivery');
  const link = app.app.get(Links).unsubscribe({
    accountId: account.id as AccountId,
    destinationId: destinationId as DestinationId,
    noticeId: row!.notice.id,
  });
  const page = await app.call('GET', link.replace(app.url, ''));
  expect(page.text).toContain('About it');
  expect(page.text).not.toContain('About another');
  const stopped = await app.call('POST', link.replace(app.url, ''), {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  });
  expect(stopped.status).toBe(200);
  const { items } = (await app.call('GET', '/v1/watchlists', { token: account.token })).body;
  expect(items.map((one: any) => [one.name, one.destinationIds.length])).toEqual([
    ['About it', 0],
    ['About another', 1],
  ]);
});
