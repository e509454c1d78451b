import { afterAll, beforeAll, expect, it } from 'vitest';
import { StaleSignIns } from '../../../src/accounts/stale-sign-ins.service.js';
import { clientNetwork } from '../../../src/platform/http/client-network.js';
import { startApp, type TestApp } from '../../support/app.js';
import { visitor } from '../../support/visiting.js';
import { askFor } from './sign-in-steps.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ TRUST_PROXY: '127.0.0.0/8' });
});
afterAll(async () => app.stop());

const from = (address: string) => ({ 'x-forwarded-for': address });

it('links to one address are limited by the hour, whoever has it', async () => {
  const { email } = await app.createAccount();
  for (const address of [email, 'nobody@example.org']) {
    for (let n = 0; n < 5; n++) expect((await askFor(app, await visitor(app), address)).status).toBe(303);
    const refused = await askFor(app, await visitor(app), address);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000);
    expect(refused.text).toContain('Try it again in 60 minutes');
  }
  app.clock.advance(3_601);
  expect((await askFor(app, await visitor(app), email)).status).toBe(303);
});

it('links to one address are limited by the day', async () => {
  app.clock.advance(90_000);
  const { email } = await app.createAccount();
  const ask = async () => (await askFor(app, await visitor(app), email)).status;
  for (const hour of [1, 2, 3]) {
    for (let n = 0; n < (hour === 3 ? 2 : 5); n++) expect(await ask()).toBe(303);
    app.clock.advance(3_601);
  }
  expect(await ask()).toBe(429);
  app.clock.advance(86_400);
  expect(await ask()).toBe(303);
});

it('links are limited by network, whatever addresses they go to', async () => {
  app.clock.advance(90_000);
  const browser = await visitor(app);
  const form_token = /name="form_token" value="([^"]+)"/.exec((await browser.get('/sign-in')).text)![1]!;
  const ask = async (n: number, address: string) =>
    (await browser.post('/sign-in', { form_token, email: `many${n}@example.org` }, from(address))).status;
  for (let n = 0; n < 30; n++) expect(await ask(n, '2001:db8:9::1')).toBe(303);
  expect(await ask(31, '2001:db8:9::2')).toBe(429);
  expect(await ask(31, '2001:db8:9:1::1')).toBe(303);
});

it('wrong links are limited by network', async () => {
  for (let n = 0; n < 20; n++) {
    expect((await app.call('GET', `/sign-in/wrong${n}`, { headers: from('192.0.2.1') })).status).toBe(410);
  }
  expect((await app.call('GET', '/sign-in/wrong', { headers: from('192.0.2.1') })).status).toBe(429);
  expect((await app.call('GET', '/sign-in/wrong', { headers: from('192.0.2.2') })).status).toBe(410);
});

it('wrong bearer tokens are limited by network; those known to be good go on', async () => {
  const { token } = await app.createAccount();
  const ask = async (bearer: string, address: string) =>
    app.call('GET', '/v1/account', { token: bearer, headers: from(address) });
  expect((await ask(token, '2001:db8::1')).status).toBe(200);
  for (let n = 0; n < 60; n++) expect((await ask(`wrong${n}`, `2001:db8::${n}`)).status).toBe(401);
  const refused = await ask('wrong', '2001:db8::ffff:1');
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await ask(token, '2001:db8::1')).status).toBe(200);
  expect((await ask('wrong', '2001:db8:0:1::1')).status).toBe(401);
});

it('the operator’s token is tried five times', async () => {
  const browser = await visitor(app);
  const tryOut = async (token: string) => browser.submit('/operator/sign-in', '/operator/sign-in', { token });
  expect(await tryOut(app.operatorToken)).toMatchObject({ status: 303, location: '/operator' });
  const other = await visitor(app);
  for (let n = 0; n < 5; n++) {
    const wrong = await other.submit('/operator/sign-in', '/operator/sign-in', { token: `wrong ${n}` });
    expect(wrong.status).toBe(422);
    expect(wrong.text).not.toContain(`wrong ${n}`);
  }
  expect(
    (await other.submit('/operator/sign-in', '/operator/sign-in', { token: app.operatorToken })).status,
  ).toBe(429);
  app.clock.advance(901);
  expect(
    (await other.submit('/operator/sign-in', '/operator/sign-in', { token: app.operatorToken })).status,
  ).toBe(303);
});

it('what is over is forgotten', async () => {
  app.clock.advance(31 * 86_400);
  await app.app.get(StaleSignIns).forget();
  for (const table of ['attempt_count', 'sign_in_link', 'session']) {
    expect(await app.database.query(`select 1 from ${table}`)).toEqual([]);
  }
});

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
])('a client at %s is counted as %s', (address, network) => {
  expect(clientNetwork(address)).toBe(network);
});
