import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { slackSignature } from '../../src/slack/slack-signature.js';
import { startApp, type TestAccount } from '../support/app.js';
import { mailTo } from '../support/inbox-of-mail.js';
import { sendSigned, signingSecret, startSlackStage, type SlackStage } from './slack-stage.js';

let stage: SlackStage;
let account: TestAccount;

beforeAll(async () => {
  stage = await startSlackStage();
});
beforeEach(async () => {
  await stage.app.database.execute('delete from slack_workspace');
  account = await stage.app.createAccount();
});
afterAll(async () => stage.stop());

const uninstalled = { type: 'app_uninstalled' };
const revoked = { type: 'tokens_revoked', tokens: { oauth: [], bot: ['U0BOT'] } };

async function call(method: string, path: string, body?: unknown) {
  return stage.app.call(method, path, { token: account.token, ...(body !== undefined && { body }) });
}

async function makeDestination(workspace: string, label: string): Promise<string> {
  const settings = { workspace, channel: stage.emulator.channel.id };
  return (await call('POST', '/v1/destinations', { kind: 'slack', label, settings })).body.id;
}

async function workspaceStatus(id: string): Promise<string> {
  return (await call('GET', `/v1/slack/workspaces/${id}`)).body.status;
}

function seconds(): number {
  return Math.floor(stage.app.clock.now().getTime() / 1_000);
}

describe('the end of an installation', () => {
  it('takes the workspace and its destinations out of work, and says why', async () => {
    const id = await stage.install(account);
    const destination = await makeDestination(id, 'policy');
    stage.app.clock.advance(60);

    expect((await stage.sendEvent(uninstalled)).status).toBe(200);

    const workspace = await call('GET', `/v1/slack/workspaces/${id}`);
    expect(workspace.body).toMatchObject({
      status: 'removed',
      reason: 'the app was removed in Slack: add the workspace again by POST /v1/slack/installations',
    });
    expect((await call('GET', `/v1/destinations/${destination}`)).body).toMatchObject({
      status: 'disabled',
      reason: expect.stringMatching(/^the app was removed from the workspace “.+”: add it again$/),
    });
    expect((await call('GET', `/v1/slack/workspaces/${id}/channels`)).status).toBe(409);
    const [row] = await stage.app.database.query<{ sealed: unknown }>(
      'select sealed from slack_workspace where id = $1',
      [id],
    );
    expect(row?.sealed).toBeNull();
  });

  it('is told to each owner by one mail, whatever the number of destinations, and to nobody again', async () => {
    const other = await stage.app.createAccount();
    const otherId = await stage.install(other);
    const theirs = { kind: 'slack', settings: { workspace: otherId, channel: stage.emulator.channel.id } };
    await stage.app.call('POST', '/v1/destinations', { token: other.token, body: theirs });
    const id = await stage.install(account);
    for (const label of ['a', 'b', 'c']) await makeDestination(id, label);
    stage.app.clock.advance(60);

    await stage.sendEvent(uninstalled);
    await stage.sendEvent(revoked);
    await stage.sendEvent(uninstalled);
    await stage.app.work();

    const mails = await mailTo(stage.app, account.email);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toContain('Stopped sending to your slack destination');
    expect(mails[0]?.text.replaceAll(/\s+/g, ' ')).toContain('which stops 3 destinations: add it again');
    expect(await mailTo(stage.app, other.email)).toHaveLength(1);
    expect(await workspaceStatus(id)).toBe('removed');
  });

  it.each([
    ['app_uninstalled, then tokens_revoked', [uninstalled, revoked]],
    ['tokens_revoked, then app_uninstalled', [revoked, uninstalled]],
    ['tokens_revoked alone', [revoked]],
    ['the same again', [uninstalled, uninstalled]],
  ])('is the same by %s', async (_, events) => {
    const id = await stage.install(account);
    const destination = await makeDestination(id, 'policy');
    stage.app.clock.advance(60);

    for (const event of events) expect((await stage.sendEvent(event)).status).toBe(200);
    await stage.app.work();

    expect(await workspaceStatus(id)).toBe('removed');
    expect((await call('GET', `/v1/destinations/${destination}`)).body.status).toBe('disabled');
    expect(await mailTo(stage.app, account.email)).toHaveLength(1);
  });

  it('changes nothing about an installation that came after it', async () => {
    const first = await stage.install(account);
    const destination = await makeDestination(first, 'policy');
    const at = seconds() + 60;
    stage.app.clock.advance(120);
    await stage.install(account);

    await stage.sendEvent(revoked, { at });
    await stage.sendEvent(uninstalled, { at });

    expect(await workspaceStatus(first)).toBe('active');
    expect((await call('GET', `/v1/destinations/${destination}`)).body.status).toBe('active');
    await stage.app.work();
    expect(await mailTo(stage.app, account.email)).toEqual([]);
  });

  it.each([
    ["people's tokens alone", { type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } }, {}],
    ["people's tokens, and no word of bots", { type: 'tokens_revoked', tokens: { oauth: ['U1'] } }, {}],
    ['another team', uninstalled, { team: 'T_OTHER' }],
    ['anything else', { type: 'app_mention', text: 'hello' }, {}],
  ])('is not %s', async (_, event, options) => {
    const id = await stage.install(account);
    stage.app.clock.advance(60);

    expect((await stage.sendEvent(event, options)).status).toBe(200);

    expect(await workspaceStatus(id)).toBe('active');
  });

  it('leaves messages that were due undelivered, and recovers them once the app is back', async () => {
    const id = await stage.install(account);
    const destination = await makeDestination(id, 'policy');
    const posted = async () => (await stage.emulator.history()).length;
    const before = await posted();
    await call('POST', `/v1/destinations/${destination}/test`);
    stage.app.clock.advance(60);
    await stage.sendEvent(uninstalled);
    await stage.app.work();
    expect(await posted()).toBe(before);

    await stage.install(account);
    expect((await call('POST', `/v1/destinations/${destination}/test`)).status).toBe(202);
    await stage.app.work();

    expect(await posted()).toBe(before + 1);
  });
});

describe('what comes to the entrance', () => {
  const challenge = Buffer.from(
    JSON.stringify({ type: 'url_verification', token: 't', challenge: '3eZbrw1a' }),
  );

  it('is asked to prove that it is ours', async () => {
    const { status, body } = await sendSigned(stage.app, '/slack/events', challenge);

    expect(status).toBe(200);
    expect(body).toEqual({ challenge: '3eZbrw1a' });
  });

  it.each([
    ['another secret', { secret: 'the secret of another app' }],
    ['an earlier time', { at: -301 }],
    ['a later time', { at: 301 }],
  ])('is refused with %s', async (_, { secret, at = 0 }: { secret?: string; at?: number }) => {
    const options = { ...(secret !== undefined && { secret }), at: seconds() + at };
    expect((await sendSigned(stage.app, '/slack/events', challenge, options)).status).toBe(401);
  });

  it.each([-299, 299])('is taken from a clock that is %i seconds off', async (off) => {
    const { status } = await sendSigned(stage.app, '/slack/events', challenge, { at: seconds() + off });
    expect(status).toBe(200);
  });

  it('is refused unsigned, altered, and under a time that it was not signed with', async () => {
    const unsigned = await stage.app.call('POST', '/slack/events', { body: { type: 'url_verification' } });
    const id = await stage.install(account);
    stage.app.clock.advance(60);
    const headers = signedHeaders(challenge);
    const event = JSON.stringify({
      type: 'event_callback',
      team_id: 'T000000001',
      event_time: seconds(),
      event: uninstalled,
    });
    const altered = await stage.app.call('POST', '/slack/events', { body: event, headers });
    const moved = await stage.app.call('POST', '/slack/events', {
      body: challenge.toString(),
      headers: { ...headers, 'x-slack-request-timestamp': String(seconds() - 1) },
    });

    expect([unsigned.status, altered.status, moved.status]).toEqual([401, 401, 401]);
    expect(await workspaceStatus(id)).toBe('active');
  });

  it('finds nobody where there is no signing secret', async () => {
    const app = await startApp();
    const { status } = await sendSigned(app, '/slack/events', challenge);
    await app.stop();
    expect(status).toBe(404);
  });
});

function signedHeaders(body: Buffer): Record<string, string> {
  const at = String(seconds());
  return {
    'content-type': 'application/json',
    'x-slack-request-timestamp': at,
    'x-slack-signature': slackSignature(signingSecret, at, body),
  };
}
