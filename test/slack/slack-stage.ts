import { freePort } from '../../src/platform/free-port.js';
import { slackSignature } from '../../src/slack/slack-signature.js';
import { startApp, type Answer, type TestAccount, type TestApp } from '../support/app.js';
import { startSlackEmulator, type SlackEmulator } from '../support/slack-emulator.js';
import { startSlackFront, type SlackFront } from './slack-front.js';

export const signingSecret = 'the signing secret of this test';
const slackApp = { clientId: '123.456', clientSecret: 'the client secret of this test' };

/** The service with a Slack app, before the emulator. */
export type SlackStage = {
  app: TestApp;
  emulator: SlackEmulator;
  front: SlackFront;
  /** Where the browser is after it allowed the app: path and query. */
  allowed(account: TestAccount): Promise<string>;
  /** Adds the emulator's workspace to an account, as its owner does. @returns its id */
  install(account: TestAccount): Promise<string>;
  /** Sends an event as Slack does, signed. @param at its `event_time`; now unless given */
  sendEvent(event: unknown, options?: { team?: string; at?: number }): Promise<Answer>;
  stop(): Promise<void>;
};

/** The one team of the emulator. */
export const teamId = 'T000000001';

/** @param of `channels`: further public ones; `logTo` takes each line of the log, debugging lines too */
export async function startSlackStage(
  of: { channels?: readonly string[]; logTo?: { write(line: string): void } } = {},
): Promise<SlackStage> {
  const port = await freePort();
  const emulator = await startSlackEmulator({
    app: { ...slackApp, redirectUri: `http://127.0.0.1:${port}/slack/oauth` },
    channels: of.channels ?? [],
  });
  const front = await startSlackFront(emulator.apiUrl);
  // The emulator has no such method.
  front.script('auth.revoke', () => ({ body: { ok: true, revoked: true } }));
  const settings = {
    PORT: String(port),
    SLACK_CLIENT_ID: slackApp.clientId,
    SLACK_CLIENT_SECRET: slackApp.clientSecret,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: front.apiUrl,
    SLACK_PER_S: '0',
    ...(of.logTo && { LOG_LEVEL: 'debug' }),
  };
  const app = await startApp(settings, of.logTo);

  async function allowed({ token }: TestAccount): Promise<string> {
    const { status, body, text } = await app.call('POST', '/v1/slack/installations', { token });
    if (status !== 201) throw new Error(`no installation: ${text}`);
    const { pathname, search } = new URL(await emulator.allow(body.url));
    return pathname + search;
  }

  return {
    app,
    emulator,
    front,
    allowed,
    async install(account) {
      const { status, text } = await app.call('POST', await allowed(account));
      const id = /[?;]workspace=(\d+)/.exec(text)?.[1];
      if (status !== 200 || id === undefined) throw new Error(`not installed: ${text}`);
      return id;
    },
    async sendEvent(event, { team = teamId, at } = {}) {
      const seconds = Math.floor(app.clock.now().getTime() / 1_000);
      const payload = { type: 'event_callback', team_id: team, event_time: at ?? seconds, event };
      return sendSigned(app, '/slack/events', Buffer.from(JSON.stringify(payload)));
    },
    async stop() {
      await app.stop();
      await front.close();
      await emulator.close();
    },
  };
}

/** Posts a body as Slack does. */
export async function sendSigned(
  app: TestApp,
  path: string,
  body: Buffer,
  { secret = signingSecret, at = Math.floor(app.clock.now().getTime() / 1_000) } = {},
): Promise<Answer> {
  return app.call('POST', path, {
    body: new Uint8Array(body),
    headers: {
      'content-type': 'application/json',
      'x-slack-request-timestamp': String(at),
      'x-slack-signature': slackSignature(secret, String(at), body),
    },
  });
}
