import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { secretBox } from '../../src/platform/secret-box.js';
import type { TestAccount } from '../support/app.js';
import { blocked, hold } from '../support/database-locks.js';
import { startSlackStage, teamId, type SlackStage } from './slack-stage.js';

let stage: SlackStage;
let account: TestAccount;

beforeAll(async () => {
  stage = await startSlackStage();
});
beforeEach(async () => {
  // Accounts of tests before this one have the same team.
  await stage.app.database.execute('delete from slack_workspace');
  account = await stage.app.createAccount();
});
afterAll(async () => stage.stop());

async function call(method: string, path: string, body?: unknown) {
  return stage.app.call(method, path, { token: account.token, ...(body !== undefined && { body }) });
}

async function makeDestination(workspace: string): Promise<string> {
  const settings = { workspace, channel: stage.emulator.channel.id };
  const { status, body, text } = await call('POST', '/v1/destinations', { kind: 'slack', settings });
  if (status !== 201) throw new Error(text);
  return body.id;
}

async function statusOf(destination: string) {
  const { status, reason } = (await call('GET', `/v1/destinations/${destination}`)).body;
  return { status, reason };
}

function revocations() {
  return stage.front.calls.filter(({ method }) => method === 'auth.revoke');
}

describe('several workspaces', () => {
  async function installTeam(id: string, name: string): Promise<string> {
    stage.front.script('oauth.v2.access', async (_form, passOn) => ({
      body: { ...(await passOn()), team: { id, name } },
    }));
    try {
      return await stage.install(account);
    } finally {
      stage.front.script('oauth.v2.access', null);
    }
  }

  it('stand side by side, oldest first, page by page', async () => {
    for (const name of ['One', 'Two', 'Three']) await installTeam(`T${name}`, name);

    const first = await call('GET', '/v1/slack/workspaces?limit=2');
    const second = await call('GET', `/v1/slack/workspaces?limit=2&cursor=${first.body.nextCursor}`);

    const names = (answer: { body: any }) => answer.body.items.map((item: any) => item.teamName);
    expect([names(first), names(second)]).toEqual([['One', 'Two'], ['Three']]);
    expect(second.body.nextCursor).toBeNull();
  });

  it('added again is the same one, with another token', async () => {
    const id = await stage.install(account);
    const tokenBefore = await usedToken(id);
    stage.app.clock.advance(60);

    expect(await stage.install(account)).toBe(id);

    const { items } = (await call('GET', '/v1/slack/workspaces')).body;
    expect(items).toMatchObject([{ id, installedAt: stage.app.clock.now().toISOString() }]);
    expect(await usedToken(id)).not.toBe(tokenBefore);
  });
});

describe('giving a workspace up', () => {
  it('forgets it, revokes its token and disables its destinations without a mail', async () => {
    const id = await stage.install(account);
    const token = await usedToken(id);
    const destination = await makeDestination(id);
    const before = revocations().length;

    expect((await call('DELETE', `/v1/slack/workspaces/${id}`)).status).toBe(204);

    expect((await call('GET', '/v1/slack/workspaces')).body.items).toEqual([]);
    expect((await call('GET', `/v1/slack/workspaces/${id}`)).status).toBe(404);
    expect((await call('DELETE', `/v1/slack/workspaces/${id}`)).status).toBe(404);
    expect(revocations().slice(before)).toMatchObject([{ token }]);
    expect(await statusOf(destination)).toMatchObject({
      status: 'disabled',
      reason: expect.stringMatching(/^you removed the workspace “.+”: add it again$/),
    });
    expect(await sealedOf(id)).toBeNull();
    expect(await notices()).toEqual([]);
  });

  it('leaves the token valid that another account has of the same team', async () => {
    const other = await stage.app.createAccount();
    const otherId = await stage.install(other);
    const id = await stage.install(account);
    const before = revocations().length;

    await call('DELETE', `/v1/slack/workspaces/${id}`);
    expect(revocations().length).toBe(before);

    await stage.app.call('DELETE', `/v1/slack/workspaces/${otherId}`, { token: other.token });
    expect(revocations().length).toBe(before + 1);
  });

  it('revokes the token once, when the last two give the team up at the same time', async () => {
    const others = [await stage.app.createAccount(), await stage.app.createAccount()];
    const ids = [await stage.install(others[0]!), await stage.install(others[1]!)];
    const before = revocations().length;

    const deleted = await hold(stage.app.database, 'select from slack_workspace for update', async () => {
      const deleting = others.map(async ({ token }, n) =>
        stage.app.call('DELETE', `/v1/slack/workspaces/${ids[n]}`, { token }),
      );
      await blocked(stage.app.database, 2);
      return deleting;
    });
    await Promise.all(deleted);

    expect(revocations().length).toBe(before + 1);
  });

  it('is done though Slack does not answer', async () => {
    const id = await stage.install(account);
    stage.front.script('auth.revoke', () => ({ status: 500 }));

    const { status } = await call('DELETE', `/v1/slack/workspaces/${id}`);
    stage.front.script('auth.revoke', () => ({ body: { ok: true, revoked: true } }));

    expect(status).toBe(204);
    expect((await call('GET', '/v1/slack/workspaces')).body.items).toEqual([]);
  });

  it('is taken back by adding the team again', async () => {
    const id = await stage.install(account);
    const destination = await makeDestination(id);
    await call('DELETE', `/v1/slack/workspaces/${id}`);

    expect(await stage.install(account)).toBe(id);

    expect(await statusOf(destination)).toEqual({ status: 'active', reason: null });
  });
});

describe('adding a workspace again', () => {
  it.each([
    ['The app was removed from the workspace: add it again.', 'active'],
    ['Slack no longer accepts the token: install the app again and enter its new token.', 'active'],
    ['The channel is archived: unarchive it or choose another.', 'disabled'],
    ['every attempt has failed for five days: it failed', 'disabled'],
  ])('mends what it can: a destination that is disabled since “%s” is %s then', async (reason, status) => {
    const id = await stage.install(account);
    const destination = await makeDestination(id);
    await stage.app.database.execute(
      `update destination set status = 'disabled', reason = $2, failing_since = $3, failed_in_row = 3 where id = $1`,
      [destination, reason, stage.app.clock.now()],
    );

    const added = await stage.app.call('POST', await stage.allowed(account));

    expect((await statusOf(destination)).status).toBe(status);
    expect(added.text.includes('back at work')).toBe(status === 'active');
  });

  it('leaves alone what its owner paused, and what is of another account', async () => {
    const other = await stage.app.createAccount();
    const otherId = await stage.install(other);
    const id = await stage.install(account);
    const destination = await makeDestination(id);
    await call('PATCH', `/v1/destinations/${destination}`, { status: 'paused' });
    await stage.sendEvent({ type: 'app_uninstalled' });

    await stage.install(account);

    expect((await statusOf(destination)).status).toBe('paused');
    const theirs = await stage.app.call('GET', `/v1/slack/workspaces/${otherId}`, { token: other.token });
    expect(theirs.body.status).toBe('removed');
  });
});

it('can be given up, or added again, when the key is lost that sealed its token', async () => {
  const id = await stage.install(account);
  const foreign = secretBox('another key, of thirty-two characters and more');
  const spoil = async () =>
    stage.app.database.execute('update slack_workspace set sealed = $2 where id = $1', [
      id,
      foreign.seal('xoxb-lost', 'slack-workspace:1:T1'),
    ]);
  await spoil();
  const channels = `/v1/slack/workspaces/${id}/channels`;

  expect((await call('GET', channels)).status).toBe(409);
  await stage.install(account);
  expect((await call('GET', channels)).status).toBe(200);
  await spoil();
  const before = revocations().length;
  expect((await call('DELETE', `/v1/slack/workspaces/${id}`)).status).toBe(204);
  expect(revocations().length).toBe(before);
});

it('is of one account alone', async () => {
  const id = await stage.install(account);
  const stranger = await stage.app.createAccount();

  for (const [method, path] of [
    ['GET', ''],
    ['DELETE', ''],
    ['GET', '/channels'],
  ] as const) {
    const answer = await stage.app.call(method, `/v1/slack/workspaces/${id}${path}`, {
      token: stranger.token,
    });
    expect(answer.status, `${method} ${path}`).toBe(404);
  }

  expect((await call('GET', `/v1/slack/workspaces/${id}`)).body).toMatchObject({ teamId, status: 'active' });
});

it('goes with its account', async () => {
  await stage.install(account);
  await call('POST', '/v1/slack/installations');

  await stage.app.call('DELETE', `/v1/accounts/${account.id}`, { token: stage.app.operatorToken });

  for (const table of ['slack_workspace', 'slack_installation']) {
    const rows = await stage.app.database.query(`select * from ${table} where account_id = $1`, [account.id]);
    expect(rows, table).toEqual([]);
  }
});

async function usedToken(id: string): Promise<string> {
  stage.app.clock.advance(61);
  await call('GET', `/v1/slack/workspaces/${id}/channels`);
  return stage.front.calls.findLast(({ method }) => method === 'conversations.list')?.token ?? '';
}

async function sealedOf(id: string): Promise<Buffer | null> {
  const sql = 'select sealed from slack_workspace where id = $1';
  return (await stage.app.database.query<{ sealed: Buffer | null }>(sql, [id]))[0]?.sealed ?? null;
}

async function notices(): Promise<unknown[]> {
  const sql = `select id from delivery where account_id = $1 and kind = 'notice'`;
  return stage.app.database.query(sql, [account.id]);
}
