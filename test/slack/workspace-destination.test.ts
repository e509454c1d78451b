import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestAccount } from '../support/app.js';
import { startSlackStage, type SlackStage } from './slack-stage.js';

let stage: SlackStage;
let account: TestAccount;
let workspace: string;

beforeAll(async () => {
  stage = await startSlackStage();
});
beforeEach(async () => {
  for (const method of ['conversations.info', 'chat.getPermalink']) stage.front.script(method, null);
  account = await stage.app.createAccount();
  workspace = await stage.install(account);
});
afterAll(async () => stage.stop());

async function call(method: string, path: string, body?: unknown) {
  return stage.app.call(method, path, { token: account.token, ...(body !== undefined && { body }) });
}

async function make(settings: unknown) {
  return call('POST', '/v1/destinations', { kind: 'slack', settings });
}

function faultOf(answer: { status: number; body: any }) {
  expect(answer.status).toBe(422);
  expect(answer.body.errors).toHaveLength(1);
  return answer.body.errors[0];
}

describe('a destination in a workspace', () => {
  it('is active at once, shows where it is, and gets its alerts there', async () => {
    const { status, body } = await make({ workspace, channel: stage.emulator.channel.id });

    expect(status).toBe(201);
    const settings = { workspace, channel: stage.emulator.channel.id, channelName: 'policy-alerts' };
    expect(body).toMatchObject({ kind: 'slack', status: 'active', settings });
    const before = (await stage.emulator.history()).length;
    await call('POST', `/v1/destinations/${body.id}/test`);
    await stage.app.work();
    expect((await stage.emulator.history()).length).toBe(before + 1);
    expect((await call('GET', `/v1/destinations/${body.id}`)).body.settings).toEqual(settings);
  });

  it('holds no token of its own: adding the workspace again is enough', async () => {
    const { id } = (await make({ workspace, channel: stage.emulator.channel.id })).body;
    await stage.install(account);
    const before = stage.front.calls.length;

    await call('POST', `/v1/destinations/${id}/test`);
    await stage.app.work();

    const post = stage.front.calls.slice(before).find(({ method }) => method === 'chat.postMessage');
    const list = await call('GET', `/v1/slack/workspaces/${workspace}/channels`);
    expect(list.status).toBe(200);
    expect(post?.token).toBe(
      stage.front.calls.findLast(({ method }) => method === 'conversations.list')?.token,
    );
    const [row] = await stage.app.database.query<{ sealed: unknown }>(
      'select sealed from destination where id = $1',
      [id],
    );
    expect(row?.sealed).toBeNull();
  });

  it('is refused in a workspace of another account, in the same words as in one that is not there', async () => {
    const stranger = await stage.app.createAccount();
    const theirs = await stage.install(stranger);
    const before = stage.front.calls.length;

    const foreign = await make({ workspace: theirs, channel: stage.emulator.channel.id });
    const unknown = await make({ workspace: '999999999', channel: stage.emulator.channel.id });
    const { id } = (await make({ workspace, channel: stage.emulator.channel.id })).body;
    const moved = await call('PATCH', `/v1/destinations/${id}`, {
      settings: { workspace: theirs, channel: stage.emulator.channel.id },
    });

    const fault = { path: 'settings.workspace', message: expect.stringContaining('one of your workspaces') };
    expect(faultOf(foreign)).toEqual(fault);
    expect(faultOf(unknown)).toEqual(fault);
    expect(faultOf(moved)).toEqual(fault);
    expect((await call('GET', `/v1/destinations/${id}`)).body.settings.workspace).toBe(workspace);
    const asked = stage.front.calls.slice(before).filter(({ method }) => method === 'conversations.info');
    expect(asked).toHaveLength(1);
  });

  it('is refused in a workspace that the app was removed from', async () => {
    stage.app.clock.advance(60);
    await stage.sendEvent({ type: 'app_uninstalled' });

    const fault = faultOf(await make({ workspace, channel: stage.emulator.channel.id }));

    expect(fault).toEqual({
      path: 'settings.workspace',
      message: expect.stringContaining('POST /v1/slack/installations'),
    });
  });

  it.each([
    ['is not there', async () => 'C0UNKNOWN', '/invite @Tocsin'],
    ['is archived', async () => stage.emulator.archivedChannelId, 'unarchive'],
    ['is private, and the app not in it', async () => stage.emulator.privateChannelId, '/invite @Tocsin'],
  ])('is refused in a channel that %s', async (_, channelOf, remedy) => {
    const fault = faultOf(await make({ workspace, channel: await channelOf() }));

    expect(fault.path).toBe('settings.channel');
    expect(fault.message).toContain(remedy);
  });

  it('may be in a private channel that the app was invited to', async () => {
    await call('GET', `/v1/slack/workspaces/${workspace}/channels`);
    const token = stage.front.calls.findLast(({ method }) => method === 'conversations.list')?.token ?? '';
    const channel = await stage.emulator.inviteToPrivate(token, `legal-${workspace}`);

    const { status, body } = await make({ workspace, channel });
    await call('POST', `/v1/destinations/${body.id}/test`);
    await stage.app.work();

    expect(status).toBe(201);
    expect(body.settings).toEqual({ workspace, channel });
    const { items } = (await call('GET', `/v1/deliveries?destination=${body.id}`)).body;
    expect(items).toMatchObject([{ state: 'delivered' }]);
  });

  it.each([
    ['does not answer', { status: 503 }],
    ['asks to wait', { status: 429, headers: { 'retry-after': '5' } }],
  ])('is taken as it is when Slack %s', async (_, answer) => {
    stage.front.script('conversations.info', () => answer);

    const { status, body } = await make({ workspace, channel: 'C0WHATEVER', channelName: 'made-up' });

    expect(status).toBe(201);
    expect(body.settings).toEqual({ workspace, channel: 'C0WHATEVER' });
  });

  it('takes its settings back as they were shown, and another channel', async () => {
    const { id, settings } = (await make({ workspace, channel: stage.emulator.channel.id })).body;

    const same = await call('PATCH', `/v1/destinations/${id}`, { settings });
    const moved = await call('PATCH', `/v1/destinations/${id}`, {
      settings: { ...settings, channel: stage.emulator.webhookChannelId },
    });

    expect(same.body.settings).toEqual(settings);
    expect(moved.body.settings).toMatchObject({
      channel: stage.emulator.webhookChannelId,
      channelName: 'general',
    });
    const archived = await call('PATCH', `/v1/destinations/${id}`, {
      settings: { ...settings, channel: stage.emulator.archivedChannelId },
    });
    expect(faultOf(archived).path).toBe('settings.channel');
  });

  it('is disabled by the first message when the workspace went without a word', async () => {
    const { id } = (await make({ workspace, channel: stage.emulator.channel.id })).body;
    stage.front.script('chat.postMessage', () => ({ body: { ok: false, error: 'account_inactive' } }));
    await call('POST', `/v1/destinations/${id}/test`);
    await stage.app.work();
    stage.front.script('chat.postMessage', null);
    expect((await call('GET', `/v1/destinations/${id}`)).body.status).toBe('disabled');

    await stage.install(account);

    expect((await call('GET', `/v1/destinations/${id}`)).body.status).toBe('active');
  });

  it('cannot be had by a token that was copied from the row of another workspace', async () => {
    const stranger = await stage.app.createAccount();
    const theirs = await stage.install(stranger);
    const { id } = (await make({ workspace, channel: stage.emulator.channel.id })).body;
    await stage.app.database.execute(
      `update slack_workspace set sealed = (select sealed from slack_workspace where id = $2) where id = $1`,
      [workspace, theirs],
    );
    const before = stage.front.calls.length;

    await call('POST', `/v1/destinations/${id}/test`);
    await stage.app.work();

    const posts = stage.front.calls.slice(before).filter(({ method }) => method === 'chat.postMessage');
    expect(posts).toEqual([]);
  });
});
