import type { Browser } from 'playwright-core';

/** How many times slower the browser's processor is made, as Lighthouse does to stand for a phone. */
export const slowdown = 4;

/** What a browser that was never there before makes of a page. */
export type Paint = {
  /** Milliseconds from the start of the navigation to the first contentful paint. */
  ms: number;
  /** Bytes of the page and all its files, as they were sent. */
  bytes: number;
};

/** Opens a page with nothing in the cache. @param cookie `name=value` of a session; empty for a visitor */
export async function paintOf(browser: Browser, url: string, cookie: string): Promise<Paint> {
  const context = await browser.newContext({ ...(cookie !== '' && { extraHTTPHeaders: { cookie } }) });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await page.goto(url);
    return {
      ms: await page.evaluate(firstContentfulPaint),
      bytes: await page.evaluate(weight),
    };
  } finally {
    await context.close();
  }
}

const firstContentfulPaint = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const [entry] = list.getEntriesByName('first-contentful-paint');
    if (entry) resolve(entry.startTime);
  }).observe({ type: 'paint', buffered: true });
})`;

const weight = `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .reduce((sum, one) => sum + one.encodedBodySize, 0)`;
