import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertSubject } from '../../src/channels/email/subject.js';
import { element, xmlDocument } from '../../src/feeds/xml.js';
import { alertContent, changeContent } from '../support/alert-content-fixture.js';
import { startApp, type TestApp } from '../support/app.js';
import { startBrowser } from '../support/browser.js';
import { provisionEvent } from '../support/events.js';
import { watch } from '../support/watching.js';
import { hostileEvent } from '../web/hostile-events.js';
import { atomGrammar, faultsOfFeed, grammarFile } from './atom-feed.js';
import { entryWith, feedWith } from './feed-fixture.js';
import { feedOf, readFeed } from './feed-reader.js';
import type { Pattern } from './relax-ng.js';
import { attributeOf, childrenOf, parseXml, textOf, type XmlElement } from './xml-tree.js';

let app: TestApp;
let browser: Browser;
let page: Page;
let grammar: Pattern;
/** Of the service: nothing in it, one change, and one as hostile as changes get. */
let served: string[];

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  page = await browser.newPage();
  grammar = await atomGrammar(page);
  const account = await app.createAccount({ tier: 'professional' });
  const name = `]]>"><script>alert(1)</script>\u202E${'w'.repeat(40)}`;
  const path = await feedOf(app, account, await watch(app, account, [['everything', '*']], { name }));
  served = [(await readFeed(app, path)).text];
  for (const event of [provisionEvent(), hostileEvent('hostile')]) {
    await app.postEvents([event]);
    served.push((await readFeed(app, path)).text);
  }
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

async function parsed(document: string): Promise<XmlElement> {
  return (await parseXml(page, [document]))[0]!;
}

describe('a feed', () => {
  it('is valid Atom, whatever stands in it', async () => {
    for (const document of [feedWith(), feedWith({ entries: [] }), ...served]) {
      expect(faultsOfFeed(grammar, await parsed(document)), document.slice(0, 500)).toEqual([]);
    }
    expect(childrenOf(await parsed(served[2]!), 'entry')).toHaveLength(2);
  });

  it('is valid to a validator of others', async ({ skip }) => {
    const run = promisify(execFile);
    const isThere = await run('xmllint', ['--version']).then(
      () => true,
      () => false,
    );
    if (!isThere) return skip('xmllint is not on this machine');
    const folder = await mkdtemp(join(tmpdir(), 'tocsin-feeds-'));
    try {
      for (const [index, document] of [feedWith(), feedWith({ entries: [] }), ...served].entries()) {
        const file = join(folder, `${index}.atom`);
        await writeFile(file, document);
        await expect(
          run('xmllint', ['--noout', '--nonet', '--relaxng', fileURLToPath(grammarFile), file]),
        ).resolves.toBeDefined();
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  const entry = '<id>urn:uuid:2f1d0c5e-7a57-4d0b-9a51-4a3a0f5e9f10</id>';
  it.each<[fault: string, from: string | RegExp, to: string]>([
    ['has no id', entry, ''],
    ['has two ids', entry, entry + entry],
    ['has no title', /<title>.*?<\/title>/, ''],
    ['has a date that is none', /<updated>.*?<\/updated>/, '<updated>4 May 2026</updated>'],
    ['has a date without a zone', /<updated>.*?<\/updated>/, '<updated>2026-05-04T09:00:30</updated>'],
    ['has an element that Atom does not know', '<entry>', '<item/><entry>'],
    ['has its own elements after an entry', '</feed>', '<rights>none</rights></feed>'],
    ['has words between the elements', '<entry>', 'words<entry>'],
    ['has an attribute that Atom does not know', '<entry>', '<entry kind="x">'],
    ['is of another namespace', 'http://www.w3.org/2005/Atom', 'http://www.w3.org/2005/atom'],
    ['has a category without a term', /<category term="[^"]*"/, '<category'],
    ['has a link that leads nowhere', / href="[^"]*"/, ''],
    ['has a link of a type that is none', 'type="text/html"', 'type="html"'],
    ['has a content of a kind that is none', '<content type="html">', '<content type="markdown">'],
    ['has an author without a name', /<name>.*?<\/name>/, ''],
    ['has an entry without an author', /<author>.*?<\/author>/, ''],
    ['has an id that is no IRI', entry, '<id>1</id>'],
    ['does not name itself', 'rel="self"', 'rel="related"'],
  ])('would be found out if it %s', async (_, from, to) => {
    const broken = feedWith().replace(from, to);
    expect(broken).not.toBe(feedWith());
    expect(faultsOfFeed(grammar, await parsed(broken))).not.toEqual([]);
  });

  it('may be extended by elements and attributes of others', async () => {
    const extended = feedWith()
      .replace('<entry>', '<x:more xmlns:x="urn:x" n="1">words <x:b/></x:more><entry>')
      .replace('<author>', '<author xmlns:x="urn:x" x:n="1"><x:simple>words</x:simple>');
    expect(faultsOfFeed(grammar, await parsed(extended))).toEqual([]);
  });
});

/** What has a meaning in XML or HTML, and what can't stand there. */
const signs =
  ']]> <![CDATA[ <!-- -- <?xml?> & &amp; &#0; &lt; < > " \' </content> <script> \uFFFE \uFFFF \uD800 \uDC00 \u{1FFFF} \u0085 \u2028'.split(
    ' ',
  );

/** Any sequence of code units, and what has a meaning in XML or HTML more often than by chance. */
const anything = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
      { weight: 2, arbitrary: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) },
      { weight: 2, arbitrary: fc.nat(0x20).map((unit) => String.fromCharCode(unit)) },
      {
        weight: 2,
        arbitrary: fc.constantFrom(...signs),
      },
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('any text', () => {
  it('makes a well-formed, valid feed', async () => {
    const everywhere = fc.tuple(
      anything,
      anything,
      anything,
      anything,
      fc.constantFrom('=' as const, '-' as const, '+' as const),
    );
    await fc.assert(
      fc.asyncProperty(everywhere, async ([a, b, c, d, op]) => {
        const change = changeContent({
          provision: { id: a, title: b, clauseType: c, categories: [d], url: a },
          text: {
            before: a,
            after: b,
            diff: [
              { op: '=', text: c },
              { op, text: d },
            ],
          },
          citation: b,
          analysis: {
            summary: a,
            consumerImpact: b,
            regulatoryCitations: [{ citation: c, note: d }],
            complianceMemo: d,
            agencies: [{ code: a, name: b, note: c, complaintUrl: d }],
          },
        });
        const content = {
          entity: { ...alertContent().entity, name: c },
          document: { ...alertContent().document, title: d, url: b },
        };
        const entries = [entryWith(change, content, { source: a, eventId: d })];
        const feed = await parsed(feedWith({ name: a, archiveName: b, version: c, entries }));
        expect(faultsOfFeed(grammar, feed)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('comes out as it went in, but for what XML cannot say', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (text) => {
        const root = await parsed(xmlDocument(element('a', { b: text }, [element('c', {}, text)])));
        const said = Array.from(text)
          .filter((sign) => sign.isWellFormed() && (sign >= ' ' || /[\t\n\r]/.test(sign)))
          .filter((sign) => sign !== '\uFFFE' && sign !== '\uFFFF')
          .join('');
        expect(textOf(root, 'c')).toBe(said);
        expect(attributeOf(root, 'b')).toBe(said);
      }),
      { numRuns: 200 },
    );
  });
});

/** What an entry's content is once a feed reader has put it into its page. */
async function contentOf(document: string, index: number): Promise<{ html: string; words: string }> {
  const entry = childrenOf(await parsed(document), 'entry')[index]!;
  const html = textOf(entry, 'content')!;
  await page.setContent(`<!doctype html><title>Reader</title><h1>Entry</h1><main>${html}</main>`);
  return { html, words: await page.locator('main').innerText() };
}

describe('an entry', () => {
  it('has the title of the mail of that change, and says the same by its categories', async () => {
    const content = alertContent();
    const entries = childrenOf(await parsed(feedWith()), 'entry');
    for (const [index, change] of content.changes.entries()) {
      expect(textOf(entries[index]!, 'title')).toBe(alertSubject({ ...content, changes: [change] }));
    }
    const terms = entries.map((entry) =>
      childrenOf(entry, 'category').map((one) => attributeOf(one, 'term')),
    );
    expect(terms.slice(0, 2)).toEqual([
      ['severity:high', 'direction:rise', 'clause-type:dispute-resolution'],
      ['severity:high', 'direction:rise', 'clause-type:dispute-resolution'],
    ]);
    expect(textOf(entries[1]!, 'summary')).toBe(
      'Rose from Medium to High. Lost files are now your loss: the refund of a year of fees is gone.',
    );
    expect(attributeOf(childrenOf(entries[1]!, 'link')[0], 'href')).toBe('https://tocsin.example/changes/42');
  });

  it('tells what changed without style or colour, where it is from, and how to cite it', async () => {
    const { html, words } = await contentOf(feedWith(), 1);
    expect(words).toContain(
      "Medium → High ▲ rose · Escalated · posted 4 May 2026, takes effect 1 June 2026: 28 days' notice",
    );
    expect(words).toContain(
      'We take [-reasonable-] {+commercially practicable+} care of the files you store.',
    );
    expect(html).toContain('<del>[-reasonable-]</del> <ins>{+commercially practicable+}</ins>');
    expect(words).toContain('SHA-256 9b2f60c1d4e7a8350f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a6978');
    expect(words).toContain('ConductAtlas Policy Archive | Entity: Harbourline | Document:');
    expect(html).not.toMatch(/\s(class|style|id)=/);
  });

  it('makes no link of an address that is not http', async () => {
    const url = 'javascript:alert(1)';
    const change = changeContent({ provision: { ...changeContent().provision, url } });
    const entries = [entryWith(change, { document: { ...alertContent().document, url } })];
    const { html, words } = await contentOf(feedWith({ entries }), 0);
    expect(words).toContain('Harbourline Terms of Service · Liability for Loss of Data');
    expect(html).not.toContain('javascript');
  });

  it('puts nothing but words and http links of hostile texts into a page', async () => {
    for (const [document, index] of [
      [served[2]!, 0],
      [feedWith(), 2],
    ] as const) {
      await contentOf(document, index);
      const found = await page.evaluate(`({
        elements: [...new Set([...document.querySelectorAll('main *')].map((one) => one.localName))].sort(),
        attributes: [...new Set([...document.querySelectorAll('main *')].flatMap((one) => one.getAttributeNames()))].sort(),
        links: [...document.links].filter((link) => !/^https?:$/.test(link.protocol)).map((link) => link.href),
      })`);
      const known = 'a blockquote br code del h3 ins li p small strong ul'.split(' ');
      expect((found as any).elements.filter((name: string) => !known.includes(name))).toEqual([]);
      expect(found).toMatchObject({ attributes: ['dir', 'href'], links: [] });
    }
  });
});
