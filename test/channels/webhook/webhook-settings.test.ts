import { describe, expect, it } from 'vitest';
import { WebhookSettings } from '../../../src/channels/webhook/webhook-settings.js';

describe('WebhookSettings', () => {
  it.each([
    'https://example.com/hooks/tocsin',
    'http://example.com:8080/?a=b&c=%20d',
    'HTTPS://EXAMPLE.COM',
    'https://bücher.example/höök',
    'https://[2606:4700::1]/hook',
  ])('takes %s as it is written', (url) => {
    expect(WebhookSettings.parse({ url })).toEqual({ url });
  });

  it.each([
    ['', 'host'],
    ['example.com/hook', 'http(s)'],
    ['ftp://example.com/', 'http(s)'],
    ['javascript:alert(1)', 'http(s)'],
    ['https:example.com', 'http(s)'],
    ['https://', 'host'],
    ['https:///hook', 'host'],
    ['https://exa mple.com/', 'spaces'],
    [' https://example.com/', 'spaces'],
    ['https://example.com/\nhook', 'control'],
    ['https://example.com\\@10.0.0.1/', 'backslashes'],
    ['https://me:secret@example.com/', 'password'],
    ['https://me@example.com/', 'user name'],
    ['https://example.com/#part', 'fragment'],
    ['https://example.com/#', 'fragment'],
    ['https://999.1.1.1/', 'host'],
    [`https://example.com/${'a'.repeat(2_000)}`, '2000'],
  ])('refuses %j and says why', (url, word) => {
    const parsed = WebhookSettings.safeParse({ url });
    expect(parsed.error?.issues[0]?.message).toContain(word);
    expect(parsed.error?.issues[0]?.path).toEqual(['url']);
  });

  it('refuses settings that it does not know', () => {
    const url = 'https://example.com/';
    expect(WebhookSettings.safeParse({ url, secret: 'whsec_mine' }).success).toBe(false);
    expect(WebhookSettings.safeParse({}).success).toBe(false);
  });
});
