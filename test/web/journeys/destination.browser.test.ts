import { Webhook } from 'standardwebhooks';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.js';
import { startBrowser } from '../../support/browser.js';
import { provisionEvent, side } from '../../support/events.js';
import { watch } from '../../support/watching.js';
import {
  startWebhookReceiver,
  type ReceivedRequest,
  type WebhookReceiver,
} from '../../support/webhook-receiver.js';
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

/** As a receiver reads it: by the library, with the secret that was copied. */
function verified(secret: string, { body, headers }: ReceivedRequest): { type: string } {
  return new Webhook(secret).verify(body, headers as Record<string, string>) as { type: string };
}

describe.each(ways)('a webhook, $way', ({ way, script }) => {
  it('is added, verified, tested, paused, given a new secret, and sent what it missed', async () => {
    const hook = `/${way.replaceAll(' ', '-')}`;
    const received = () => receiver.requests.filter(({ path }) => path === hook);
    const account = await app.createAccount();
    const { context, page, press, end } = await walk(browser, app, { script, as: account });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: app.url });

    await page.goto(`${app.url}/destinations`);
    await page.locator('main a[href="/destinations/new"]').first().click();
    await page.locator('main a[href="/destinations/new?kind=webhook"]').click();
    await page.locator('#url').fill(receiver.url(hook));
    await page.locator('#label').fill('Ticket system');
    await press('/destinations');
    const secret = (await page.locator('.secret code').textContent())!;
    expect(secret).toMatch(/^whsec_/);
    const copy = page.locator('[data-copy]').first();
    expect(await copy.isVisible()).toBe(script);
    if (script) {
      await copy.click();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(secret);
    }

    await press(/^\/destinations\/\d+\/test$/);
    const path = pathOf(page);
    await expect.poll(() => page.url()).toContain('?test=');
    await app.work();
    // A script looks by itself; without one, the page says where to look.
    if (!script) await page.locator('#test a').click();
    await page.locator('#test.said').waitFor();
    expect(verified(secret, received()[0]!)).toMatchObject({ type: 'endpoint.test' });
    expect(await page.locator('main').textContent()).not.toContain(secret);

    await press(`${path}/pause`);
    await page.locator(`form[action="${path}/enable"]`).waitFor();
    await watch(app, account, [['everything', '*']], { destinationIds: [path.split('/').at(-1)] });
    await app.postEvents([provisionEvent({ entity: `paused-${script}`, after: side('high') })]);
    await app.work();
    expect(received()).toHaveLength(1);
    await press(`${path}/enable`);

    app.clock.advance(60);
    receiver.script(hook, { status: 410, body: 'Nobody here.' });
    await app.postEvents([provisionEvent({ entity: `refused-${script}`, after: side('high') })]);
    await app.work();
    await page.goto(app.url + path);
    const log = page.getByRole('row').filter({ hasText: '410' });
    await log.locator('a[href^="/deliveries/"]').first().click();
    await page.getByText('Nobody here.').first().waitFor();
    receiver.script(hook, { status: 204 });
    await page.goto(app.url + path);
    await press(`${path}/enable`);
    await page.locator(`form[action="${path}/pause"]`).waitFor();

    await press(`${path}/rotate-secret`);
    const newSecret = (await page.locator('.secret code').textContent())!;
    expect(newSecret).not.toBe(secret);

    await page.goto(app.url + path);
    app.clock.advance(60);
    await page.locator('#since').fill(new Date(app.clock.now().getTime() - 864e5).toISOString().slice(0, 16));
    await press(`${path}/recover`);
    await expect.poll(() => page.url()).toMatch(/\?recovered=[12]$/);
    const before = received().length;
    await app.work();
    const again = received().slice(before);
    const refused = received().find(({ body }) => body.includes('Refused'))!;
    expect(again.map(({ headers }) => headers['webhook-id'])).toContain(refused.headers['webhook-id']);
    // The former secret is good for a day more, so each is signed by both.
    for (const one of again) {
      expect(verified(secret, one)).toEqual(verified(newSecret, one));
    }
    await end();
  });
});
