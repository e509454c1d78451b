import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.js';
import { startBrowser } from '../../support/browser.js';
import { provisionEvent, side } from '../../support/events.js';
import { alertsOf, watch, webhookTo } from '../../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.js';
import { pathOf, walk, ways } from './walk.js';

let app: TestApp;
let browser: Browser;
let receiver: WebhookReceiver;

beforeAll(async () => {
  [app, browser, receiver] = await Promise.all([startApp(), startBrowser(), startWebhookReceiver()]);
});
afterAll(async () => {
  await browser.close();
  await app.stop();
  await receiver.close();
});

describe.each(ways)('the operator, $way', ({ way, script }) => {
  it('signs in, finds what died, sends it again, and inspects an event before it is sent', async () => {
    const hook = `/${way.replaceAll(' ', '-')}`;
    const received = () => receiver.requests.filter(({ path }) => path === hook);
    const account = await app.createAccount();
    const destination = await webhookTo(app, account, receiver.url(hook));
    const entity = `entity-${script}`;
    await watch(app, account, [['entity', entity]], { destinationIds: [destination.id] });
    receiver.script(hook, { status: 410 }, { status: 204 });
    await app.postEvents([provisionEvent({ entity, after: side('high') })]);
    await app.work();
    await app.call('POST', `/v1/destinations/${destination.id}/enable`, { token: account.token });
    expect(received()).toHaveLength(1);

    const { page, press, end } = await walk(browser, app, { script });
    await page.goto(`${app.url}/operator`);
    expect(pathOf(page)).toBe('/operator/sign-in');
    await page.locator('#token').fill('a token of nobody');
    await press('/operator/sign-in');
    await page.locator('.faults').waitFor();
    await page.locator('#token').fill(app.operatorToken);
    await press('/operator/sign-in');
    expect(pathOf(page)).toBe('/operator');
    expect(
      await page
        .getByRole('row', { name: /webhook/i })
        .first()
        .textContent(),
    ).toMatch(/webhook/i);

    await page.locator('a[href="/operator/dead"]').first().click();
    await page.locator('#destination').fill(destination.id);
    await page.locator('form[method="get"][action="/operator/dead"] button').click();
    await expect.poll(() => page.url()).toContain(`destination=${destination.id}`);
    await page.locator('a[href^="/operator/dead/replay"]').click();
    await expect.poll(() => pathOf(page)).toBe('/operator/dead/replay');
    await press('/operator/dead/replay');
    await app.work();
    expect(received().map(({ headers }) => headers['webhook-id'])).toEqual(
      Array(2).fill(received()[0]!.headers['webhook-id']),
    );

    await page.goto(`${app.url}/operator/inspector`);
    await page.locator('#event').fill('{"specversion": "1.0"}');
    await press('/operator/inspector');
    await page.locator('.faults').waitFor();
    expect(await page.locator('#event').inputValue(), 'what was typed stays').toContain('specversion');
    app.clock.advance(60);
    const event = provisionEvent({
      entity,
      time: app.clock.now().toISOString(),
      after: side('high', 'You may not leave at all.'),
    });
    await page.locator('#event').fill(JSON.stringify(event, null, 2));
    await press('/operator/inspector');
    await page.locator('#reach').waitFor();
    expect(await page.getByRole('table').getByText(account.email).count()).toBe(1);
    await app.work();
    expect(await alertsOf(app, account), 'nobody heard of it').toHaveLength(1);

    await press('/operator/inspector/send');
    await page.locator('main [role=status] a[href^="/changes/"]').waitFor();
    await app.work();
    expect(await alertsOf(app, account)).toHaveLength(2);
    expect(received()).toHaveLength(3);
    await end();
  });
});
