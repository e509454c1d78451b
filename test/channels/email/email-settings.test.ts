import { describe, expect, it } from 'vitest';
import { EmailSettings } from '../../../src/channels/email/email-settings.js';

const accepts = (address: string) => EmailSettings.safeParse({ address }).success;

describe('the settings of an email destination', () => {
  it.each([
    'ada@example.org',
    'ada+alerts@example.org',
    "o'neil@example.co.uk",
    'first.last@sub.example.museum',
    'a@b.xn--p1ai',
    `${'a'.repeat(64)}@example.org`,
    'user@bücher.example',
    'josé@example.org',
    '"john doe"@example.org',
  ])('accepts %s', (address) => {
    expect(accepts(address)).toBe(true);
  });

  it('trims the address', () => {
    expect(EmailSettings.parse({ address: '  ada@example.org ' })).toEqual({ address: 'ada@example.org' });
  });

  it.each([
    ['nothing', ''],
    ['no at sign', 'ada.example.org'],
    ['no local part', '@example.org'],
    ['no domain', 'ada@'],
    ['a host without a dot', 'ada@localhost'],
    ['an address literal', 'ada@[127.0.0.1]'],
    ['a bare IP address', 'ada@127.0.0.1'],
    ['a display name', 'Ada <ada@example.org>'],
    ['two addresses', 'ada@example.org,eve@example.org'],
    ['a second recipient behind a comma in the local part', 'eve@evil.example,ada@example.org'],
    ['a space inside', 'ada lovelace@example.org'],
    ['a line end inside', 'ada@example.org\r\nBcc: eve@evil.example'],
    ['a line end behind', 'ada@example.org\r\n'],
    ['two dots', 'ada..lovelace@example.org'],
    ['a dot first', '.ada@example.org'],
    ['an empty label', 'ada@example..org'],
    ['a label that begins with a hyphen', 'ada@-example.org'],
    ['a local part of 65 characters', `${'a'.repeat(65)}@example.org`],
    ['more than 254 characters', `ada@${'a.'.repeat(130)}org`],
    ['two at signs', 'eve@evil.example@example.org'],
    ['a route', '@relay.example:ada@example.org'],
  ])('refuses %s', (_what, address) => {
    expect(accepts(address)).toBe(false);
  });

  it('keeps the address as it was written', () => {
    for (const address of ['Ada@Example.org', 'user@Bücher.example', '"ada"@example.org']) {
      expect(EmailSettings.parse({ address })).toEqual({ address });
    }
  });

  it('refuses settings that it does not know', () => {
    expect(EmailSettings.safeParse({ address: 'ada@example.org', bcc: 'eve@evil.example' }).success).toBe(
      false,
    );
  });
});
