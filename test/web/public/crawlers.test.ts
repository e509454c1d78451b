import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.js';
import { provisionEvent } from '../../support/events.js';

let open: TestApp;
let closed: TestApp;

beforeAll(async () => {
  [open, closed] = await Promise.all([startApp(), startApp({ PUBLIC_ARCHIVE: 'members' })]);
  const event = provisionEvent({ entity: "o'neil & sons/<x>" });
  await open.postEvents([event]);
  await closed.postEvents([event]);
});
afterAll(async () => Promise.all([open.stop(), closed.stop()]));

const locations = (text: string) => [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, one]) => one);

describe('the map of the site', () => {
  it('has a part for each kind of page, by its whole address', async () => {
    const { text, headers } = await open.call('GET', '/sitemap.xml');

    expect(headers.get('content-type')).toBe('application/xml; charset=utf-8');
    expect(locations(text)).toEqual(
      ['entities', 'documents', 'provisions', 'changes'].map((kind) => `${open.url}/sitemaps/${kind}.xml`),
    );
    const entities = await open.call('GET', '/sitemaps/entities.xml');
    expect(locations(entities.text)).toEqual([`${open.url}/entities/o&apos;neil%20%26%20sons%2F%3Cx%3E`]);
    expect(entities.text).toMatch(/<lastmod>\d{4}-\d\d-\d\dT[\d:.]+Z<\/lastmod>/);
    expect(locations((await open.call('GET', '/sitemaps/changes.xml?after=1')).text)).toEqual([]);
  });

  it('holds no page that is for members alone', async () => {
    expect(locations((await closed.call('GET', '/sitemap.xml')).text)).toEqual([
      `${closed.url}/sitemaps/changes.xml`,
    ]);
    for (const kind of ['entities', 'documents', 'provisions']) {
      expect((await closed.call('GET', `/sitemaps/${kind}.xml`)).status).toBe(404);
    }
  });

  it.each([
    '/sitemaps/accounts.xml',
    '/sitemaps/changes.xml?after=x',
    '/sitemaps/entities.xml?after=%00',
    '/sitemaps/constructor.xml',
  ])('has no part %s', async (path) => {
    expect((await open.call('GET', path)).status).toBe(404);
  });

  it('is named to crawlers, with what is not for them', async () => {
    const { text } = await open.call('GET', '/robots.txt');

    expect(text).toContain(`Sitemap: ${open.url}/sitemap.xml`);
    for (const path of ['/inbox', '/settings', '/operator', '/v1/'])
      expect(text).toContain(`Disallow: ${path}\n`);
  });
});

it('answers what browsers ask for unasked', async () => {
  const { status, headers } = await open.call('GET', '/favicon.ico');

  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('image/png');
});
