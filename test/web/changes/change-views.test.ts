import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.js';
import { provisionEvent, side } from '../../support/events.js';

let app: TestApp;
let ids: string[];

const kept = Array.from({ length: 9 }, (_, n) => `Paragraph ${n} stays.`);

beforeAll(async () => {
  app = await startApp();
  await app.postEvents([
    provisionEvent({ entity: 'other', after: side('medium') }),
    provisionEvent({
      provision: 'long',
      time: '2026-03-01T00:00:00.000100Z',
      before: side('low', [...kept, 'You may leave whenever you like.'].join('\n\n')),
      after: side('high', [...kept, 'You may never leave whenever you like.'].join('\n\n')),
    }),
    provisionEvent({ provision: 'long', time: '2026-03-01T00:00:00.000900Z', after: side('low', 'Short.') }),
  ]);
  const rows = await app.database.query<{ id: string }>(
    `select id from change where provision_id = 'long' order by time`,
  );
  ids = rows.map(({ id }) => id);
});
afterAll(async () => app.stop());

const page = async (query = '') => (await app.call('GET', `/changes/${ids[0]}${query}`)).text;

describe('a change', () => {
  it('is read in one column, with long stretches that stayed folded', async () => {
    const text = await page();

    expect(text).toContain('<summary>8 unchanged paragraphs</summary>');
    expect(text).toMatch(/id="p10" tabindex="-1" data-changed/);
    expect(text).toContain('href="#p10"');
    expect(text.match(/You may/g)).toHaveLength(1);
  });

  it('is read side by side, each side with its own words', async () => {
    const text = await page('?view=side');

    expect(text.match(/You may/g)).toHaveLength(2);
    expect(text).toContain('>Before</span>');
    expect(text).toMatch(/<ins>.*never/s);
  });

  it('says where the clause stood and stands among others, and leads to the changes around it', async () => {
    const text = await page();

    expect(text).toContain('it was milder than 1; it is now stricter than 1.');
    expect(text).toContain(`href="/changes/${ids[1]}" rel="next"`);
    expect(text).not.toContain('rel="prev"');
    expect((await app.call('GET', `/changes/${ids[1]}`)).text).toContain(
      `href="/changes/${ids[0]}" rel="prev"`,
    );
  });

  it('has one address, whatever it was asked for with', async () => {
    expect(await page('?view=side')).toContain(`<link rel="canonical" href="${app.url}/changes/${ids[0]}"`);
  });
});
