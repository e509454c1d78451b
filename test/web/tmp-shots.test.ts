import { readFileSync } from 'node:fs';
import { it } from 'vitest';
import { Links } from '../../src/platform/links.js';
import { startApp } from '../support/app.js';
import { startBrowser } from '../support/browser.js';

it('shoots', async () => {
  const app = await startApp();
  const lines = (f: string) =>
    readFileSync(`samples/${f}`, 'utf8')
      .trim()
      .split('\n')
      .map((l) => JSON.parse(l));
  const pro = await app.createAccount({ tier: 'watcher', email: 'kim@example.org' });
  const w = await app.call('POST', '/v1/watchlists', {
    token: pro.token,
    body: { name: 'Everything of Kinfold & friends' },
  });
  console.log(w.text);
  await app.postEvents(lines('archive.ndjson'));
  for (const e of ['kinfold', 'amazon', 'lanternmind', 'veerway'])
    await app.call('PUT', `/v1/watchlists/${w.body.id}/follows/entity/${e}`, { token: pro.token });
  await app.postEvents(lines('feed.ndjson'));
  app.clock.advance(120);
  await app.work();
  const links = app.app.get(Links);
  const alerts = await app.database.query<{ id: string; n: number }>(
    'select id, cardinality(change_ids) as n from alert order by n desc',
  );
  const dest = await app.database.query<{ id: string; account_id: string }>('select * from destination');
  const urls: Record<string, string> = {
    home: '/',
    missing: '/changes/99999',
  };
  for (const [k, p] of [
    ['late', 'late'],
    ['gap', 'gap'],
    ['intro', "kind='introduced'"],
    ['withdrawn', "kind='withdrawn'"],
    ['cosmetic', "kind='cosmetic'"],
    ['amazon', "entity_id='amazon' and kind='escalated'"],
  ] as const) {
    const [r] = await app.database.query<{ id: string }>(
      `select id from change where ${p} order by id desc limit 1`,
    );
    if (r) urls[k] = `/changes/${r.id}`;
  }
  if (alerts[0]) urls['alert'] = links.alert(alerts[0].id as never).replace(app.url, '');
  urls['unsub'] = links
    .unsubscribe({
      accountId: dest[0]!.account_id as never,
      destinationId: dest[0]!.id as never,
      watchlistIds: [w.body.id],
    })
    .replace(app.url, '');
  const browser = await startBrowser();
  for (const [scheme, width] of [
    ['light', 1000],
    ['dark', 1000],
    ['light', 360],
    ['dark', 360],
  ] as const) {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 800 } });
    const page = await context.newPage();
    page.on('console', (m) => console.log(m.text()));
    for (const [name, path] of Object.entries(urls)) {
      if (process.env['ONLY'] && !process.env['ONLY'].split(',').includes(name)) continue;
      await page.goto(app.url + path);
      await page.screenshot({
        path: `/tmp/web-shots/${name}-${scheme}-${width}.png`,
        fullPage: true,
        ...(name === 'alert' ? { clip: { x: 0, y: 0, width, height: width === 360 ? 2000 : 1700 } } : {}),
      });
      const over = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (over) console.log('OVERFLOW', name, scheme, width, over);
    }
    await context.close();
  }
  await browser.close();
  await app.stop();
}, 120000);
