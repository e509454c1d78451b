import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { mailTo } from '../support/inbox-of-mail.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

it.each([
  ['ada+tocsin@example.org', 'ada+tocsin@example.org'],
  ['"john doe"@example.org', '"john doe"@example.org'],
  ['"a, <b>@c"@example.org', '"a, <b>@c"@example.org'],
  ['"a\\"b"@example.org', '"a\\"b"@example.org'],
  ['user@bücher.example', 'user@bücher.example'],
  ['用户@例子.example', '用户@例子.example'],
])('the caught mail to %s is shown with its address', async (address, shown) => {
  const { token } = await app.createAccount();
  const body = { kind: 'email', settings: { address } };
  const made = await app.call('POST', '/v1/destinations', { token, body });
  expect(made.body).toMatchObject({ status: 'pending', settings: { address } });
  await app.work();
  const mails = await mailTo(app, shown);
  expect(mails).toHaveLength(1);
  expect(mails[0]!.headers['to']!.split('@')[0]).toBe(
    address.slice(0, address.lastIndexOf('@')).split('@')[0],
  );
});
