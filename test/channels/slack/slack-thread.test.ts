import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/domain/outcome.js';
import { slackChannel } from '../../../src/channels/slack/slack-channel.js';
import type { SlackSettings } from '../../../src/channels/slack/slack-settings.js';
import { alertContent, recipient } from '../../support/alert-content-fixture.js';
import {
  startWebhookReceiver,
  type ScriptedAnswer,
  type WebhookReceiver,
} from '../../support/webhook-receiver.js';

const token = 'xoxb-SECRETPART';
const thread = 'C0CHANNEL/100.5';

let slack: WebhookReceiver;
let channel: ReturnType<typeof slackChannel>;
let requestsBefore: number;
let tokenOf: (workspace: string) => string | null = () => token;

beforeAll(async () => {
  slack = await startWebhookReceiver();
  const workspaces = { tokenOf: async (workspace: string) => Promise.resolve(tokenOf(workspace)) };
  channel = slackChannel({ apiUrl: slack.url(''), timeoutMs: 5_000, workspaces });
});
beforeEach(() => {
  requestsBefore = slack.requests.length;
  tokenOf = () => token;
});
afterAll(async () => {
  await channel.close();
  await slack.close();
});

const here: SlackSettings = { workspace: '7', channel: 'C0CHANNEL' };
const ok = (answer: Record<string, unknown>): ScriptedAnswer => ({
  status: 200,
  body: JSON.stringify({ ok: true, ...answer }),
});
const refused = (error: string): ScriptedAnswer => ({
  status: 200,
  body: JSON.stringify({ ok: false, error }),
});
const forms = () =>
  slack.requests
    .slice(requestsBefore)
    .map(({ body }) => Object.fromEntries(new URLSearchParams(body.toString())));

async function message() {
  return channel.fill(await channel.render(alertContent()), recipient());
}

async function post(
  settings: SlackSettings,
  ...answers: [ScriptedAnswer, ...ScriptedAnswer[]]
): Promise<Outcome> {
  slack.script('/api/chat.postMessage', ...answers);
  const context = { deliveryId: '1', at: new Date(0), signal: new AbortController().signal, thread };
  return channel.send(await message(), { settings, signingSecrets: [] }, context);
}

async function update(settings: SlackSettings, answer: ScriptedAnswer = ok({})): Promise<Outcome> {
  slack.script('/api/chat.update', answer);
  const context = { providerId: thread, signal: new AbortController().signal };
  return channel.update!(await message(), { settings, signingSecrets: [] }, context);
}

describe('a follow-up', () => {
  it('answers the message, and says in which thread it stands', async () => {
    const taken = ok({ channel: 'C0CHANNEL', ts: '101.1', message: { thread_ts: '100.5' } });
    expect(await post(here, taken)).toEqual({
      kind: 'delivered',
      status: 200,
      providerId: 'C0CHANNEL/101.1',
      thread,
    });
    expect(forms()).toMatchObject([{ channel: 'C0CHANNEL', thread_ts: '100.5' }]);
  });

  it('stands in no thread when Slack posted it by itself without a word', async () => {
    const taken = ok({ channel: 'C0CHANNEL', ts: '101.1', message: { text: 'x' } });
    expect(await post(here, taken)).not.toHaveProperty('thread');
  });

  it.each([
    'thread_not_found',
    'message_not_found',
    'cannot_reply_to_message',
    'restricted_action_non_threadable_channel',
  ])('is posted by itself after %s', async (code) => {
    const outcome = await post(here, refused(code), ok({ channel: 'C0CHANNEL', ts: '102.1' }));
    expect(outcome).toEqual({ kind: 'delivered', status: 200, providerId: 'C0CHANNEL/102.1' });
    expect(forms().map(({ thread_ts: ts }) => ts)).toEqual(['100.5', undefined]);
  });

  it.each(['channel_not_found', 'ratelimited', 'invalid_blocks', 'token_revoked'])(
    'is tried once and no more after %s',
    async (code) => {
      expect((await post(here, refused(code))).kind).not.toBe('delivered');
      expect(forms()).toHaveLength(1);
    },
  );

  it('is not posted again when nobody knows whether it was', async () => {
    expect((await post(here, 'reset')).kind).toBe('retry');
    expect(forms()).toHaveLength(1);
  });

  it('in another channel than the message is no answer to it', async () => {
    await post({ workspace: '7', channel: 'C0ELSEWHERE' }, ok({ channel: 'C0ELSEWHERE', ts: '1.1' }));
    expect(forms()[0]).not.toHaveProperty('thread_ts');
  });
});

describe('a message that meets a token that has ended', () => {
  it('is sent again when the app was added anew meanwhile, which gave it another token', async () => {
    const tokens = [token, 'xoxb-NEW'];
    tokenOf = () => tokens.shift() ?? null;
    expect(await post(here, refused('token_revoked'))).toMatchObject({ kind: 'retry' });
  });

  it.each([token, null])('disables the destination when the token now is %s', async (now) => {
    const tokens = [token, now];
    tokenOf = () => tokens.shift() ?? null;
    expect(await post(here, refused('token_revoked'))).toMatchObject({ kind: 'permanent', disable: true });
  });
});

describe('a message that is changed', () => {
  it('is named by channel and time, and nothing is read into its text', async () => {
    expect(await update(here, ok({ channel: 'C0CHANNEL', ts: '100.5' }))).toEqual({
      kind: 'delivered',
      status: 200,
    });
    const [form] = forms();
    expect(form).toMatchObject({
      channel: 'C0CHANNEL',
      ts: '100.5',
      text: (await message()).text,
      parse: 'none',
      link_names: 'false',
    });
    expect(JSON.parse(form!['blocks']!)).toEqual((await message()).acting('7'));
    expect(slack.requests.at(-1)?.headers.authorization).toBe(`Bearer ${token}`);
  });

  it.each([
    'message_not_found',
    'cant_update_message',
    'edit_window_closed',
    'is_inactive',
    'block_mismatch',
  ])('stays as it is after %s, and the destination as well', async (code) => {
    expect(await update(here, refused(code))).toMatchObject({ kind: 'permanent', disable: false });
  });

  it.each(['update_failed', 'external_channel_migrating', 'ratelimited'])(
    'may be changed later after %s',
    async (code) => {
      expect((await update(here, refused(code))).kind).toBe('retry');
    },
  );

  it('keeps its links where it was posted by a bot token', async () => {
    await update({ token, channel: '#policy' }, ok({}));
    expect(forms()[0]!['blocks']).not.toContain('"actions"');
    expect(forms()[0]).toMatchObject({ channel: 'C0CHANNEL' });
  });

  it('is asked of nobody when the app was removed, or the destination is a webhook now', async () => {
    tokenOf = () => null;
    expect(await update(here)).toMatchObject({ kind: 'permanent' });
    expect(await update({ webhookUrl: slack.url('/services/T/B/X') })).toMatchObject({ kind: 'permanent' });
    expect(forms()).toEqual([]);
  });
});
