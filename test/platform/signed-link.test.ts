import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signedLinks } from '../../src/platform/signed-link.js';

const links = signedLinks('a key of the tests, long enough for them');
const now = new Date('2026-05-04T09:00:00Z');
const later = new Date(now.getTime() + 1);
const claims = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), {
  noNullPrototype: true,
});

describe('signedLinks', () => {
  it('gives the claims back that it signed', () => {
    fc.assert(
      fc.property(fc.string(), claims, (purpose, said) => {
        expect(links.verify(purpose, links.sign(purpose, said, later), now)).toEqual(said);
        expect(links.verify(purpose, links.sign(purpose, said), new Date(8.64e15))).toEqual(said);
      }),
    );
  });

  it('gives the same token for the same claims, of characters that need no escape in a URL', () => {
    fc.assert(
      fc.property(claims, (said) => {
        const token = links.sign('unsubscribe', said);
        expect(token).toMatch(/^[\w-]+$/);
        expect(links.sign('unsubscribe', said)).toBe(token);
      }),
    );
  });

  it('takes no token of another purpose or another key', () => {
    const token = links.sign('unsubscribe', { account: '7' });
    expect(links.verify('confirm', token, now)).toBeNull();
    expect(signedLinks('another key altogether, as long as it').verify('unsubscribe', token, now)).toBeNull();
  });

  it('takes no token from the moment it expires', () => {
    const token = links.sign('sign-in', { account: '7' }, later);
    expect(links.verify('sign-in', token, now)).toEqual({ account: '7' });
    expect(links.verify('sign-in', token, later)).toBeNull();
  });

  it('takes no token that lost or changed a character', () => {
    const token = links.sign('unsubscribe', { account: '7' });
    const character = fc.constantFrom(...Array.from('ABCXYZabcxyz0189-_+/=. é'));
    fc.assert(
      fc.property(fc.nat(token.length - 1), character, (place, replacement) => {
        fc.pre(token[place] !== replacement);
        const altered = token.slice(0, place) + replacement + token.slice(place + 1);
        expect(links.verify('unsubscribe', altered, now)).toBeNull();
        expect(links.verify('unsubscribe', token.slice(0, place), now)).toBeNull();
        expect(links.verify('unsubscribe', token + replacement, now)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it('takes nothing that is no token at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(links.verify('unsubscribe', text, now)).toBeNull();
      }),
    );
  });
});
