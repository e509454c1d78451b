import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestAccount, TestApp } from '../../support/app.js';
import { startBrowser } from '../../support/browser.js';
import { livedIn } from '../../support/lived-in.js';
import { alertsOf, watch } from '../../support/watching.js';
import { linkTo } from '../sign-in/sign-in-steps.js';
import { SignInMails } from '../../../src/accounts/sign-in-mails.service.js';
import { tabThrough, tabTo } from './keyboard.js';
import { risenEvent } from './risen-event.js';
import { answered, pathOf, walk, ways } from './walk.js';

let app: TestApp;
let browser: Browser;
let member: TestAccount;

beforeAll(async () => {
  [{ app }, browser] = await Promise.all([livedIn(), startBrowser()]);
  member = await app.createAccount();
  await watch(app, member, [['everything', '*']]);
  const { body } = await app.call('GET', '/v1/changes?limit=12', { token: member.token });
  const provisions = new Set((body.items as any[]).map((change) => change.provision.id as string));
  for (const id of provisions) {
    app.clock.advance(60);
    await app.postEvents([await risenEvent(app, member.token, id)]);
  }
  await app.work();
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

const enter = async (page: Page) => answered(page, async () => page.keyboard.press('Enter'));
/** Follows the link that has the focus. */
const goOn = async (page: Page, to: RegExp) => {
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toMatch(to);
};
const hasFocus = async (page: Page, selector: string) => page.locator(`${selector}:focus`).count();

describe.each(ways)('by keys alone, $way', ({ script }) => {
  it('a visitor comes from the landing page to an alert that is dealt with', async () => {
    const account = await app.createAccount();
    const { page, end } = await walk(browser, app, { script });
    await page.goto(app.url);
    await tabTo(page, 'main a[href^="/changes/"]');
    await goOn(page, /\/changes\//);
    await tabTo(page, 'main a[href^="/provisions/"]');
    await goOn(page, /\/provisions\//);
    const provision = pathOf(page);
    await tabTo(page, 'main a[href*="/sign-in?next="]');
    await goOn(page, /\/sign-in\?next=/);
    await tabTo(page, '#email');
    await page.keyboard.type(account.email);
    await enter(page);
    await app.app.get(SignInMails).settled();

    await page.goto(app.url + (await linkTo(app, account.email)));
    await tabTo(page, 'form[action^="/sign-in/"] button');
    await enter(page);
    expect(pathOf(page)).toBe(provision);
    await tabTo(page, 'form[action="/follow"] button');
    await enter(page);
    await page.locator('form[action="/follow"] button[value="unfollow"]').waitFor();
    if (script) expect(await hasFocus(page, 'form[action="/follow"] button'), 'it stays there').toBe(1);

    app.clock.advance(3_600);
    await app.postEvents([
      await risenEvent(app, account.token, decodeURIComponent(provision.split('/')[2]!)),
    ]);
    await app.work();
    const [{ alert }] = (await alertsOf(app, account)) as [{ alert: { id: string } }];
    await page.goto(`${app.url}/alerts/${alert.id}`);
    await tabTo(page, `form[action="/alerts/${alert.id}/acknowledge"] button`);
    await enter(page);
    expect(await hasFocus(page, 'main .said'), 'the focus is on what was done').toBe(1);
    await tabTo(page, 'details:has(#text) > summary');
    await page.keyboard.press('Enter');
    await tabTo(page, '#text');
    await page.keyboard.type('Legal has seen it.');
    await tabTo(page, `form[action="/alerts/${alert.id}/note"] button`);
    await enter(page);
    expect(await hasFocus(page, 'main .said')).toBe(1);
    expect(await page.locator('main').textContent()).toContain('Legal has seen it.');
    await end();
  });

  it('several alerts are acknowledged', async () => {
    const { page, end } = await walk(browser, app, { script, as: member });
    await page.goto(`${app.url}/inbox`);
    const count = await page.locator('[data-row]').count();
    await tabTo(page, '[data-row]:nth-child(1) .pick');
    await page.keyboard.press('Space');
    await tabTo(page, '[data-row]:nth-child(3) .pick');
    await page.keyboard.press('Space');
    await tabTo(page, '[data-acknowledge]', { back: true });
    await enter(page);
    expect(await page.locator('[data-row]').count()).toBe(count - 2);
    expect(await hasFocus(page, 'main .said')).toBe(1);
    await end();
  });

  it('a watchlist is made, and its faults are come to first', async () => {
    const { page, end } = await walk(browser, app, { script, as: member });
    await page.goto(`${app.url}/watchlists/new`);
    await tabTo(page, '#name');
    await page.keyboard.type('By keys');
    await tabTo(page, '#q');
    await page.keyboard.type('bright');
    if (!script) await enter(page);
    await tabTo(page, '#found button[value="entity:brightwave"]');
    await enter(page);
    await tabTo(page, '#direction');
    // The words of a choice are typed, as the browser offers it.
    await page.keyboard.type('severity r');
    expect(await page.locator('#direction').inputValue()).toBe('rises');
    for (const box of await page.locator('input[name="kinds"]').all()) {
      if (!(await box.isChecked())) continue;
      await tabTo(page, `input[name="kinds"][value="${await box.getAttribute('value')}"]`);
      await page.keyboard.press('Space');
    }
    await tabTo(page, '#keywords');
    await enter(page);
    expect(await hasFocus(page, 'main .faults'), 'the focus is on what is wrong').toBe(1);
    await tabTo(page, '.faults a[href="#kinds"]');
    await page.keyboard.press('Enter');
    await tabTo(page, 'input[name="kinds"]');
    await page.keyboard.press('Space');
    await tabTo(page, '.editor-fields button[value="save"]');
    await enter(page);
    expect(pathOf(page)).toMatch(/^\/watchlists\/\d+$/);
    expect(await hasFocus(page, 'main .said')).toBe(1);
    await end();
  });
});

it.each(['/inbox', '/watchlists/new', '/settings', '/destinations', '/overview', '/search'])(
  '%s is gone through by Tab in the order in which it is read, and left again',
  async (path) => {
    const { page, end } = await walk(browser, app, { as: member });
    await page.goto(app.url + path);
    expect(await page.locator('[tabindex]:not([tabindex="0"], [tabindex="-1"])').count()).toBe(0);
    const stops = await tabThrough(page);
    expect(stops.length).toBeGreaterThan(8);
    const backwards = stops.slice(1).filter(({ x, y }, at) => {
      const former = stops[at]!;
      // Up is right only where a new column begins.
      return y < former.y - 60 && x <= former.x;
    });
    expect(backwards).toEqual([]);
    await end();
  },
);
