import { generateKeyPairSync } from 'node:crypto';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig, type Config } from '../src/config.js';
import { settings, type SettingName } from '../src/settings.js';

const names = Object.keys(settings) as SettingName[];
const rsaKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString()
  .trim();
const secretKey = 'a secret key for tests, long enough to be one';

function parse(environment: Record<string, string>, files: Record<string, string> = {}): Config {
  return parseConfig(environment, (path) => {
    const content = files[path];
    if (content === undefined) throw new Error('ENOENT');
    return content;
  });
}

/** What the start says of it; null when it is taken. */
function refusal(environment: Record<string, string>): string | null {
  try {
    parse(environment);
    return null;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message;
  }
}

describe('an empty environment', () => {
  it('starts on this machine alone, with a database and mail of its own', () => {
    expect(parse({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:3000',
      databaseUrl: null,
      dataDir: resolve('.data'),
      secretKey: null,
      operatorToken: null,
      smtpUrl: null,
      mailFrom: 'Tocsin <alerts@tocsin.localhost>',
      mailBounceAddress: null,
      sesTopicArns: [],
      postmarkWebhookSecret: null,
      dkim: null,
      slackApp: null,
      slackSigningSecret: null,
      slackApiUrl: null,
      roles: ['web', 'worker', 'scheduler'],
      revisionSettleS: 30,
      retryScheduleS: [5, 30, 120, 600, 3_600, 14_400, 43_200, 86_400],
      webhookAllowNetworks: [],
      webhookPorts: [
        { from: 80, to: 80 },
        { from: 443, to: 443 },
        { from: 1_024, to: 65_535 },
      ],
      alertsPerMinute: 30,
      reminderDays: 7,
      coverageDays: { unverified: 14, unreachable: 3 },
      perSecond: { webhook: 20, slack: 1, smtp: null },
      smtpPerDomain: 4,
      archiveName: 'ConductAtlas Policy Archive',
      publicArchive: 'open',
      signUp: 'closed',
      hostAccounts: null,
      trustProxy: [],
      logLevel: 'info',
    });
  });

  it('is what empty values mean too', () => {
    expect(parse(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(parse({}));
  });

  it('gives a config that nobody can alter', () => {
    expect(Object.isFrozen(parse({}))).toBe(true);
  });
});

describe('a value', () => {
  it.each([
    [{ PORT: '0' }, { port: 0, publicUrl: 'http://127.0.0.1:0' }],
    [{ HOST: '0.0.0.0', PORT: '80' }, { publicUrl: 'http://0.0.0.0:80' }],
    [{ HOST: '::1' }, { publicUrl: 'http://[::1]:3000' }],
    [{ PUBLIC_URL: 'https://tocsin.example.org/' }, { publicUrl: 'https://tocsin.example.org' }],
    [{ PUBLIC_URL: 'https://example.org/tocsin//' }, { publicUrl: 'https://example.org/tocsin' }],
    [
      { DATABASE_URL: 'postgresql://u:p@db/tocsin', SECRET_KEY: secretKey },
      { databaseUrl: 'postgresql://u:p@db/tocsin', secretKey },
    ],
    [{ DATA_DIR: '/var/lib/tocsin' }, { dataDir: '/var/lib/tocsin' }],
    [
      { SMTP_URL: 'smtps://mail.example.org', MAIL_FROM: 'Tocsin <a@example.org>' },
      { smtpUrl: 'smtps://mail.example.org', mailFrom: 'Tocsin <a@example.org>' },
    ],
    [
      { DKIM_DOMAIN: 'example.org', DKIM_SELECTOR: 's1', DKIM_PRIVATE_KEY: rsaKey },
      { dkim: { domain: 'example.org', selector: 's1', privateKey: rsaKey } },
    ],
    [
      { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'abc', SLACK_SIGNING_SECRET: 'def' },
      { slackApp: { clientId: '1.2', clientSecret: 'abc' }, slackSigningSecret: 'def' },
    ],
    [{ TRUST_PROXY: 'off' }, { trustProxy: [] }],
    [{ TRUST_PROXY: '10.0.0.0/8, ::1' }, { trustProxy: ['10.0.0.0/8', '::1'] }],
    [
      {
        AUTH_JWKS_URL: 'https://archive.example/jwks',
        AUTH_ISSUER: 'i',
        AUTH_AUDIENCE: 'a',
        AUTH_COOKIE: 'jwt',
      },
      {
        hostAccounts: {
          jwksUrl: 'https://archive.example/jwks',
          issuer: 'i',
          audience: 'a',
          cookie: 'jwt',
          signInUrl: null,
        },
      },
    ],
    [{ ROLES: 'web, worker' }, { roles: ['web', 'worker'] }],
    [{ REVISION_SETTLE_S: '1' }, { revisionSettleS: 1 }],
    [{ RETRY_SCHEDULE_S: '1, 60,3600' }, { retryScheduleS: [1, 60, 3_600] }],
    [
      { WEBHOOK_ALLOW_NETWORKS: '10.0.0.0/8, fd00::/8' },
      { webhookAllowNetworks: ['10.0.0.0/8', 'fd00::/8'] },
    ],
    [
      { WEBHOOK_PORTS: '443, 8000-8999' },
      {
        webhookPorts: [
          { from: 443, to: 443 },
          { from: 8_000, to: 8_999 },
        ],
      },
    ],
    [
      { COVERAGE_UNVERIFIED_DAYS: '30', COVERAGE_UNREACHABLE_DAYS: '0' },
      { coverageDays: { unverified: 30, unreachable: 0 } },
    ],
    [
      { WEBHOOK_PER_S: '0', SLACK_PER_S: '0.5', SMTP_PER_S: '14' },
      { perSecond: { webhook: null, slack: 0.5, smtp: 14 } },
    ],
  ])('is taken as it is meant: %o', (environment, expected) => {
    expect(parse(environment as unknown as Record<string, string>)).toMatchObject(expected);
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', 'http'],
    ['PORT', '-1'],
    ['PUBLIC_URL', 'tocsin.example.org'],
    ['PUBLIC_URL', 'ftp://example.org'],
    ['MAIL_FROM', 'nobody'],
    ['MAIL_FROM', 'a@example.org\r\nBcc: b@example.org'],
    ['SLACK_API_URL', 'localhost'],
    ['ROLES', 'web,chef'],
    ['ROLES', ','],
    ['REVISION_SETTLE_S', '0'],
    ['REVISION_SETTLE_S', '1.5'],
    ['COVERAGE_UNVERIFIED_DAYS', '-1'],
    ['COVERAGE_UNVERIFIED_DAYS', '3651'],
    ['RETRY_SCHEDULE_S', '5,soon'],
    ['RETRY_SCHEDULE_S', '-5'],
    ['RETRY_SCHEDULE_S', ','],
    ['WEBHOOK_ALLOW_NETWORKS', '10.0.0.1'],
    ['WEBHOOK_ALLOW_NETWORKS', '10.0.0.0/99'],
    ['WEBHOOK_PORTS', 'https'],
    ['WEBHOOK_PORTS', '0'],
    ['WEBHOOK_PORTS', '443,65536'],
    ['WEBHOOK_PORTS', '9000-8000'],
    ['WEBHOOK_PORTS', ','],
    ['TRUST_PROXY', 'everybody'],
    ['AUTH_COOKIE', 'a b'],
    ['LOG_LEVEL', 'loud'],
  ])('that is wrong stops the start with one line that names it: %s=%j', (name, value) => {
    const message = refusal({ [name]: value });
    expect(message).toMatch(new RegExp(`^${name} must .*$`));
    expect(message).toContain(JSON.stringify(value).slice(1, -1));
  });

  it.each([
    ['DATABASE_URL', 'mysql://tocsin:hunter2@db/tocsin'],
    ['DATABASE_URL', 'hunter2'],
    ['SMTP_URL', 'https://tocsin:hunter2@mail.example.org'],
    ['SECRET_KEY', 'hunter2'],
    ['OPERATOR_TOKEN', 'hunter2'],
  ])('that is a secret is never shown: %s', (name, value) => {
    expect(refusal({ [name]: value })).toMatch(new RegExp(`^${name} must .*$`));
    expect(refusal({ [name]: value })).not.toContain('hunter2');
  });

  const anyText = fc.string({ unit: fc.constantFrom(...Array.from('09azAZ .,:;@<>/"%-é\r\n')) });
  it('is taken or refused in one line that names it, whatever it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), anyText, (name, text) => {
        const message = refusal({ [name]: `hunter2${text}` });
        if (message === null) return;
        expect(message).toMatch(/^[^\r\n]+$/);
        expect(message).toContain(name);
        if (settings[name].secret) expect(message).not.toContain('hunter2');
      }),
    );
  });
});

describe('a secret', () => {
  const secrets = names.filter((name) => settings[name].secret);

  it('may come from a file', () => {
    const files = { '/run/secrets/key': `${secretKey}\n`, '/run/secrets/db': 'postgres://db/tocsin\n' };
    const environment = { SECRET_KEY_FILE: '/run/secrets/key', DATABASE_URL_FILE: '/run/secrets/db' };
    expect(parse(environment, files)).toMatchObject({ secretKey, databaseUrl: 'postgres://db/tocsin' });
  });

  it('of the environment comes before that of a file', () => {
    const environment = { SECRET_KEY: secretKey, SECRET_KEY_FILE: '/nowhere' };
    expect(parse(environment)).toMatchObject({ secretKey });
  });

  it('that is wrong in a file is not shown either', () => {
    const files = { '/key': 'hunter2' };
    expect(() => parse({ SECRET_KEY_FILE: '/key' }, files)).toThrow(
      /^SECRET_KEY must have at least 32 characters$/,
    );
  });

  it.each(secrets)('whose file cannot be read stops the start: %s_FILE', (name) => {
    expect(refusal({ [`${name}_FILE`]: '/nowhere' })).toBe(
      `${name}_FILE names a file that cannot be read: /nowhere`,
    );
  });

  it('is all that a file may hold', () => {
    expect(parse({ PORT_FILE: '/port' })).toMatchObject({ port: 3000 });
  });
});

describe('settings that go together', () => {
  it.each([
    ['SECRET_KEY', { DATABASE_URL: 'postgres://db/tocsin' }],
    ['MAIL_FROM', { SMTP_URL: 'smtp://mail.example.org' }],
  ])('say which one is missing: %s', (name, environment) => {
    expect(refusal(environment as unknown as Record<string, string>)).toMatch(
      new RegExp(`^${name} is missing: .*$`),
    );
  });

  const dkim = ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_PRIVATE_KEY'];
  it.each(dkim)('are refused with one alone: %s', (name) => {
    const message = refusal({ [name]: 'hunter2' });
    for (const one of dkim) expect(message).toContain(one);
    expect(message).not.toContain('hunter2');
  });

  const slackApp = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_SIGNING_SECRET'];
  it.each(slackApp)('are refused with one alone: %s', (name) => {
    const message = refusal({ [name]: 'hunter2' });
    for (const one of slackApp) expect(message).toContain(one);
    expect(message).not.toContain('hunter2');
  });

  const host = ['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_COOKIE', 'AUTH_SIGN_IN_URL'];
  it.each(host)('are refused with one alone: %s', (name) => {
    const message = refusal({ [name]: /URL/.test(name) ? 'https://archive.example' : 'jwt' });
    for (const one of ['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE']) expect(message).toContain(one);
    expect(message).toContain(name);
  });

  it('are refused with a DKIM key that signs nothing', () => {
    const pair = { DKIM_DOMAIN: 'example.org', DKIM_SELECTOR: 's1' };
    for (const key of ['hunter2', rsaKey.slice(0, 300)]) {
      expect(refusal({ ...pair, DKIM_PRIVATE_KEY: key })).toMatch(
        /^DKIM_PRIVATE_KEY must be (?!.*hunter2).*$/,
      );
    }
  });

  it('do not promise a bus that is not there', () => {
    expect(refusal({ NATS_URL: 'nats://user:hunter2@nats' })).toMatch(/^NATS_URL (?!.*hunter2).*$/);
  });
});
