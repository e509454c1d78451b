import { Agent } from 'undici';
import { afterAll, describe, expect, it } from 'vitest';
import { eventTypes, type EventType } from '../../../src/channels/webhook/event-type.js';
import { webhookChannel } from '../../../src/channels/webhook/webhook-channel.js';
import { webhookSettings } from '../../../src/channels/webhook/webhook-settings.js';
import { webPorts } from '../../../src/domain/port-range.js';

const channel = webhookChannel({ dispatcher: new Agent() });
afterAll(() => channel.close());
const WebhookSettings = webhookSettings(webPorts);

describe('the settings of a webhook', () => {
  it.each([
    'https://example.com/hooks/tocsin',
    'http://example.com:8080/?a=b&c=%20d',
    'HTTPS://EXAMPLE.COM',
    'https://bücher.example/höök',
    'https://[2606:4700::1]/hook',
    'https://example.com/@me?to=you@example.com',
    'https://example.com?to=you@example.com',
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
    ['https://@example.com/', 'user name'],
    ['https://:@example.com/', 'user name'],
    ['https://example.com/#part', 'fragment'],
    ['https://example.com/#', 'fragment'],
    ['https://999.1.1.1/', 'host'],
    ['https://example.com:22/', '80, 443, 1024-65535'],
    ['http://example.com:025/', '80, 443, 1024-65535'],
    ['http://example.com:0/', '80, 443, 1024-65535'],
    [`https://example.com/${'a'.repeat(2_000)}`, '2000'],
  ])('refuses %j and says why', (url, word) => {
    const parsed = WebhookSettings.safeParse({ url });
    expect(parsed.error?.issues[0]?.message).toContain(word);
    expect(parsed.error?.issues[0]?.path).toEqual(['url']);
  });

  it('goes by the ports that it is given, whether the URL names one or not', () => {
    const narrow = webhookSettings([{ from: 443, to: 443 }]);
    expect(narrow.safeParse({ url: 'https://example.com/' }).success).toBe(true);
    expect(narrow.safeParse({ url: 'https://example.com:443/' }).success).toBe(true);
    expect(narrow.safeParse({ url: 'http://example.com:443/' }).success).toBe(true);
    for (const url of ['http://example.com/', 'https://example.com:8443/', 'https://example.com:80/']) {
      expect(narrow.safeParse({ url }).error?.issues[0]?.message).toContain('ports 443');
    }
  });

  it.each([
    ['alert', undefined, 'alert.created'],
    ['echo', 'reverted', 'alert.reverted'],
    ['echo', 'retracted', 'alert.retracted'],
    ['echo', 'corrected', 'alert.corrected'],
    ['echo', 'reminder', 'alert.reminder'],
    ['digest', undefined, 'digest.created'],
    ['coverage', 'lost', 'coverage.lost'],
    ['coverage', 'back', 'coverage.back'],
  ] as const)('leave out a message of %s %s unless %s is chosen', (kind, about, type) => {
    const url = 'https://example.com/';
    const others = eventTypes.filter((one) => one !== type);
    const declined = (types?: readonly EventType[]) =>
      channel.declines!(WebhookSettings.parse({ url, ...(types && { types }) }), kind, about);
    expect(declined()).toBeNull();
    expect(declined([type])).toBeNull();
    expect(declined(others)).toBe(`the destination has not chosen ${type}`);
    expect(channel.declines!({ url, types: others }, 'test')).toBeNull();
  });

  it('refuses settings that it does not know', () => {
    const url = 'https://example.com/';
    expect(WebhookSettings.safeParse({ url, secret: 'whsec_mine' }).success).toBe(false);
    expect(WebhookSettings.safeParse({}).success).toBe(false);
  });
});
