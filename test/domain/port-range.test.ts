import { describe, expect, it } from 'vitest';
import { isPortOf, portOf, PortRange, portRangesText, webPorts } from '../../src/domain/port-range.js';

describe('a range of ports', () => {
  it.each([
    ['443', { from: 443, to: 443 }],
    ['1-1', { from: 1, to: 1 }],
    ['1024-65535', { from: 1_024, to: 65_535 }],
  ])('is read as it is written: %s', (text, range) => {
    expect(PortRange.parse(text)).toEqual(range);
    expect(portRangesText([range])).toBe(text === '1-1' ? '1' : text);
  });

  it.each(['', '0', '0-80', '65536', '80-65536', '90-80', '-80', '80-', '8 0', '80-90-100', '1e3', 'http'])(
    'is none: %j',
    (text) => {
      expect(PortRange.safeParse(text).success).toBe(false);
    },
  );

  it('holds both its ends, and nothing beside them', () => {
    const ports = [79, 80, 81, 442, 443, 444, 1_023, 1_024, 65_535, 65_536, 0];
    expect(ports.filter((port) => isPortOf(webPorts, port))).toEqual([80, 443, 1_024, 65_535]);
  });
});

it('knows the port of a URL that names none', () => {
  expect(portOf(new URL('https://example.org/'))).toBe(443);
  expect(portOf(new URL('https://example.org:80/'))).toBe(80);
  expect(portOf(new URL('http://example.org/'))).toBe(80);
  expect(portOf(new URL('http://example.org:8080/'))).toBe(8_080);
});
