import { describe, expect, it } from 'vitest';
import { maskedAddress } from '../../src/web/mail-links/masked-address.js';
import { siteOf } from '../../src/web/frame/site.js';

const given = { archiveName: 'Archive', publicUrl: 'https://tocsin.example', smtpUrl: null };

describe('siteOf', () => {
  it('puts the path of PUBLIC_URL before every link', () => {
    const site = siteOf({ ...given, publicUrl: 'https://example.org/alerts' });

    expect(site).toMatchObject({ base: '/alerts', mailbox: '/alerts/sandbox/mailbox' });
    expect(siteOf(given)).toMatchObject({ base: '', mailbox: '/sandbox/mailbox' });
  });

  it('knows no mailbox when mail really goes out', () => {
    expect(siteOf({ ...given, smtpUrl: 'smtp://mail.example' }).mailbox).toBeNull();
  });
});

describe('maskedAddress', () => {
  it.each([
    ['kim@example.org', 'k…@e…'],
    ['"odd@local"@example.org', '"…@e…'],
    ['@example.org', '@…'],
    ['not an address', 'n…'],
    ['🦊fox@bücher.example', '🦊…@b…'],
    ['', '…'],
  ])('shows %s as %s', (address, masked) => {
    expect(maskedAddress(address)).toBe(masked);
  });
});
