import { expect, it } from 'vitest';
import { exposedMailbox } from '../../src/commands/exposed-mailbox.js';
import { parseConfig } from '../../src/config.js';

it.each<[isSaid: boolean, environment: Record<string, string>]>([
  [false, {}],
  [false, { HOST: '::1' }],
  [false, { PUBLIC_URL: 'http://tocsin.localhost:3000' }],
  [true, { HOST: '0.0.0.0' }],
  [true, { HOST: '::' }],
  [true, { PUBLIC_URL: 'https://tocsin.example' }],
  [true, { HOST: '192.168.1.7', PUBLIC_URL: 'http://localhost' }],
  [false, { HOST: '0.0.0.0', ROLES: 'worker' }],
  [false, { HOST: '0.0.0.0', SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'a@example.org' }],
])('says that others read caught mail: %s, of %j', (isSaid, environment) => {
  const said = exposedMailbox(parseConfig(environment, () => ''));
  expect(said === null).toBe(!isSaid);
});
