import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeliveryId } from '../../src/domain/ids.js';
import { base32, fromBase32 } from '../../src/mail-reports/base32.js';
import { returnPaths } from '../../src/mail-reports/return-path.js';

const key = 'a key of the tests, long enough for them';
const paths = returnPaths('bounce@example.org', key);
const ids = fc.bigInt(1n, 9_223_372_036_854_775_807n).map((id) => id.toString() as DeliveryId);
const of = (deliveryId: string) => paths.of({ deliveryId: deliveryId as DeliveryId });

describe('a return path', () => {
  it('gives the delivery back, in whatever case it comes', () => {
    fc.assert(
      fc.property(ids, fc.infiniteStream(fc.boolean()), (deliveryId, upper) => {
        const address = of(deliveryId);
        expect(paths.read(address)).toBe(deliveryId);
        const mixed = Array.from(address, (sign) => (upper.next().value ? sign.toUpperCase() : sign));
        expect(paths.read(mixed.join(''))).toBe(deliveryId);
      }),
    );
  });

  it('is an address that every mail server takes, and the same each time', () => {
    fc.assert(
      fc.property(ids, (deliveryId) => {
        expect(of(deliveryId)).toMatch(/^bounce\+[a-z2-7]{32}@example\.org$/);
        expect(of(deliveryId)).toBe(of(deliveryId));
      }),
    );
  });

  it('can be forged in no character', () => {
    const sign = fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyz234567'));
    fc.assert(
      fc.property(ids, fc.integer({ min: 7, max: 38 }), sign, (deliveryId, place, other) => {
        const address = of(deliveryId);
        fc.pre(address[place] !== other);
        expect(paths.read(`${address.slice(0, place)}${other}${address.slice(place + 1)}`)).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });

  it('is of no other key, and of no other delivery though half of it is', () => {
    fc.assert(
      fc.property(ids, ids, (one, another) => {
        fc.pre(one !== another);
        expect(returnPaths('bounce@example.org', `${key}, or another`).read(of(one))).toBeNull();
        for (const cut of [8, 16, 19, 20, 24]) {
          const spliced = of(one).slice(0, 7 + cut) + of(another).slice(7 + cut);
          expect(paths.read(spliced)).toBeNull();
        }
      }),
    );
  });

  it('gives away neither the id nor its neighbours', () => {
    const tokens = Array.from({ length: 200 }, (_, n) => of(`${n + 1}`).slice(7, 39));
    // Ids that follow each other have nothing in common beyond chance, which is 1 in 32 at each place.
    const same = tokens
      .slice(1)
      .flatMap((token, n) => Array.from(token, (sign, at) => sign === tokens[n]![at]));
    expect(same.filter(Boolean).length / same.length).toBeLessThan(0.05);
  });

  it.each([
    [
      'a forwarder (SRS)',
      (address: string) => `SRS0=ab1c=TT=example.org=${address.replace('example.org', 'fwd.example')}`,
    ],
    ['a tag (BATV)', (address: string) => `prvs=1234567890=${address}`],
    ['another domain', (address: string) => address.replace('example.org', 'mx1.mail.example')],
    ['white space', (address: string) => ` ${address} `],
  ])('is found behind %s', (_, wrapped) => {
    expect(paths.read(wrapped(of('4711')))).toBe('4711');
  });

  it('is nothing that somebody else wrote', () => {
    const token = of('4711').slice(7, 39);
    const others = [
      `bounces+${token}@example.org`,
      `xbounce+${token}@example.org`,
      `${token}@example.org`,
      `bounce+${token}`,
      `bounce+${token}a@example.org`,
      `bounce+${token.slice(1)}@example.org`,
      'bounce@example.org',
      'alerts@example.org',
      '',
    ];
    expect(others.filter((address) => paths.read(address) !== null)).toEqual([]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(paths.read(text)).toBeNull();
      }),
    );
    expect(paths.readFirst([...others, of('12'), of('13')])).toBe('12');
    expect(paths.readFirst(others)).toBeNull();
  });

  it('leaves the local part short enough, or says that it cannot be', () => {
    const local = 'b'.repeat(31);
    const longest = returnPaths(`${local}@example.org`, key).of({ deliveryId: '1' as DeliveryId });
    expect(longest.indexOf('@')).toBe(64);
    const refused = [
      `${local}b@example.org`,
      `bounce@${'d'.repeat(250)}.example`,
      'bounce',
      '@example.org',
      'bo unce@example.org',
      'bounce+x@example.org',
      '"bounce"@example.org',
      'bounce@exämple.org',
    ];
    for (const address of refused) expect(() => returnPaths(address, key)).toThrow(RangeError);
  });
});

describe('base32', () => {
  it('gives back what it was given, and keeps to RFC 4648', () => {
    expect(base32(Buffer.from('fooba'))).toBe('mzxw6ytb');
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 5, maxLength: 5 })), (groups) => {
        const bytes = Buffer.concat(groups);
        expect(fromBase32(base32(bytes)).equals(bytes)).toBe(true);
      }),
    );
  });
});
