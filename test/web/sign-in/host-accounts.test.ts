import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApp, type TestApp } from '../../support/app.js';
import { visitor } from '../../support/visiting.js';
import { audience, issuer, startHostArchive, type HostArchive } from './host-archive.js';

let host: HostArchive;
let app: TestApp;
beforeAll(async () => {
  host = await startHostArchive();
  app = await startApp({ ...host.settings, AUTH_SIGN_IN_URL: 'https://archive.example/in?to={next}' });
});
afterAll(async () => {
  await app.stop();
  await host.close();
});

const now = () => Math.floor(app.clock.now().getTime() / 1_000);
const claims = (more: Record<string, unknown> = {}) => ({
  iss: issuer,
  aud: audience,
  sub: 'kim',
  exp: now() + 300,
  email_verified: true,
  ...more,
});
const ask = async (token: string) => app.call('GET', '/v1/account', { token });

describe('a token of the archive', () => {
  it.each(['RS256', 'ES256', 'EdDSA'])(
    'signed with %s stands for the account of its verified address',
    async (alg) => {
      const { id, email } = await app.createAccount();
      const token = await host.token(claims({ sub: alg, email: email.toUpperCase() }), { alg });
      expect(await ask(token)).toMatchObject({ status: 200, body: { id } });
      // From then on by its subject, whatever the address is.
      const later = await host.token(
        claims({ sub: alg, email: 'moved@example.org', email_verified: false }),
        { alg },
      );
      expect(await ask(later)).toMatchObject({ status: 200, body: { id } });
    },
  );

  it('is refused unless all of it is right', async () => {
    const { email } = await app.createAccount();
    const good = claims({ sub: 'careful', email });
    const [, body] = (await host.token(good)).split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    const [rsa] = host.publicKeys() as { kid: string }[];
    const publicKey = new TextEncoder().encode(JSON.stringify(rsa));
    const wrong = {
      none: `${none}.${body}.`,
      'HS256 with the public key': await host.token(good, { alg: 'HS256', key: publicKey, kid: rsa!.kid }),
      PS256: await host.token(good, { alg: 'PS256' }),
      issuer: await host.token({ ...good, iss: 'https://evil.example' }),
      audience: await host.token({ ...good, aud: 'another' }),
      expired: await host.token({ ...good, exp: now() - 31 }),
      'not yet valid': await host.token({ ...good, nbf: now() + 31 }),
      'no end': await host.token({ ...good, exp: undefined as never }),
      'no subject': await host.token({ ...good, sub: undefined as never }),
      altered: (await host.token(good)).replace(/.{6}$/, 'AAAAAA'),
    };
    for (const [what, token] of Object.entries(wrong)) expect((await ask(token)).status, what).toBe(401);
    expect((await ask(await host.token({ ...good, exp: now() - 25 }))).status).toBe(200);
  });

  it('says clearly that it stands for no account', async () => {
    const { email } = await app.createAccount();
    const unverified = await ask(await host.token(claims({ sub: 'u', email, email_verified: 'true' })));
    expect(unverified).toMatchObject({ status: 403, body: { detail: expect.stringContaining('verified') } });
    const stranger = await ask(await host.token(claims({ sub: 's', email: 'stranger@example.org' })));
    expect(stranger).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('no Tocsin account') },
    });
  });

  it('makes an account where people may', async () => {
    const open = await startApp({ ...host.settings, SIGN_UP: 'open' });
    try {
      const given = claims({ sub: 'new', email: 'new@example.org', zoneinfo: 'Asia/Tokyo' });
      const answer = await open.call('GET', '/v1/account', { token: await host.token(given) });
      expect(answer.body).toMatchObject({ email: 'new@example.org', tier: 'free', timeZone: 'Asia/Tokyo' });
    } finally {
      await open.stop();
    }
  });

  it('is taken with a key that came after the first look', async () => {
    const { email } = await app.createAccount();
    await host.addKey('ES256');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
    try {
      expect((await ask(await host.token(claims({ sub: 'rotated', email })))).status).toBe(200);
    } finally {
      vi.useRealTimers();
    }
  });

  it('waits while the keys cannot be had', async () => {
    const fresh = await startApp(host.settings);
    try {
      const { email } = await fresh.createAccount();
      const token = await host.token(claims({ email }));
      host.fail(500);
      const down = await fresh.call('GET', '/v1/account', { token });
      expect(down).toMatchObject({
        status: 503,
        body: { detail: expect.stringContaining('does not answer') },
      });
      const page = await fresh.call('GET', '/', { headers: { cookie: `archive_jwt=${token}` } });
      expect(page.status).toBe(200);
      host.fail(null);
      expect((await fresh.call('GET', '/v1/account', { token })).status).toBe(200);
    } finally {
      host.fail(null);
      await fresh.stop();
    }
  });
});

describe('pages', () => {
  it('know whom the archive signed in, and take forms from their own browser alone', async () => {
    const { email } = await app.createAccount();
    const cookie = `archive_jwt=${await host.token(claims({ sub: 'pages', email }))}`;
    const page = await app.call('GET', '/recent', { headers: { cookie } });
    expect(page.text).toContain(email);
    const mark = /tocsin-browser=[^;]+/.exec(page.headers.getSetCookie().join())![0];
    const token = /name="form_token" value="([^"]+)"/.exec(page.text)![1]!;
    const post = async (cookies: string, body: string) =>
      app.call('POST', '/sign-out', {
        headers: { cookie: cookies, 'content-type': 'application/x-www-form-urlencoded' },
        body,
      });
    const body = `form_token=${encodeURIComponent(token)}`;
    expect((await post(cookie, '')).status).toBe(403);
    expect((await post(cookie, body)).status).toBe(403);
    const own = await post(`${cookie}; ${mark}`, body);
    expect(own.status).toBe(200);
    expect(own.text).toContain('The archive signed you in');
  });

  it('lead to the archive to sign in, and back', async () => {
    const page = await (await visitor(app)).get('/sign-in?next=/recent');
    expect(page.text).toContain(`https://archive.example/in?to=${encodeURIComponent(`${app.url}/recent`)}`);
    expect(page.text).not.toContain('name="email"');
  });
});
