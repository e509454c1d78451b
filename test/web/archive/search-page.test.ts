import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEvent } from '../../archive/an-event.js';
import { postBatch } from '../../archive/post-batch.js';
import { startApp, type TestApp } from '../../support/app.js';
import { visitor } from '../../support/visiting.js';
import { document, fillArchive } from './archive-scene.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  await fillArchive(app);
});
afterAll(async () => app.stop());

const read = async (path: string) => (await visitor(app)).get(path);

describe('the search page', () => {
  it('says why it found what is not called so', async () => {
    expect((await read('/search?q=acceptable-use')).text).toContain('of the category acceptable-use');
    expect((await read('/search?q=ca-p-1')).text).toContain('record <mark>CA-P-1</mark>');
    expect((await read('/search?q=conduct')).text).not.toMatch(/of the category|, record/);
  });

  it('finds what begins like a mistyped name, and claims no more', async () => {
    const { text } = await read('/search?q=condcut');

    expect(text).toContain('Nothing is called so. What begins like it:');
    expect(text).toContain('href="/provisions/O-P-high"');
    expect(text).not.toContain('of the category');
    expect((await read('/search?q=xyzzyx')).text).toContain('Try the beginning of a word');
  });

  it('shows more of one kind where it shows but the first of them', async () => {
    const events = Array.from({ length: 10 }, (_, number) =>
      anEvent({ document, provision: { id: `many-${number}`, title: `Zebra ${number}` } }),
    );
    await postBatch(app, events);
    const { text } = await read('/search?q=zebra');
    expect(text.match(/data-hit/g)).toHaveLength(8);
    const more = /<a rel="next" href="([^"]+)">More clauses/.exec(text)![1]!.replaceAll('&amp;', '&');
    const all = await read(more);

    expect(all.text.match(/data-hit/g)).toHaveLength(10);
    expect(all.text).toContain('among clauses');
    expect(all.text).not.toContain('rel="next"');
  });

  it('shows what was found, with what was typed marked', async () => {
    const { text } = await read('/search?q=end%20cond');
    expect(text).toContain('<mark>End</mark>-user <mark>cond</mark>uct');
    expect(text).toContain('value="end cond"');
    expect(text).toMatch(/<h2>Clause types<\/h2>.*<h2>Clauses<\/h2>/s);
  });

  it('gives the results alone to a script', async () => {
    const { text } = await read('/search?q=harb&part=results');
    expect(text).not.toContain('<html');
    expect(text).toContain('href="/entities/harbourline"');
  });

  it('finds the clauses of a category', async () => {
    expect((await read('/search?q=acceptable-use')).text).toContain('href="/provisions/CA-P-1"');
  });

  it.each([
    ['nothing', ''],
    ['punctuation', '%26%7C!%3C-%3E()%3A*%27'],
    ['NUL', 'a%00b%00'],
    ['10,000 characters', 'x'.repeat(10_000)],
    ['a lone surrogate', '%ED%A0%80'],
    ['several', 'a&q=b'],
    ['markup', '%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E'],
  ])('takes %s without harm', async (_, typed) => {
    for (const part of ['', '&part=results']) {
      const { status, text } = await read(`/search?q=${typed}${part}`);
      expect(status).toBe(200);
      expect(text).not.toContain('<script>alert');
    }
  });
});
