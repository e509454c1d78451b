import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTarget, type SettingsRow } from '../../src/channels/sealed-settings.js';
import { BrokenSealError, secretBox } from '../../src/platform/secret-box.js';
import { SECRETS, type Secrets } from '../../src/platform/secrets.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';

const slackToken = 'xoxb-not-a-real-token-of-anybody';

let app: TestApp;
let account: TestAccount;

beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  account = await app.createAccount({ tier: 'watcher' });
});
afterAll(async () => app.stop());

function call(method: string, path: string, body?: unknown) {
  return app.call(method, path, { token: account.token, body });
}

async function make(kind: string, settings: unknown): Promise<{ id: string; secret: string }> {
  return (await call('POST', '/v1/destinations', { kind, settings })).body;
}

async function rowOf(id: string): Promise<SettingsRow> {
  const sql = 'select id, settings, sealed from destination where id = $1';
  const [row] = await app.database.query<SettingsRow>(sql, [id]);
  if (!row) throw new Error('the destination is not there');
  return row;
}

function box() {
  return secretBox(app.app.get<Secrets>(SECRETS).secretKey);
}

describe('secrets at rest', () => {
  it('are nowhere to be read in the database', async () => {
    const webhook = await make('webhook', { url: 'https://hooks.example.org/' });
    await make('slack', { token: slackToken, channel: '#policy' });
    await make('slack', { webhookUrl: 'https://hooks.slack.com/services/T0/B0/notasecret' });

    const rows = await app.database.query<Record<string, unknown>>(
      `select d::text as text, encode(sealed, 'escape') as sealed from destination d`,
    );

    const dump = JSON.stringify(rows);
    expect(dump).not.toContain(slackToken);
    expect(dump).not.toContain('services/T0');
    expect(dump).not.toContain(webhook.secret.slice(6));
  });

  it('open for the destination alone that they were sealed for', async () => {
    const { id } = await make('slack', { token: slackToken, channel: '#policy' });
    const other = await make('slack', { token: slackToken, channel: '#other' });
    const row = await rowOf(id);

    expect(openTarget(row, box(), app.clock.now()).settings).toEqual({
      token: slackToken,
      channel: '#policy',
    });
    expect(() => openTarget({ ...row, id: other.id as never }, box(), app.clock.now())).toThrow(
      BrokenSealError,
    );
  });

  it('are none for an email address', async () => {
    const { id } = await make('email', { address: 'colleague@example.org' });

    expect(openTarget(await rowOf(id), box(), app.clock.now())).toEqual({
      settings: { address: 'colleague@example.org' },
      signingSecrets: [],
    });
  });

  it('can be set anew when the key that sealed them is lost', async () => {
    const webhook = await make('webhook', { url: 'https://hooks.example.org/' });
    const slack = await make('slack', { token: slackToken, channel: '#policy' });
    const foreign = secretBox('another key, of thirty-two characters and more');
    for (const { id } of [webhook, slack]) {
      await app.database.execute('update destination set sealed = $2 where id = $1', [
        id,
        foreign.seal('{"settings":{},"signing":[]}', `destination:${id}`),
      ]);
    }

    const rotated = await call('POST', `/v1/destinations/${webhook.id}/rotate-secret`);
    const settings = { token: `${slackToken}2`, channel: '#policy' };
    const reset = await call('PATCH', `/v1/destinations/${slack.id}`, { settings });

    expect([rotated.status, reset.status]).toEqual([200, 200]);
    const now = app.clock.now();
    expect(openTarget(await rowOf(webhook.id), box(), now).signingSecrets).toEqual([rotated.body.secret]);
    expect(openTarget(await rowOf(slack.id), box(), now).settings).toEqual(settings);
  });
});

describe('rotating a signing secret', () => {
  it('shows the new one once, and lets the old one sign for 24 hours more', async () => {
    const { id, secret: old } = await make('webhook', { url: 'https://hooks.example.org/' });

    const { status, body } = await call('POST', `/v1/destinations/${id}/rotate-secret`);

    expect(status).toBe(200);
    expect(body).toMatchObject({ id, kind: 'webhook', status: 'active' });
    const row = await rowOf(id);
    const secretsIn = (hours: number) =>
      openTarget(row, box(), new Date(app.clock.now().getTime() + hours * 3_600_000)).signingSecrets;
    expect(secretsIn(0)).toEqual([body.secret, old]);
    expect(secretsIn(23.99)).toEqual([body.secret, old]);
    expect(secretsIn(24)).toEqual([body.secret]);
  });

  it('leaves the secret alone when settings change', async () => {
    const { id, secret } = await make('webhook', { url: 'https://hooks.example.org/' });

    await call('PATCH', `/v1/destinations/${id}`, { settings: { url: 'https://hooks.example.org/b' } });

    expect(openTarget(await rowOf(id), box(), app.clock.now())).toEqual({
      settings: { url: 'https://hooks.example.org/b' },
      signingSecrets: [secret],
    });
  });

  it('loses no secret of many rotations at once, and refuses more than ten', async () => {
    const { id, secret } = await make('webhook', { url: 'https://hooks.example.org/' });

    const answers = await Promise.all(
      Array.from({ length: 12 }, () => call('POST', `/v1/destinations/${id}/rotate-secret`)),
    );

    const shown = answers.filter((one) => one.status === 200).map((one) => one.body.secret as string);
    expect(answers.filter((one) => one.status === 409)).toHaveLength(3);
    expect(openTarget(await rowOf(id), box(), app.clock.now()).signingSecrets.toSorted()).toEqual(
      [secret, ...shown].toSorted(),
    );
  });

  it('is refused for kinds that are not signed', async () => {
    const { id } = await make('slack', { token: slackToken, channel: '#policy' });

    const { status, body } = await call('POST', `/v1/destinations/${id}/rotate-secret`);

    expect(status).toBe(409);
    expect(body.detail).toContain('slack');
  });
});
