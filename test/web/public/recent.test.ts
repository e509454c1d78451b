import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.js';
import { provisionEvent, side } from '../../support/events.js';
import { visitor } from '../../support/visiting.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  const event = (n: number, options: Parameters<typeof provisionEvent>[0]) =>
    provisionEvent({ time: `2026-03-0${n}T09:00:00.123456Z`, provision: `p${n}`, ...options });
  await app.postEvents([
    event(1, { before: side('low', 'A quiet word.'), after: side('high', 'A grave word.') }),
    event(2, { before: side('high', 'a'), after: side('low', 'b'), clauseType: 'arbitration' }),
    event(3, { before: side('medium', 'a'), after: side('medium', 'b'), entity: 'zeta' }),
    event(3, {
      before: null,
      after: side('low', 'late one'),
      provision: 'p3',
      time: '2026-03-02T00:00:00Z',
      entity: 'zeta',
    }),
  ]);
});
afterAll(async () => app.stop());

const titles = (text: string) => [...text.matchAll(/<bdi>Provision (\S+)<\/bdi>/g)].map(([, one]) => one);

describe('recent changes', () => {
  it('stand by the day on which they were seen, newest first, and say when one came late', async () => {
    const { status, text } = await (await visitor(app)).get('/recent');

    expect(status).toBe(200);
    expect(titles(text)).toEqual(['p3', 'p2', 'p3', 'p1']);
    expect(text.match(/<h2 class="day">/g)).toHaveLength(3);
    expect(text).toContain('Came in late');
  });

  it.each([
    ['severity=high', ['p2', 'p1']],
    ['direction=rise', ['p3', 'p1']],
    ['severity=high&direction=rise', ['p1']],
    ['clause-type=arbitration', ['p2']],
    ['entity=zeta', ['p3', 'p3']],
    ['entity=Zeta', ['p3', 'p3']],
    ['entity=+zet', ['p3', 'p3']],
    ['clause-type=Arbitr', ['p2']],
    ['clause-type=liability+limitation&entity=zeta', ['p3', 'p3']],
    ['entity=nobody', []],
    ['clause-type=nothing', []],
    ['severity=grave&direction=up&clause-type=..&entity=', ['p3', 'p2', 'p3', 'p1']],
  ])('are narrowed by %s', async (query, expected) => {
    const { text } = await (await visitor(app)).get(`/recent?${query}`);

    expect(titles(text)).toEqual(expected);
  });

  it('go on page by page without a gap, also within one millisecond', async () => {
    const many = Array.from({ length: 53 }, (_, n) =>
      provisionEvent({ provision: `m${n}`, entity: 'many', time: `2026-02-01T00:00:00.0000${10 + n}Z` }),
    );
    await app.postEvents(many);
    const reader = await visitor(app);
    const first = await reader.get('/recent?entity=many');
    const next = /rel="next" href="([^"]+)"/.exec(first.text)![1]!.replaceAll('&amp;', '&');
    const second = await reader.get(next);

    expect([...titles(first.text), ...titles(second.text)]).toEqual(many.map((_, n) => `m${n}`).toReversed());
    expect(second.text).not.toContain('rel="next"');
    expect((await reader.get(next.replace('entity=many', 'entity=acme'))).status).toBe(422);
  });
});

describe('the landing page', () => {
  it('shows the gravest change of late, and what each plan holds', async () => {
    const { text } = await (await visitor(app)).get('/');

    expect(text).toMatch(/class="specimen".*Provision p1.*Low.*High.*<del>.*<ins>/s);
    expect(text).toContain('5,000');
    expect(text).toContain('<meta property="og:url" content="' + app.url + '/"');
    expect(text).toMatch(/<meta property="og:image" content="http[^"]+\.png"/);
  });

  it('leads whoever is signed in to their own beginning', async () => {
    const account = await app.createAccount();

    expect(await (await visitor(app, account)).get('/')).toMatchObject({
      status: 302,
      location: '/overview',
    });
    expect(await (await visitor(app, 'operator')).get('/')).toMatchObject({
      status: 302,
      location: '/operator',
    });
  });
});
