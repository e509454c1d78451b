import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownPath } from '../../../src/web/frame/own-path.js';

const origin = 'https://tocsin.example';
const tricky = fc.constantFrom(
  '/',
  '\\',
  '//',
  '.',
  '..',
  '%2f',
  '%5c',
  '%09',
  '\t',
  '\n',
  '\r',
  '\0',
  '@',
  ':',
  '?',
  '#',
  'https:',
  'javascript:',
  'evil.example',
  'a',
  ' ',
  '\u2028',
  '\u{ff0f}',
  '\u200b',
  'é',
  '\ud800',
  '[',
  ';',
);
const anyNext = fc.oneof(
  fc.string(),
  fc.array(tricky, { maxLength: 8 }).map((parts) => parts.join('')),
);

describe('where to go on', () => {
  it('is a path of ours, whatever is asked for', () => {
    fc.assert(
      fc.property(anyNext, fc.constantFrom('', '/base'), (text, base) => {
        const next = ownPath(text);
        if (next === null) return;
        expect(next).toMatch(/^\/(?![/\\])[!-~]*$/);
        const led = new URL(base + next, `${origin}/sign-in/x`);
        expect(led.origin).toBe(origin);
        expect(led.pathname.startsWith('//')).toBe(false);
        // Read twice it says the same: what is kept with a link is checked again when it is used.
        expect(ownPath(next)).toBe(next);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    ['/changes/7?a=%2F#x', '/changes/7?a=%2F#x'],
    ['/', '/'],
    ['/search?q=a b', '/search?q=a%20b'],
    ['/sign-inside', '/sign-inside'],
    ['//evil.example', null],
    ['/\\evil.example', null],
    ['\\\\evil.example', null],
    ['/\t/evil.example', null],
    ['/.//evil.example', null],
    ['/a/..//evil.example', null],
    ['https://evil.example', null],
    ['javascript:alert(1)', null],
    ['evil.example', null],
    ['', null],
    ['/sign-in', null],
    ['/sign-in/abc', null],
    ['/sign-out', null],
    ['/operator/sign-in?next=/', null],
    [`/${'a'.repeat(2_000)}`, null],
  ])('of %s is %s', (text, expected) => {
    expect(ownPath(text)).toBe(expected);
  });
});
