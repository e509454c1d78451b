import { afterAll, describe, expect, it } from 'vitest';
import { teamsChannel } from '../../../src/channels/teams/teams-channel.js';

const channel = teamsChannel({ allowNetworks: [] });
const opened = teamsChannel({ allowNetworks: ['127.0.0.0/8', '10.1.0.0/16', 'fd00::/8', '8.8.8.0/24'] });
afterAll(async () => {
  await channel.close();
  await opened.close();
});

const signed = 'api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=not-a-signature';

describe('the settings of a Teams destination', () => {
  it.each([
    `https://prod-12.westeurope.logic.azure.com:443/workflows/abc/triggers/manual/paths/invoke?${signed}`,
    `https://default0a1b.2c.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/abc/triggers/manual/paths/invoke?${signed}`,
    `https://emea.powerautomate.com/webhook/abc?${signed}`,
    'https://contoso.webhook.office.com/webhookb2/a@b/IncomingWebhook/c/d',
  ])('may be %s', (webhookUrl) => {
    expect(channel.settingsSchema.parse({ webhookUrl })).toEqual({ webhookUrl });
  });

  const path = '/workflows/abc/triggers/manual/paths/invoke';
  it.each([
    ['no settings', {}],
    ['anything besides', { webhookUrl: `https://a.logic.azure.com${path}`, extra: 1 }],
    ['no URL', { webhookUrl: 'the channel of our team' }],
    ['no TLS', { webhookUrl: `http://a.logic.azure.com${path}` }],
    ['another port', { webhookUrl: `https://a.logic.azure.com:8443${path}` }],
    ['another host', { webhookUrl: `https://evil.example${path}` }],
    ['a host that only begins alike', { webhookUrl: `https://a.logic.azure.com.evil.example${path}` }],
    ['a host that only ends alike', { webhookUrl: `https://evil-logic.azure.com${path}` }],
    ['the host as a user', { webhookUrl: `https://a.logic.azure.com@evil.example${path}` }],
    ['a user of the host', { webhookUrl: `https://amy@a.logic.azure.com${path}` }],
    ['a password of the host', { webhookUrl: `https://:amy@a.logic.azure.com${path}` }],
    ['the host alone', { webhookUrl: 'https://a.logic.azure.com/' }],
    ['a fragment', { webhookUrl: `https://a.logic.azure.com${path}#sig` }],
    ['a line end', { webhookUrl: `https://a.logic.azure.com${path}\n` }],
    ['a backslash', { webhookUrl: `https:\\\\a.logic.azure.com${path}` }],
    ['too long', { webhookUrl: `https://a.logic.azure.com/${'x'.repeat(2_000)}` }],
    ['our own network', { webhookUrl: `http://127.0.0.1:4000${path}` }],
    ['a public address', { webhookUrl: `https://8.8.8.8${path}` }],
  ])('must not be %s', (_, settings) => {
    expect(channel.settingsSchema.safeParse(settings).success).toBe(false);
  });

  it.each(['http://127.0.0.1:4000/a', 'https://10.1.2.3/a', 'http://[fd00::1]/a'])(
    'may be %s where the operator opened that network',
    (webhookUrl) => {
      expect(opened.settingsSchema.safeParse({ webhookUrl }).success).toBe(true);
    },
  );

  it.each([
    'http://10.2.0.1/a',
    'http://[::1]/a',
    'http://localhost/a',
    // Public: an opened network does not make Teams of it.
    'https://8.8.8.8/a',
    'ftp://127.0.0.1/a',
    'http://amy@127.0.0.1/a',
    'https://evil.example/a',
  ])('must not be %s for that', (webhookUrl) => {
    expect(opened.settingsSchema.safeParse({ webhookUrl }).success).toBe(false);
  });

  it('names the faulty field and the hosts', () => {
    const { error } = channel.settingsSchema.safeParse({ webhookUrl: 'https://evil.example/secret' });
    expect(error?.issues).toMatchObject([{ path: ['webhookUrl'] }]);
    expect(error?.issues[0]?.message).toContain('*.logic.azure.com');
    expect(error?.issues[0]?.message).not.toContain('secret');
  });

  it('keeps the address secret', () => {
    expect(channel.secretSettings).toEqual(['webhookUrl']);
    expect(channel.signs).toBe(false);
    expect(channel.endpoint({})).toBeNull();
  });

  it('sends no faster than Microsoft allows, and sums storms up', () => {
    expect(channel.pace).toEqual({ perSecond: 4, of: 'destination' });
    expect(channel.sumsUp).toBe(true);
  });
});
