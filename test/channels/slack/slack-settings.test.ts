import { afterAll, describe, expect, it } from 'vitest';
import type { AccountId } from '../../../src/domain/ids.js';
import { slackChannel } from '../../../src/channels/slack/slack-channel.js';

const channel = slackChannel({});
const emulated = slackChannel({ apiUrl: 'http://127.0.0.1:4003/api/' });
afterAll(async () => {
  await channel.close();
  await emulated.close();
});

const token = 'xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcHrzqqgy';
const hook = 'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX';

describe('the settings of a Slack destination', () => {
  it.each([
    { token, channel: 'C024BE91L' },
    { token, channel: '#policy-alerts' },
    { token, channel: 'richtlinien-ärger' },
    { token: 'xoxe.xoxb-1-abc', channel: 'G1' },
    { webhookUrl: hook },
    { workspace: '12', channel: 'C024BE91L' },
    { workspace: '12', channel: 'G024BE91L', channelName: 'policy' },
  ])('may be %j', (settings) => {
    expect(channel.settingsSchema.parse(settings)).toEqual(settings);
  });

  it.each([
    ['no settings', {}],
    ['a token without a channel', { token }],
    ['both kinds at once', { token, channel: 'C1', webhookUrl: hook }],
    ['a workspace without a channel', { workspace: '12' }],
    ['a workspace that is none', { workspace: 'T024BE91L', channel: 'C024BE91L' }],
    ['a channel of a workspace by its name', { workspace: '12', channel: '#policy' }],
    ['a direct message', { workspace: '12', channel: 'D024BE91L' }],
    ['a workspace and a token', { workspace: '12', token, channel: 'C024BE91L' }],
    ['anything besides', { token, channel: 'C1', extra: 1 }],
    ['a password', { token: 'hunter2', channel: 'C1' }],
    ['a token with a line end', { token: `${token}\r\nHost: evil`, channel: 'C1' }],
    ['two channels', { token, channel: 'C1,C2' }],
    ['a user’s name', { token, channel: '@amy' }],
    ['another host', { webhookUrl: 'https://evil.example/services/T0/B0/X' }],
    ['a host that only begins alike', { webhookUrl: 'https://hooks.slack.com.evil.example/services/T0' }],
    ['the host as a user', { webhookUrl: 'https://hooks.slack.com@evil.example/services/T0' }],
    ['a user of the host', { webhookUrl: 'https://amy@hooks.slack.com/services/T0' }],
    ['a password of the host', { webhookUrl: 'https://:amy@hooks.slack.com/services/T0' }],
    ['another port', { webhookUrl: 'https://hooks.slack.com:8443/services/T0' }],
    ['no TLS', { webhookUrl: 'http://hooks.slack.com/services/T0' }],
    ['another page of the host', { webhookUrl: 'https://hooks.slack.com/services/../admin' }],
    ['an emulator that is not configured', { webhookUrl: 'http://127.0.0.1:4003/services/T0/B0/X' }],
  ])('must not be %s', (_, settings) => {
    expect(channel.settingsSchema.safeParse(settings).success).toBe(false);
  });

  it('takes the emulator’s webhooks and tokens where there is one', () => {
    const webhook = { webhookUrl: 'http://127.0.0.1:4003/services/T0/B0/X' };
    const bot = { token: 'test_token_admin', channel: 'C1' };
    expect(emulated.settingsSchema.parse(webhook)).toEqual(webhook);
    expect(emulated.settingsSchema.parse(bot)).toEqual(bot);
    expect(emulated.settingsSchema.safeParse({ webhookUrl: 'http://127.0.0.1:9/services/T0' }).success).toBe(
      false,
    );
    expect(channel.settingsSchema.safeParse(bot).success).toBe(false);
  });

  it('are refused in a workspace where nobody can tell whose it is', async () => {
    const settings = { workspace: '12', channel: 'C024BE91L' } as const;

    const checked = await channel.check?.(settings, '1' as AccountId);

    expect(checked).toMatchObject({ kind: 'unfit', path: 'workspace' });
    expect(await channel.check?.({ webhookUrl: hook }, '1' as AccountId)).toMatchObject({ kind: 'fit' });
  });

  it('names the faulty field', () => {
    const faultOf = (settings: unknown) => channel.settingsSchema.safeParse(settings).error?.issues;
    expect(faultOf({ token: 'hunter2', channel: 'C1' })).toMatchObject([{ path: ['token'] }]);
    expect(faultOf({ workspace: '12', channel: '#policy' })).toMatchObject([{ path: ['channel'] }]);
  });

  it('keeps the token and the webhook’s address secret', () => {
    expect(channel.secretSettings).toEqual(['token', 'webhookUrl']);
    expect(channel.kind).toBe('slack');
    expect(channel.signs).toBe(false);
  });
});
