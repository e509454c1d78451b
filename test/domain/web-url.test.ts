import { describe, expect, it } from 'vitest';
import { parsedUrl, webAddress } from '../../src/domain/web-url.js';

describe('an absolute URL', () => {
  it('is parsed alike however often it is asked for', () => {
    const addresses = ['http://ü.example/', 'https://[2606:4700::1]/hook', 'nope', 'https://example.org/x'];
    const answers = new Set<string>();
    for (let n = 0; n < 40_000; n++) {
      const address = addresses[n % 4] ?? '';
      answers.add(`${address} ${parsedUrl(address)?.href}`);
    }
    expect(answers.size).toBe(addresses.length);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.org',
    'mailto:a@example.org',
    '//example.org',
    '',
    null,
    undefined,
  ])('is no web address: %s', (text) => expect(webAddress(text)).toBeNull());
});
