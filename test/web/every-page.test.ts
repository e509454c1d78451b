import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../support/app.js';
import { livedIn } from '../support/lived-in.js';
import { visitor } from '../support/visiting.js';
import { crawl } from './crawl.js';

let app: TestApp;
let member: { id: string };

beforeAll(async () => {
  ({ app, member } = await livedIn());
});
afterAll(async () => app.stop());

const readers = ['visitor', 'member', 'operator'] as const;

describe.each(readers)('to a %s', (kind) => {
  it('no link leads astray', async () => {
    const as = { visitor: undefined, member, operator: 'operator' as const }[kind];
    const found = await crawl(await visitor(app, as), ['/', '/operator']);

    const broken = found.filter(({ status }) => status >= 400);
    expect(broken.map(({ path, from, status }) => `${status} ${path}, from ${from}`)).toEqual([]);
    const untitled = found.filter(({ text }) => text !== '' && !/<h1[\s>]/.test(text));
    expect(untitled.map(({ path }) => path)).toEqual([]);
  });
});
