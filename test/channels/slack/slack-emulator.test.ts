import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SlackSettings } from '../../../src/channels/slack/slack-settings.js';
import { slackChannel } from '../../../src/channels/slack/slack-channel.js';
import { alertContent, recipient } from '../../support/alert-content-fixture.js';
import {
  coverageContent,
  digestContent,
  echoContent,
  heartbeatContent,
} from '../../support/digest-content-fixture.js';
import { startSlackEmulator, type SlackEmulator } from '../../support/slack-emulator.js';

let slack: SlackEmulator;
let channel: ReturnType<typeof slackChannel>;

beforeAll(async () => {
  slack = await startSlackEmulator();
  channel = slackChannel({ apiUrl: slack.apiUrl });
});

afterAll(async () => {
  await channel.close();
  await slack.close();
});

async function send(settings: SlackSettings, reader = recipient()) {
  const message = channel.fill(await channel.render(alertContent()), reader);
  const target = { settings, signingSecrets: [] };
  const context = { deliveryId: reader.deliveryId, at: new Date(0), signal: new AbortController().signal };
  return { message, outcome: await channel.send(message, target, context) };
}

it('posts a message that arrives block for block as it was rendered', async () => {
  const { message, outcome } = await send({ token: slack.token, channel: slack.channel.id });
  const [posted] = await slack.history();
  expect(outcome).toMatchObject({
    kind: 'delivered',
    providerId: `${slack.channel.id}/${String(posted?.['ts'])}`,
  });
  expect(posted?.text).toBe(message.text);
  expect(posted?.blocks).toEqual(message.blocks);
});

it('asks Slack to read nothing into the text and to fetch no previews', async () => {
  await send({ token: slack.token, channel: slack.channel.id });
  expect((await slack.history())[0]).toMatchObject({
    mrkdwn: false,
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  });
});

it('names the delivery in the metadata, so that a repeat can be told', async () => {
  await send({ token: slack.token, channel: slack.channel.id }, recipient({ deliveryId: '4711' }));
  expect((await slack.history())[0]?.metadata).toEqual({
    event_type: 'tocsin_delivery',
    event_payload: { delivery_id: '4711' },
  });
});

const context = { deliveryId: '1', at: new Date(0), signal: new AbortController().signal };

it('takes digests, coverage and what became of an alert as they were rendered', async () => {
  const target = { settings: { token: slack.token, channel: slack.channel.id }, signingSecrets: [] };
  for (const content of [digestContent(), heartbeatContent(), coverageContent(), echoContent()]) {
    const reader = recipient(content.kind === 'echo' ? {} : { alert: null });
    const message = channel.fill(await channel.render(content), reader);
    expect(await channel.send(message, target, context)).toMatchObject({ kind: 'delivered' });
    const [posted] = await slack.history();
    expect(posted).toMatchObject({ text: message.text, blocks: message.blocks });
  }
});

it('says in the thread of an alert that it went back, and in the alert’s own message', async () => {
  const settings = { token: slack.token, channel: slack.channel.id };
  const target = { settings, signingSecrets: [] };
  const { outcome } = await send(settings);
  if (outcome.kind !== 'delivered') throw new Error('not delivered');
  const thread = outcome.providerId!;
  const echo = channel.fill(await channel.render(echoContent()), recipient());
  const answer = await channel.send(echo, target, { ...context, thread });
  expect(answer).toMatchObject({ kind: 'delivered', thread });

  const echoes = [{ about: 'reverted', at: echoContent().at }] as const;
  const progress = { acknowledged: null, mutedChangeIds: [], followUps: { count: 0, deltas: [] }, echoes };
  const alert = { ...recipient().alert!, progress };
  const changed = channel.fill(await channel.render(alertContent()), recipient({ alert }));
  const { signal } = context;
  expect(await channel.update!(changed, target, { providerId: thread, signal })).toMatchObject({
    kind: 'delivered',
  });
  const first = (await slack.history()).find(({ ts }) => `${slack.channel.id}/${String(ts)}` === thread);
  expect(first?.text).toMatch(/^↩ Went back: ▲ High/);
  expect(first?.blocks).toEqual(changed.blocks);
});

it.each(['policy-alerts', '#policy-alerts'])('finds a channel by the name %s', async (name) => {
  expect((await send({ token: slack.token, channel: name })).outcome.kind).toBe('delivered');
});

it('posts the same message to an incoming webhook', async () => {
  const { message, outcome } = await send({ webhookUrl: slack.webhookUrl });
  const [posted] = await slack.history(slack.webhookChannelId);
  expect(outcome).toEqual({ kind: 'delivered', status: 200 });
  expect(posted).toMatchObject({
    text: message.text,
    blocks: message.blocks,
    unfurl_links: false,
    mrkdwn: false,
  });
  expect(posted?.metadata?.event_payload).toEqual({ delivery_id: '9001' });
});

it.each([
  ['an archived channel', () => ({ token: slack.token, channel: slack.archivedChannelId }), 'is archived'],
  ['no such channel', () => ({ token: slack.token, channel: 'C0NOWHERE' }), 'does not exist'],
  ['a private channel', () => ({ token: slack.token, channel: slack.privateChannelId }), 'invite'],
  ['an unknown token', () => ({ token: 'xoxb-unknown', channel: slack.channel.id }), 'token'],
  [
    'a token that may not post',
    () => ({ token: slack.readOnlyToken, channel: slack.channel.id }),
    'chat:write',
  ],
])('disables the destination for %s and says what to do', async (_, settings, hint) => {
  const { outcome } = await send(settings());
  expect(outcome).toMatchObject({ kind: 'permanent', disable: true });
  expect(outcome.kind === 'permanent' && outcome.reason).toContain(hint);
  expect(JSON.stringify(outcome)).not.toContain(settings().token);
});
