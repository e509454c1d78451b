import { expect, it } from 'vitest';
import { KeptEntries } from '../../src/feeds/kept-entries.js';
import { nameUuid } from '../../src/feeds/name-uuid.js';
import type { Xml } from '../../src/feeds/xml.js';

const entry = (length: number) => 'x'.repeat(length) as Xml;

it('keeps entries until they are too long together, and drops the oldest first', () => {
  const kept = new KeptEntries(10);
  kept.keep('a', entry(4));
  kept.keep('a', entry(4));
  kept.keep('b', entry(4));
  expect([kept.get('a'), kept.get('b')]).toEqual(['xxxx', 'xxxx']);
  kept.keep('c', entry(3));
  expect([kept.get('a'), kept.get('b'), kept.get('c')]).toEqual([undefined, 'xxxx', 'xxx']);
  kept.keep('d', entry(11));
  expect(['b', 'c', 'd'].map((key) => kept.get(key))).toEqual([undefined, undefined, undefined]);
  kept.keep('e', entry(10));
  expect(kept.get('e')).toBe(entry(10));
});

it('makes the UUID of RFC 9562, appendix A.4, of its name', () => {
  expect(nameUuid('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
  );
});
