import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressPolicy } from '../../../src/platform/outbound/address-policy.js';

const octet = fc.nat(255);

describe('addressPolicy', () => {
  const mayReach = addressPolicy([]);

  it.each([
    '1.1.1.1',
    '93.184.215.14',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '198.20.0.0',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001:81b::200e',
  ])('lets the public address %s pass', (address) => {
    expect(mayReach(address)).toBe(true);
  });

  it('refuses what lies behind a NAT64 gateway, public or not', () => {
    expect(mayReach('64:ff9b::5db8:d70e')).toBe(false);
    expect(mayReach('64:ff9b::a9fe:a9fe')).toBe(false);
    expect(mayReach('64:ff9b:1::5db8:d70e')).toBe(false);
  });

  it('reaches through a gateway that is allowed what may be reached without it, and no more', () => {
    const throughGateway = addressPolicy(['64:ff9b::/96', '10.20.0.0/16']);
    expect(throughGateway('64:ff9b::5db8:d70e')).toBe(true);
    expect(throughGateway('64:ff9b::10.20.1.2')).toBe(true);
    expect(throughGateway('64:ff9b::10.21.1.2')).toBe(false);
    expect(throughGateway('64:ff9b::a9fe:a9fe')).toBe(false);
    expect(throughGateway('64:ff9b::7f00:1')).toBe(false);
  });

  it.each(['', 'localhost', '127.1', '0x7f.1', '2130706433', '[::1]', '127.0.0.1.', '1.1.1.1/32'])(
    'refuses %j, which is no address in its plain form',
    (text) => {
      expect(mayReach(text)).toBe(false);
    },
  );

  it('refuses every address of the ranges that are not public', () => {
    const inPrivateRange = fc.oneof(
      fc.tuple(fc.constantFrom(0, 10, 127), octet, octet, octet),
      fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
      fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
      fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
      fc.tuple(fc.integer({ min: 224, max: 255 }), octet, octet, octet),
    );
    fc.assert(
      fc.property(inPrivateRange, (octets) => {
        const v4 = octets.join('.');
        expect(mayReach(v4)).toBe(false);
        expect(mayReach(`::ffff:${v4}`)).toBe(false);
        expect(mayReach(`64:ff9b::${v4}`)).toBe(false);
        expect(mayReach(`::${v4}`)).toBe(false);
      }),
    );
  });

  it('refuses all of IPv6 outside 2000::/3', () => {
    const group = fc.nat(0xffff).map((n) => n.toString(16));
    const first = fc.nat(0xffff).filter((n) => n >> 13 !== 1 && n !== 0x64);
    fc.assert(
      fc.property(first, fc.array(group, { minLength: 7, maxLength: 7 }), (head, tail) => {
        expect(mayReach([head.toString(16), ...tail].join(':'))).toBe(false);
      }),
    );
  });

  it('lets the allowed networks pass, and nothing beside them', () => {
    const withAllowed = addressPolicy(['10.20.0.0/16', '127.0.0.1/32', 'fd12:3456::/32']);
    expect(withAllowed('10.20.255.1')).toBe(true);
    expect(withAllowed('127.0.0.1')).toBe(true);
    expect(withAllowed('fd12:3456:1::1')).toBe(true);
    expect(withAllowed('10.21.0.1')).toBe(false);
    expect(withAllowed('127.0.0.2')).toBe(false);
    expect(withAllowed('fd12:3457::1')).toBe(false);
    expect(withAllowed('::ffff:127.0.0.1')).toBe(false);
  });

  it('throws on a network that is none', () => {
    expect(() => addressPolicy(['10.0.0.0/33'])).toThrow(/CIDR|range|format/i);
    expect(() => addressPolicy(['everything'])).toThrow(/CIDR|range|format/i);
  });
});
