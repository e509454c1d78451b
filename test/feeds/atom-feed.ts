import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { parsedUrl } from '../../src/domain/web-url.js';
import { matches, type Pattern } from './relax-ng.js';
import { patternOf } from './relax-ng-schema.js';
import { attributeOf, childrenOf, parseXml, textOf, type XmlElement } from './xml-tree.js';

export const grammarFile = new URL('atom.rng', import.meta.url);

/** The grammar of RFC 4287, read with the browser's parser. */
export async function atomGrammar(page: Page): Promise<Pattern> {
  const [grammar] = await parseXml(page, [await readFile(grammarFile, 'utf8')]);
  return patternOf(grammar!);
}

/**
 * What is wrong with a feed: by the grammar, by the assertions that stand beside it in RFC 4287, appendix B, and by those
 * rules of its text that neither can say. Nothing, when it is valid.
 */
export function faultsOfFeed(grammar: Pattern, feed: XmlElement): string[] {
  const entries = childrenOf(feed, 'entry');
  const ids = entries.map((entry) => `${textOf(entry, 'id')} ${textOf(entry, 'updated')}`);
  const all = [feed, ...entries];
  const faults: [boolean, string][] = [
    [matches(grammar, feed), 'the grammar does not take it'],
    [
      childrenOf(feed, 'author').length > 0 || entries.every((one) => childrenOf(one, 'author').length > 0),
      'an entry has no author, nor has the feed',
    ],
    [
      entries.every((one) => alternates(one).length > 0 || childrenOf(one, 'content').length > 0),
      'an entry has neither an alternate link nor content',
    ],
    [new Set(ids).size === ids.length, 'two entries have the same id and the same time'],
    [all.every((one) => isIri(textOf(one, 'id'))), 'an id is no IRI'],
    [
      all.every((one) => new Set(alternates(one).map(languageAndType)).size === alternates(one).length),
      'two alternate links have the same type and language',
    ],
    [
      all.every((one) => childrenOf(one, 'link').every((link) => isIri(attributeOf(link, 'href') ?? ''))),
      'a link leads to no IRI',
    ],
    [childrenOf(feed, 'link').some((link) => attributeOf(link, 'rel') === 'self'), 'it does not name itself'],
  ];
  return faults.flatMap(([isFine, fault]) => (isFine ? [] : [fault]));
}

function alternates(element: XmlElement): XmlElement[] {
  return childrenOf(element, 'link').filter(
    (link) => (attributeOf(link, 'rel') ?? 'alternate') === 'alternate',
  );
}

function languageAndType(link: XmlElement): string {
  return `${attributeOf(link, 'hreflang')} ${attributeOf(link, 'type')}`;
}

function isIri(text: string | null): boolean {
  return text !== null && parsedUrl(text) !== null && !/\s/.test(text);
}
