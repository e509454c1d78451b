import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEvent, side } from '../../archive/an-event.js';
import { postBatch } from '../../archive/post-batch.js';
import { startApp, type TestApp } from '../../support/app.js';
import { visitor } from '../../support/visiting.js';
import { capture, document, fillArchive } from './archive-scene.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  await fillArchive(app);
});
afterAll(async () => app.stop());

const read = async (path: string) => (await visitor(app)).get(path);

describe('the page of a provision', () => {
  it('shows what the archive holds of it', async () => {
    const { status, text } = await read('/provisions/CA-P-1');

    expect(status).toBe(200);
    for (const words of [
      'You answer for whoever uses your account.',
      'Accounts can end through others.',
      'Resellers carry the risk.',
      'You answer for anyone.',
      'Takes effect 1 June 2999',
      'Among 2 other platforms&#39; clauses of this type: 1 is rated lower, 1 equal, 0 higher.',
      'Federal Trade Commission',
      'href="https://complaints.example/"',
      'href="https://policies.example/aup/"',
      'href="https://archived.example/aup/"',
      `data-copy="${capture.sha256.toLowerCase()}"`,
      'href="/clause-types/end-user-conduct"',
      'href="/search?q=acceptable-use"',
      'href="/entities/harbourline"',
      'href="/documents/CA-D-1"',
      'href="/provisions/O-P-high"',
      'href="/provisions/CA-P-2"',
      `data-copy="${app.url}/provisions/CA-P-1"`,
      'href="mailto:?subject=',
    ]) {
      expect(text.replaceAll("'", '&#39;')).toContain(words.replaceAll("'", '&#39;'));
    }
  });

  it('leads down the page to all that it has, and has every place once that it leads to', async () => {
    const { text } = await read('/provisions/CA-P-1');
    const contents = /aria-label="On this page">(.*?)<\/nav>/s.exec(text)![1]!;
    const places = [...contents.matchAll(/href="#([a-z]+)"/g)].map(([, id]) => id);

    expect(places.join(' ')).toBe(
      'summary words others regulation agencies memo history changes evidence share beside',
    );
    for (const id of places) expect(text.split(`id="${id}"`), id).toHaveLength(2);
  });

  it.each([
    '/provisions/CA-P-1',
    '/documents/CA-D-1',
    '/entities/harbourline',
    '/clause-types/end-user-conduct',
  ])('says that it belongs to the archive: %s', async (path) => {
    expect((await read(path)).text).toContain('aria-current="true">Archive</a>');
  });

  it('leads from a locked part to the plans', async () => {
    const { text } = await read('/provisions/CA-P-1');

    expect(text).toContain('href="/#plans"');
    expect((await read('/')).text).toContain('id="plans"');
  });

  it('draws how its severity moved, and says it in a table', async () => {
    const { text } = await read('/provisions/CA-P-1');

    expect(text).toMatch(/<svg[^>]*role="img"[^>]*aria-label="Severity over time: 1 move, now High/);
    const table = /The same as a table.*?<\/table>/s.exec(text)![0];
    expect(table.match(/<tr>/g)).toHaveLength(3);
  });

  it('shows every change with its words, older ones on further pages', async () => {
    const events = Array.from({ length: 7 }, (_, number) =>
      anEvent({
        document,
        provision: { id: 'CA-P-many', title: 'Restless' },
        after: side('low', `Words of version ${number} now.`),
        time: `2026-03-1${number}T09:00:00Z`,
      }),
    );
    await postBatch(app, events);
    const { text } = await read('/provisions/CA-P-many');

    expect(text.match(/class="diff-fold"/g)).toHaveLength(5);
    expect(text).toMatch(/<details[^>]*\bopen/);
    const next = /<a rel="next" href="([^"]+)">/.exec(text)![1]!;
    const older = await read(next.split('#')[0]!);
    expect(older.text.match(/class="diff-fold"/g)).toHaveLength(2);
    expect(older.text).toContain('Back to the newest');
    expect((await read('/provisions/CA-P-1?changes=abc')).status).toBe(422);
  });

  it.each([
    ['a visitor', null, []],
    ['the free tier', 'free', []],
    ['the watcher tier', 'watcher', ['18 U.S.C. § 1030']],
    ['the professional tier', 'professional', ['18 U.S.C. § 1030', 'Pass the terms through by contract.']],
    ['the operator', 'operator', ['18 U.S.C. § 1030', 'Pass the terms through by contract.']],
  ] as const)('shows %s what it holds, and names the rest', async (_, who, shown) => {
    const as = who === null ? undefined : who === 'operator' ? who : await app.createAccount({ tier: who });
    const { text } = await (await visitor(app, as)).get('/provisions/CA-P-1');

    for (const part of ['18 U.S.C. § 1030', 'Pass the terms through by contract.']) {
      expect(text.includes(part), part).toBe((shown as readonly string[]).includes(part));
    }
    expect(text.match(/<strong>Locked\.<\/strong>/g) ?? []).toHaveLength(2 - shown.length);
    expect(text.includes('the professional tier shows it')).toBe(shown.length < 2);
  });

  it('keeps ids that hold anything in one piece', async () => {
    const { text } = await read('/documents/odd');
    const path = /href="(\/provisions\/a[^"]+)"/.exec(text)![1]!;
    expect(path).toBe(`/provisions/${encodeURIComponent('a/b ?#&"<i>')}`.replaceAll('&', '&amp;'));
    expect((await read(path)).status).toBe(200);
  });
});

describe('the other pages of the archive', () => {
  it.each([
    '/entities',
    '/entities/harbourline',
    '/documents/CA-D-1',
    '/provisions/CA-P-1',
    '/clause-types/refunds',
  ])('show what %s is where its link is passed on', async (path) => {
    const { text } = await read(`${path}?from=elsewhere`);

    expect(text).toContain(`<link rel="canonical" href="${app.url}${path}"`);
    expect(text).toMatch(/<meta property="og:title" content="[^"]+"/);
    expect(text).toMatch(/<meta property="og:image:width" content="1200"/);
  });

  it('show an entity with its documents and newest changes', async () => {
    const { text } = await read('/entities/harbourline');
    expect(text).toMatch(/<h1><bdi>Harbourline<\/bdi><\/h1>/);
    expect(text).toContain('href="/recent?entity=harbourline"');
    expect(text).toContain('1 high, 1 medium');
    expect(text).toContain('href="/documents/CA-D-1"');
    expect(text).toMatch(/Newest changes.*href="\/changes\/\d+"/s);
  });

  it('show a document with its clauses, the gravest first, and what is to take effect', async () => {
    const { text } = await read('/documents/CA-D-1');
    const clauses = text.slice(text.indexOf('<h2>Clauses'));
    expect(clauses.indexOf('End-user conduct')).toBeLessThan(clauses.indexOf('Refunds'));
    expect(text).toMatch(/Takes effect soon.*<time datetime="2999-06-01">/s);
    expect(text).toContain('<time datetime="2026-03-24">24 March 2026</time>');
  });

  it('show how platforms rate a clause type, page by page', async () => {
    const many = Array.from({ length: 101 }, (_, number) =>
      anEvent({
        entity: { id: `e-${number}`, name: `E ${number}` },
        document: { id: `e-${number}-d`, title: 'Terms' },
        provision: { id: `e-${number}-p`, title: `Clause ${number}`, clauseType: 'of-many' },
        after: side(number === 77 ? 'high' : 'low', 'Words.'),
      }),
    );
    await postBatch(app, many);
    const { text } = await read('/clause-types/of-many');
    const next = /<a rel="next" href="([^"]+)">/.exec(text)![1]!;
    const rest = await read(next);
    const shown = [text, rest.text].flatMap((page) => page.match(/href="\/provisions\/[^"]+"/g));

    expect(shown[0]).toBe('href="/provisions/e-77-p"');
    expect(new Set(shown).size).toBe(101);
    expect(shown).toHaveLength(101);
    expect(rest.text).not.toContain('rel="next"');
    expect((await read('/clause-types/of-many?cursor=abc')).status).toBe(422);
  });

  it('list entities by name, and by a part of it', async () => {
    const { text } = await read('/entities?q=OTHER');
    expect(text).toContain('href="/entities/other-high"');
    expect(text).not.toContain('href="/entities/harbourline"');
    expect((await read('/entities')).text).toContain('rel="next"');
    expect((await read('/entities?q=a%00%27%25')).status).toBe(200);
  });

  it.each(['entities', 'documents', 'provisions', 'clause-types'])(
    'answer 404 for unknown %s',
    async (kind) => {
      for (const id of ['unknown', 'a%00b', 'x'.repeat(201), '%0A']) {
        expect((await read(`/${kind}/${id}`)).status, id).toBe(404);
      }
    },
  );

  it('are for search engines to find while the archive is open', async () => {
    const { headers } = await read('/provisions/CA-P-1');
    expect(headers.get('x-robots-tag')).toBeNull();
    const member = await visitor(app, await app.createAccount());
    expect((await member.get('/provisions/CA-P-1')).headers.get('cache-control')).toContain('no-store');
  });
});

describe('an archive for members', () => {
  it('is closed to visitors, and open to members and the operator', async () => {
    const closed = await startApp({ PUBLIC_ARCHIVE: 'members' });
    try {
      await postBatch(closed, [anEvent()]);
      const member = await visitor(closed, await closed.createAccount());
      const operator = await visitor(closed, 'operator');
      const nobody = await visitor(closed);
      for (const path of [
        '/entities',
        '/entities/harbourline',
        '/documents/HL-D-1',
        '/provisions/HL-P-1',
        '/clause-types/arbitration',
        '/search?q=arb',
      ]) {
        const refused = await nobody.get(path);
        expect(refused.status, path).toBe(303);
        expect(refused.location, path).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
        expect(refused.text).not.toContain('Harbourline');
        const allowed = await member.get(path);
        expect(allowed.status, path).toBe(200);
        expect(allowed.headers.get('x-robots-tag'), path).toContain('noindex');
        expect((await operator.get(path)).status, path).toBe(200);
      }
    } finally {
      await closed.stop();
    }
  });
});

it('leads from a document through all of its changes, without a script', async () => {
  const place = { document: { id: 'LONG-D', title: 'Long terms' } };
  const events = Array.from({ length: 75 }, (_, n) =>
    anEvent({ ...place, provision: { id: `LONG-P-${n}`, title: `Clause ${n}` } }),
  );
  await postBatch(app, events);
  const shown: string[] = [];
  let path: string | undefined = '/documents/LONG-D';
  for (let pages = 0; path !== undefined && pages < 5; pages++) {
    const { status, text } = await read(path);
    expect(status, path).toBe(200);
    const section = /<section id="changes">.*?<\/section>/s.exec(text)![0];
    shown.push(...[...section.matchAll(/<a href="\/changes\/(\d+)"/g)].map(([, id]) => id!));
    expect(section.includes('Back to the newest')).toBe(pages > 0);
    path = /rel="next" href="([^"#]+)#changes"/.exec(section)?.[1];
  }
  expect(shown).toHaveLength(events.length);
  expect(new Set(shown).size).toBe(events.length);
  expect(shown).toEqual(shown.toSorted((one, other) => Number(other) - Number(one)));
});

it('refuses the cursor of another document', async () => {
  const { text } = await read('/documents/LONG-D');
  const cursor = /changes=([^"#]+)#changes/.exec(text)![1]!;
  expect((await read(`/documents/CA-D-1?changes=${cursor}`)).status).toBe(422);
});

it.each(['/provisions/%E6%9D', '/entities/%', '/documents/%zz?q=%20'])(
  'answers a badly encoded address with the page of what is nowhere: %s',
  async (path) => {
    const { status, text } = await read(path);
    expect(status).toBe(404);
    expect(text).toContain('<html lang="en">');
  },
);

it('tells the API’s users in problem details that an address is badly encoded', async () => {
  expect((await app.call('GET', '/v1/provisions/%E6%9D')).status).toBe(400);
});
