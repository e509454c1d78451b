import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Outcome } from '../../../src/domain/outcome.js';
import { slackChannel } from '../../../src/channels/slack/slack-channel.js';
import type { SlackSettings } from '../../../src/channels/slack/slack-settings.js';
import { recipient } from '../../support/alert-content-fixture.js';
import {
  startWebhookReceiver,
  type ScriptedAnswer,
  type WebhookReceiver,
} from '../../support/webhook-receiver.js';

const apiPath = '/api/chat.postMessage';
const hookPath = '/services/T0/B0/SECRETPART';
const token = 'xoxb-SECRETPART';

let slack: WebhookReceiver;
let channel: ReturnType<typeof slackChannel>;
let requestsBefore: number;

beforeAll(async () => {
  slack = await startWebhookReceiver();
  // An origin alone, to see that `/api/` is added.
  channel = slackChannel({ apiUrl: slack.url(''), timeoutMs: 1_500 });
});
beforeEach(() => {
  requestsBefore = slack.requests.length;
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await channel.close();
  await slack.close();
});

async function send(settings: SlackSettings, signal = new AbortController().signal): Promise<Outcome> {
  const template = await channel.render({ kind: 'test', archiveName: 'Archive' });
  const message = channel.fill(template, recipient({ alert: null }));
  return channel.send(
    message,
    { settings, signingSecrets: [] },
    { deliveryId: '9001', at: new Date(0), signal },
  );
}

const bot = (): SlackSettings => ({ token, channel: 'C0SECRETPART' });
const hook = (): SlackSettings => ({ webhookUrl: slack.url(hookPath) });

/** Plays one answer to a bot's call and makes sure that the call was made once and gives nothing away. */
async function answered(answer: ScriptedAnswer, settings = bot()): Promise<Outcome> {
  slack.script('webhookUrl' in settings ? hookPath : apiPath, answer);
  const outcome = await send(settings);
  expect(slack.requests.length - requestsBefore).toBe(1);
  expect(JSON.stringify(outcome)).not.toMatch(/SECRETPART|127\.0\.0\.1|http:/);
  return outcome;
}

const json = (body: unknown): ScriptedAnswer => ({ status: 200, body: JSON.stringify(body) });
const text = (status: number, body: string): ScriptedAnswer => ({ status, body });

const permanent = (disable: boolean) => ({ kind: 'permanent', disable });

describe('a call with a bot token', () => {
  it('carries the token in its header and the channel in its form', async () => {
    expect(await answered(json({ ok: true, channel: 'C1', ts: '1.2' }))).toEqual({
      kind: 'delivered',
      status: 200,
      providerId: 'C1/1.2',
    });
    const request = slack.requests.at(-1)!;
    expect(request.headers.authorization).toBe(`Bearer ${token}`);
    expect(new URLSearchParams(request.body.toString()).get('channel')).toBe('C0SECRETPART');
  });

  it('waits as long as Slack says on 429, and does not try again by itself', async () => {
    const limited = { status: 429, headers: { 'retry-after': '17' }, body: 'ratelimited' };
    expect(await answered(limited)).toMatchObject({ kind: 'retry', afterSeconds: 17, status: 429 });
  });

  it.each([{}, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, { 'retry-after': '-3' }])(
    'waits half a minute on 429 with %j',
    async (headers) => {
      expect(await answered({ status: 429, headers: { ...headers } })).toMatchObject({
        kind: 'retry',
        afterSeconds: 30,
      });
    },
  );

  it('waits a day at most', async () => {
    const limited = { status: 429, headers: { 'retry-after': '999999999' } };
    expect(await answered(limited)).toMatchObject({ afterSeconds: 86_400 });
  });

  it.each(['ratelimited', 'internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'])(
    'tries again after %s',
    async (error) => {
      expect(await answered(json({ ok: false, error }))).toMatchObject({ kind: 'retry', excerpt: error });
    },
  );

  it.each(['msg_too_long', 'msg_blocks_too_long', 'invalid_blocks', 'no_text'])(
    'gives the delivery up after %s and leaves the destination be',
    async (error) => {
      expect(await answered(json({ ok: false, error }))).toMatchObject({ kind: 'permanent', disable: false });
    },
  );

  it.each([
    'channel_not_found',
    'not_in_channel',
    'is_archived',
    'restricted_action',
    'invalid_auth',
    'not_authed',
    'token_revoked',
    'token_expired',
    'account_inactive',
    'missing_scope',
    'ekm_access_denied',
  ])('disables the destination after %s', async (error) => {
    expect(await answered(json({ ok: false, error }))).toMatchObject({ kind: 'permanent', disable: true });
  });

  it.each(['brand_new_error', 'constructor', '__proto__'])(
    'tries again after the unknown code %s',
    async (error) => {
      expect((await answered(json({ ok: false, error }))).kind).toBe('retry');
    },
  );

  it('says which block Slack refused', async () => {
    const messages = ['[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]'];
    expect(
      await answered(json({ ok: false, error: 'invalid_blocks', response_metadata: { messages } })),
    ).toMatchObject({ excerpt: `invalid_blocks ${messages[0]}` });
  });

  it.each([
    ['a page of a proxy', '<html>SECRETPART http://127.0.0.1</html>'],
    ['nothing', ''],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['another shape', '{"ok":false,"error":{"a":1},"response_metadata":null}'],
    [
      'metadata of another shape',
      '{"ok":false,"error":"fatal_error","response_metadata":{"messages":1,"warnings":2}}',
    ],
    ['a page as its code', '{"ok":false,"error":"<html>SECRETPART</html>"}'],
  ])('tries again when the answer is %s', async (_, body) => {
    expect((await answered(text(200, body))).kind).toBe('retry');
  });

  it.each([204, 304, 403, 404, 500, 502])('tries again after HTTP status %i', async (status) => {
    expect(await answered({ status })).toMatchObject({ kind: 'retry', status });
  });

  it('honours Retry-After of 503', async () => {
    const busy = { status: 503, headers: { 'retry-after': '120' } };
    expect(await answered(busy)).toMatchObject({ kind: 'retry', afterSeconds: 120 });
  });

  it('writes nothing to the console', async () => {
    const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
      vi.spyOn(console, level),
    );
    await answered('reset');
    await send(bot());
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });
});

describe('a call to an incoming webhook', () => {
  it.each([
    [200, 'ok', { kind: 'delivered' }],
    [400, 'invalid_payload', permanent(false)],
    [400, 'something_new', permanent(false)],
    [403, 'action_prohibited', permanent(true)],
    [403, 'invalid_token', permanent(true)],
    [403, '', { kind: 'retry' }],
    [404, 'no_service', permanent(true)],
    [404, 'no_team', permanent(true)],
    [404, 'channel_not_found', permanent(true)],
    [404, '<html>not found</html>', permanent(true)],
    [410, 'channel_is_archived', permanent(true)],
    [410, '', permanent(true)],
    [429, '', { kind: 'retry', afterSeconds: 30 }],
    [500, 'rollup_error', { kind: 'retry' }],
    [503, '', { kind: 'retry' }],
  ])('takes %i %s as it is meant', async (status, body, expected) => {
    expect(await answered(text(status, body), hook())).toMatchObject({ ...expected, status });
  });

  it('honours Retry-After', async () => {
    const limited = { status: 429, headers: { 'retry-after': '5' } };
    expect(await answered(limited, hook())).toMatchObject({ kind: 'retry', afterSeconds: 5 });
  });

  it('goes nowhere that is not Slack, even if it once was allowed', async () => {
    const real = slackChannel({});
    const message = real.fill(
      await real.render({ kind: 'test', archiveName: 'A' }),
      recipient({ alert: null }),
    );
    const context = { deliveryId: '1', at: new Date(0), signal: new AbortController().signal };
    const outcome = await real.send(message, { settings: hook(), signingSecrets: [] }, context);
    await real.close();
    expect(outcome).toMatchObject({ kind: 'permanent', disable: true });
    expect(slack.requests.length).toBe(requestsBefore);
  });
});

describe.each([
  ['with a bot token', bot, apiPath],
  ['to an incoming webhook', hook, hookPath],
])('any call %s', (_, settings, path) => {
  it('tries again when the connection breaks', async () => {
    expect((await answered('reset', settings())).kind).toBe('retry');
  });

  it.each(['hang', 'hang-in-body'] as const)(
    'gives up in time on an answer that does not come (%s)',
    async (answer) => {
      expect(await answered(answer, settings())).toMatchObject({ reason: 'Slack did not answer in time.' });
    },
  );

  it('stops when it is told to', async () => {
    slack.script(path, 'hang');
    const controller = new AbortController();
    const sending = send(settings(), controller.signal);
    await slack.waitFor(requestsBefore + 1);
    controller.abort();
    expect(await sending).toEqual({
      kind: 'retry',
      reason: 'The attempt was stopped before Slack answered.',
    });
  });

  it('does not begin when it was stopped before', async () => {
    expect((await send(settings(), AbortSignal.abort())).kind).toBe('retry');
    expect(slack.requests.length).toBe(requestsBefore);
  });

  it('follows no redirect', async () => {
    const redirect = { status: 307, headers: { location: slack.url('/elsewhere') } };
    expect((await answered(redirect, settings())).kind).toBe('retry');
    expect(slack.requests.at(-1)?.path).toBe(path);
  });

  it('reads 64 KiB of an answer and no more', async () => {
    const long = JSON.stringify({ ok: true, channel: 'C1', ts: '1.2', filler: 'x'.repeat(70_000) });
    expect((await answered(text(200, long), settings())).kind).toBe('retry');
  });

  it('tries again when nobody listens', async () => {
    const closed = await startWebhookReceiver();
    await closed.close();
    const nowhere = slackChannel({ apiUrl: closed.url('/api/') });
    const target = settings();
    const moved = 'webhookUrl' in target ? { webhookUrl: closed.url(hookPath) } : target;
    const message = nowhere.fill(
      await nowhere.render({ kind: 'test', archiveName: 'A' }),
      recipient({ alert: null }),
    );
    const context = { deliveryId: '1', at: new Date(0), signal: new AbortController().signal };
    const outcome = await nowhere.send(message, { settings: moved, signingSecrets: [] }, context);
    await nowhere.close();
    expect(outcome).toEqual({ kind: 'retry', reason: 'Slack could not be reached (ECONNREFUSED).' });
  });
});
