import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.js';

const folder = 'src/web/style/';

/** Those whose rules hold on every page. The rest each belong to one area. */
const shared = ['palette', 'base', 'forms', 'tables', 'parts', 'charts', 'print'];

const web = sourceFiles('src/web');
const sections = web
  .filter(({ path }) => path.startsWith(folder) && !path.endsWith('/style.css.ts'))
  .map(({ path, text }) => ({
    name: path.slice(folder.length).replace('.css.ts', ''),
    css: /`([^`]*)`/.exec(text)![1]!.replace(/\/\*.*?\*\//gs, ''),
  }));
const pages = web.filter(({ path }) => !path.startsWith(folder));

/** @returns what stands before each `{`: selectors and at-rules */
function headsOf(css: string): string[] {
  return [...css.matchAll(/([^{};]+)\{/g)].map(([, head]) => head!.trim());
}

function classesOf(css: string): Set<string> {
  return new Set(
    headsOf(css)
      .flatMap((head) => head.match(/\.[a-z][\w-]*/gi) ?? [])
      .map((one) => one.slice(1)),
  );
}

/** @returns the heads of the outermost blocks alone */
function outermostOf(css: string): string[] {
  const heads: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: brace, index } of css.matchAll(/[{}]/g)) {
    if (brace === '{' && depth++ === 0) heads.push(css.slice(from, index).trim());
    if (brace === '}' && --depth === 0) from = index + 1;
  }
  return heads;
}

/** Classes as the markup has them; `fate-${state}` is the beginning of several. */
function markedUp(): { whole: Set<string>; beginnings: Set<string>; literal: Map<string, string> } {
  const whole = new Set<string>();
  const beginnings = new Set<string>();
  const literal = new Map<string, string>();
  for (const { path, text } of pages) {
    for (const [, words] of text.matchAll(/\bclass="([^"]*)"/g)) {
      for (const word of words!.split(' ')) literal.set(word, path);
    }
    for (const [, , words] of text.matchAll(/(["'`])((?:(?!\1)[^\n])*)\1/g)) {
      for (const word of words!.split(/[^\w${}-]+/)) {
        const [beginning] = word.split('${');
        if (beginning === word) whole.add(word);
        else if (beginning!.endsWith('-')) beginnings.add(beginning!);
      }
    }
  }
  return { whole, beginnings, literal };
}

describe('the stylesheet', () => {
  it('has its sections found', () => {
    expect(sections.map(({ name }) => name)).toEqual(expect.arrayContaining([...shared, 'inbox']));
  });

  it('styles a class for all pages in one section alone', () => {
    const owners = new Map<string, string[]>();
    for (const { name, css } of sections) {
      if (!shared.includes(name) || name === 'print') continue;
      for (const one of classesOf(css)) owners.set(one, [...(owners.get(one) ?? []), name]);
    }
    // An element's look in another element's company is no second look of its own.
    const free = new Set(['aside', 'unseen', 'move', 'button']);
    const twice = [...owners].filter(([one, names]) => names.length > 1 && !free.has(one));
    expect(twice).toEqual([]);
  });

  it('has what belongs to an area stand under the class of that area, and nothing beside it', () => {
    const areas = sections.filter(({ name }) => !shared.includes(name));
    const scopes = areas.map(({ name, css }) => ({ name, outermost: outermostOf(css) }));
    const leaking = scopes.filter(({ outermost }) => !/^\.in-[a-z]+$/.test(outermost.join(' | ')));
    expect(leaking).toEqual([]);
    const named = scopes.map(({ outermost }) => outermost[0]);
    expect(new Set(named).size).toBe(named.length);
  });

  it('has a rule for every class of the markup', () => {
    const styled = new Set(sections.flatMap(({ css }) => [...classesOf(css)]));
    const bare = [...markedUp().literal].filter(([one]) => !styled.has(one));
    expect(bare).toEqual([]);
  });

  it('has no rule for a class that nothing has', () => {
    const { whole, beginnings } = markedUp();
    const isMarkedUp = (one: string) =>
      whole.has(one) || [...beginnings].some((beginning) => one.startsWith(beginning));
    const dead = sections.flatMap(({ name, css }) =>
      [...classesOf(css)].filter((one) => !isMarkedUp(one)).map((one) => `${name}: ${one}`),
    );
    expect(dead).toEqual([]);
  });

  it('takes its colours from the palette', () => {
    const colour = /#[0-9a-f]{3,8}\b(?![^{]*\{)|\brgba?\(|\bhsl/i;
    const others = sections.filter(({ name }) => name !== 'palette' && name !== 'print');
    const own = others.flatMap(({ name, css }) =>
      css
        .split('\n')
        .filter((line) => colour.test(line.replace(/^[^{]*\{/, '')) && !line.includes('::backdrop'))
        .map((line) => `${name}: ${line.trim()}`),
    );
    expect(own).toEqual([]);
  });
});
