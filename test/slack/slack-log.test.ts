import { expect, it } from 'vitest';
import { startSlackStage } from './slack-stage.js';

it('says nothing in the log but ids and codes, whatever happens', async () => {
  let log = '';
  const stage = await startSlackStage({ logTo: { write: (line) => (log += line) } });
  const { app, front } = stage;
  const account = await app.createAccount({ email: 'somebody@example.org' });
  const call = async (method: string, path: string, body?: unknown) =>
    app.call(method, path, { token: account.token, ...(body !== undefined && { body }) });

  const path = await stage.allowed(account);
  front.script('oauth.v2.access', () => ({ body: { ok: false, error: 'bad_client_secret' } }));
  await app.call('POST', path);
  front.script('oauth.v2.access', null);
  const workspace = await stage.install(account);
  const settings = { workspace, channel: stage.emulator.channel.id };
  const { id } = (await call('POST', '/v1/destinations', { kind: 'slack', settings })).body;
  await call('POST', `/v1/destinations/${id}/test`);
  await app.work();
  await call('GET', `/v1/slack/workspaces/${workspace}/channels`);
  const token = front.calls.findLast(({ method }) => method === 'conversations.list')?.token ?? '';
  app.clock.advance(60);
  await stage.sendEvent({ type: 'app_uninstalled' });
  const again = await stage.install(account);
  front.script('auth.revoke', () => ({ body: { ok: false, error: 'token_revoked' } }));
  await call('DELETE', `/v1/slack/workspaces/${again}`);
  await stage.stop();

  const query = new URLSearchParams(path.split('?')[1]);
  const secrets = [
    token,
    query.get('code'),
    query.get('state'),
    account.email,
    account.token,
    'client secret of',
  ];
  expect(secrets.filter((secret) => secret === null || secret === '')).toEqual([]);
  expect(secrets.filter((secret) => log.includes(secret!))).toEqual([]);
  const lines = log
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  expect(lines.filter(({ msg }) => msg.startsWith('Slack '))).toMatchObject([
    { code: 'bad_client_secret', msg: 'Slack refused an installation' },
    { workspaceIds: [workspace], msg: 'Slack app uninstalled' },
    { workspaceId: workspace, code: 'token_revoked', msg: 'Slack did not revoke the token of a workspace' },
  ]);
});
