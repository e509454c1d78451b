import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestAccount } from '../support/app.js';
import { startSlackStage, teamId, type SlackStage } from './slack-stage.js';

let stage: SlackStage;
let account: TestAccount;

beforeAll(async () => {
  stage = await startSlackStage();
});
beforeEach(async () => {
  account = await stage.app.createAccount();
});
afterAll(async () => stage.stop());

async function workspacesOf({ token }: TestAccount): Promise<any[]> {
  return (await stage.app.call('GET', '/v1/slack/workspaces', { token })).body.items;
}

describe('beginning to add a workspace', () => {
  it("gives the address of Slack's page, with the scopes that are needed and no others", async () => {
    const { status, body } = await stage.app.call('POST', '/v1/slack/installations', {
      token: account.token,
    });

    expect(status).toBe(201);
    const url = new URL(body.url);
    expect(url.pathname).toBe('/oauth/v2/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: '123.456',
      scope: 'chat:write,chat:write.public,channels:read',
      redirect_uri: `${stage.app.url}/slack/oauth`,
      state: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(new Date(body.expiresAt).getTime() - stage.app.clock.now().getTime()).toBe(600_000);
  });

  it('keeps the state as a hash alone', async () => {
    const { body } = await stage.app.call('POST', '/v1/slack/installations', { token: account.token });
    const state = new URL(body.url).searchParams.get('state') ?? '';

    const [row] = await stage.app.database.query<{ dump: string }>(
      `select string_agg(i::text || encode(hash, 'escape'), ',') as dump from slack_installation i`,
    );

    expect(row?.dump).not.toContain(state);
  });

  it('is for tiers that hold Slack', async () => {
    const free = await stage.app.createAccount({ tier: 'free' });

    const { status, body } = await stage.app.call('POST', '/v1/slack/installations', { token: free.token });

    expect(status).toBe(403);
    expect(body).toMatchObject({ limit: 'destinations', tier: 'free', liftedBy: 'watcher' });
  });

  it('keeps the newest twenty of an account', async () => {
    for (let n = 0; n < 23; n++) {
      await stage.app.call('POST', '/v1/slack/installations', { token: account.token });
      stage.app.clock.advance(1);
    }

    const rows = await stage.app.database.query('select hash from slack_installation where account_id = $1', [
      account.id,
    ]);

    expect(rows).toHaveLength(20);
  });

  it('names the settings that the operator has to set, where there is no Slack app', async () => {
    const app = await startApp();
    const { token } = await app.createAccount();

    const refused = await app.call('POST', '/v1/slack/installations', { token });
    const page = await app.call('GET', '/slack/oauth?code=a&state=b');
    await app.stop();

    expect(refused.status).toBe(404);
    expect(refused.body.detail).toMatch(/SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_SIGNING_SECRET/);
    expect(page.status).toBe(404);
  });
});

describe('coming back from Slack', () => {
  it('shows whose account it is, in full, and adds nothing until the button is pressed', async () => {
    const path = await stage.allowed(account);

    const first = await stage.app.call('GET', path);
    const second = await stage.app.call('GET', path);

    expect([first.status, second.status]).toEqual([200, 200]);
    // Of a masked one, a stranger's may look the same.
    expect(first.text).toContain(account.email);
    expect(first.text).toContain('<form method="post">');
    expect(first.headers.get('cache-control')).toBe('private, no-store');
    expect(first.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(await workspacesOf(account)).toEqual([]);
    expect(stage.front.calls.filter(({ method }) => method === 'oauth.v2.access')).toEqual([]);
  });

  it('adds the workspace, and says what to do next', async () => {
    const added = await stage.app.call('POST', await stage.allowed(account));

    expect(added.status).toBe(200);
    const [workspace] = await workspacesOf(account);
    expect(workspace).toEqual({
      id: expect.any(String),
      teamId,
      teamName: expect.any(String),
      status: 'active',
      reason: null,
      installedAt: stage.app.clock.now().toISOString(),
    });
    expect(added.text).toContain(workspace.teamName);
    expect(added.text).toContain(
      `/destinations/new?kind=slack&amp;way=workspace&amp;workspace=${workspace.id}`,
    );
    const one = await stage.app.call('GET', `/v1/slack/workspaces/${workspace.id}`, {
      token: account.token,
    });
    expect(one.body).toEqual(workspace);
  });

  it('adds it to the account that asked, and to no other', async () => {
    const other = await stage.app.createAccount();
    await stage.allowed(other);

    await stage.install(account);

    expect(await workspacesOf(account)).toHaveLength(1);
    expect(await workspacesOf(other)).toEqual([]);
  });

  it('shows the token to nobody, and keeps it sealed', async () => {
    const id = await stage.install(account);
    const token = await tokenOf(id);

    const shown = await stage.app.call('GET', '/v1/slack/workspaces', { token: account.token });
    const rows = await stage.app.database.query(
      `select w::text as text, encode(sealed, 'escape') as sealed from slack_workspace w`,
    );

    expect(token).toMatch(/^xoxb-/);
    expect(shown.text).not.toContain(token);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('works once, however often the button is pressed', async () => {
    const path = await stage.allowed(account);

    const answers = await Promise.all([1, 2, 3].map(async () => stage.app.call('POST', path)));
    const again = await stage.app.call('GET', path);

    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410, 410]);
    expect(again.status).toBe(410);
    expect(again.text).toContain('used already');
    expect(await workspacesOf(account)).toHaveLength(1);
  });

  it('is too late after ten minutes', async () => {
    const path = await stage.allowed(account);
    stage.app.clock.advance(600);

    const [shown, pressed] = [await stage.app.call('GET', path), await stage.app.call('POST', path)];

    expect([shown.status, pressed.status]).toEqual([410, 410]);
    expect(pressed.text).toContain('too old');
    expect(await workspacesOf(account)).toEqual([]);
  });

  it.each([
    ['another state', (path: string) => path.replace(/state=[^&]+/, `state=${'A'.repeat(43)}`)],
    ['no state', (path: string) => path.replace(/&?state=[^&]+/, '')],
    ['no code', (path: string) => path.replace(/code=[^&]+&?/, '')],
    ['two states', (path: string) => `${path}&state=b`],
  ])('adds nothing with %s', async (_, forge) => {
    const path = forge(await stage.allowed(account));

    const [shown, pressed] = [await stage.app.call('GET', path), await stage.app.call('POST', path)];

    expect([shown.status, pressed.status]).toEqual([400, 400]);
    expect(await workspacesOf(account)).toEqual([]);
  });

  it('adds nothing with a code that Slack did not give, and uses the state up', async () => {
    const path = await stage.allowed(account);

    const forged = await stage.app.call('POST', path.replace(/code=[^&]+/, 'code=forged'));
    const right = await stage.app.call('POST', path);

    expect([forged.status, right.status]).toEqual([410, 410]);
    expect(await workspacesOf(account)).toEqual([]);
  });

  it('says that nothing was added when it was not allowed', async () => {
    const answer = await stage.app.call('GET', '/slack/oauth?error=access_denied&state=whatever');

    expect(answer.status).toBe(200);
    expect(answer.text).toContain('Nothing was added');
  });

  it('repeats no word of whoever made the link up', async () => {
    const state = new URL(await stage.allowed(account), 'http://of-slack').searchParams.get('state');
    const refused = (of: string) => stage.app.call('GET', `/slack/oauth?error=%3Cscript%3Eboo&state=${of}`);
    const answer = await refused(String(state));
    // Without a state of ours it is no refusal of Slack's, and not logged as one.
    const made = await refused('a');

    expect([answer.status, made.status]).toEqual([422, 400]);
    expect(answer.text + made.text).not.toContain('boo');
  });

  it('lets the button be pressed again when Slack did not answer', async () => {
    const path = await stage.allowed(account);
    stage.front.script('oauth.v2.access', () => ({ status: 503 }));
    const failed = await stage.app.call('POST', path);
    stage.front.script('oauth.v2.access', null);

    const pressed = await stage.app.call('POST', path);

    expect([failed.status, pressed.status]).toEqual([503, 200]);
    expect(await workspacesOf(account)).toHaveLength(1);
  });

  it.each([
    ['a whole organization', { team: null, is_enterprise_install: true }, 'single workspace'],
    ['an app that rotates tokens', { refresh_token: 'xoxe-1-a', expires_in: 43_200 }, 'token rotation'],
  ])('adds no installation of %s', async (_, answer, words) => {
    stage.front.script('oauth.v2.access', async (_form, passOn) => ({
      body: { ...(await passOn()), ...answer },
    }));
    const pressed = await stage.app.call('POST', await stage.allowed(account));
    stage.front.script('oauth.v2.access', null);

    expect(pressed.status).toBe(422);
    expect(pressed.text).toContain(words);
    expect(await workspacesOf(account)).toEqual([]);
  });

  it('cleans the name that a workspace gave itself', async () => {
    stage.front.script('oauth.v2.access', async (_form, passOn) => ({
      body: { ...(await passOn()), team: { id: 'T9', name: 'A\u0000B\u202E<b>c' } },
    }));
    const pressed = await stage.app.call('POST', await stage.allowed(account));
    stage.front.script('oauth.v2.access', null);

    expect(pressed.status).toBe(200);
    expect(pressed.text).not.toContain('<b>c');
    expect((await workspacesOf(account))[0].teamName).toBe('A B[U+202E]<b>c');
  });
});

async function tokenOf(id: string): Promise<string> {
  await stage.app.call('GET', `/v1/slack/workspaces/${id}/channels`, { token: account.token });
  return stage.front.calls.findLast(({ method }) => method === 'conversations.list')?.token ?? '';
}
