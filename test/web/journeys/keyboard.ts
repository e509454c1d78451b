import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** The element that has the focus, as far as a test tells it from others. */
type Focused = { path: string; x: number; y: number; isSeen: boolean; isMarked: boolean; isPage: boolean };

/** In sight, and marked as where one is: by an outline, or by a change that the browser itself draws. */
const focused = `(() => {
  const one = document.activeElement;
  const isPage = one === document.body || one === document.documentElement;
  const box = one.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  const name = [one.tagName.toLowerCase(), one.id && '#' + one.id, one.getAttribute('name'), one.getAttribute('value'), one.getAttribute('href')];
  return {
    path: name.filter(Boolean).join(' '), x: box.x + scrollX, y: box.y + scrollY, isPage,
    isSeen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    isMarked: outlineStyle !== 'none' && outlineWidth !== '0px',
  };
})()`;

/** Presses Tab until `selector` has the focus. On the way the focus is always in sight and nowhere caught. */
export async function tabTo(page: Page, selector: string, { most = 150, back = false } = {}): Promise<void> {
  const seen: string[] = [];
  for (let steps = 0; steps < most; steps++) {
    if (await page.locator(`${selector}:focus`).count()) return;
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
    const at = (await page.evaluate(focused)) as Focused;
    seen.push(at.path);
    if (!at.isPage)
      expect(at, `the focus is in sight, on ${page.url()}`).toMatchObject({ isSeen: true, isMarked: true });
  }
  throw new Error(`Tab does not lead to ${selector} on ${page.url()}, only to ${seen.join(', ')}`);
}

/** Goes through the whole page by Tab: each stop once, and out of it at the end. @returns the stops in order */
export async function tabThrough(page: Page, most = 400): Promise<Focused[]> {
  const stops: Focused[] = [];
  for (let steps = 0; steps < most; steps++) {
    await page.keyboard.press('Tab');
    const at = (await page.evaluate(focused)) as Focused;
    if (at.isPage) return stops;
    stops.push(at);
  }
  throw new Error(`Tab does not lead out of ${page.url()}`);
}
