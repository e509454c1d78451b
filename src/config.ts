import { createPrivateKey } from 'node:crypto';
import { resolve } from 'node:path';
import { hostAccountsOf, type HostAccounts } from './domain/host-accounts.js';
import type { PortRange } from './domain/port-range.js';
import { settings, type SettingName } from './settings.js';

/** Everything that the environment decides, parsed once and frozen. Times are in the unit that the name says. */
export type Config = Readonly<{
  port: number;
  host: string;
  publicUrl: string;
  databaseUrl: string | null;
  dataDir: string;
  secretKey: string | null;
  operatorToken: string | null;
  smtpUrl: string | null;
  mailFrom: string;
  mailBounceAddress: string | null;
  sesTopicArns: readonly string[];
  postmarkWebhookSecret: string | null;
  dkim: { domain: string; selector: string; privateKey: string } | null;
  /** The Slack app behind "Add to Slack"; null when there is none. */
  slackApp: Readonly<{ clientId: string; clientSecret: string }> | null;
  slackSigningSecret: string | null;
  slackApiUrl: string | null;
  roles: readonly Role[];
  revisionSettleS: number;
  retryScheduleS: readonly number[];
  webhookAllowNetworks: readonly string[];
  webhookPorts: readonly PortRange[];
  alertsPerMinute: number;
  /** Days before a rise takes effect; 0 for no reminders. */
  reminderDays: number;
  /** Days after which a followed document counts as lost; 0 for never. */
  coverageDays: Readonly<{ unverified: number; unreachable: number }>;
  /** Messages a second to one destination, for mail in all; null for no limit. */
  perSecond: Readonly<{ webhook: number | null; slack: number | null; smtp: number | null }>;
  /** Most connections at a time with mail to one domain. */
  smtpPerDomain: number;
  archiveName: string;
  /** Whether entities, documents and provisions are shown to everybody, or to members alone. */
  publicArchive: 'open' | 'members';
  /** Whether people make accounts by themselves, or the operator makes them. */
  signUp: 'open' | 'closed';
  /** The host archive's own accounts, whose tokens sign in; null when it has none. */
  hostAccounts: HostAccounts | null;
  /** Proxies whose word on the client's address is taken, as CIDRs; none by default. */
  trustProxy: readonly string[];
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
}>;

export type Role = 'web' | 'worker' | 'scheduler';

/** The injection token of the one Config. */
export const CONFIG = Symbol('CONFIG');

/** A value of the environment that is wrong or missing. The message is one line that names it and the remedy. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Parses the environment. Pure: a secret's `NAME_FILE` is read through `readFile`.
 *
 * @throws ConfigError naming the first variable that is wrong
 */
export function parseConfig(environment: Environment, readFile: (path: string) => string): Config {
  const value = <Name extends SettingName>(name: Name) => parseSetting(name, environment, readFile);
  const host = value('HOST');
  const port = value('PORT');
  const smtpUrl = value('SMTP_URL');
  const databaseUrl = value('DATABASE_URL');
  const secretKey = value('SECRET_KEY');
  if (databaseUrl !== null && secretKey === null) {
    throw new ConfigError(
      'SECRET_KEY is missing: with DATABASE_URL every process needs the same one (32 or more characters)',
    );
  }
  if (smtpUrl !== null && value('MAIL_FROM') === null) {
    throw new ConfigError(
      'MAIL_FROM is missing: with SMTP_URL set, say who the mail comes from, such as "Tocsin <alerts@example.org>"',
    );
  }
  if (value('NATS_URL') !== null) {
    throw new ConfigError(
      'NATS_URL is set, but this version has no JetStream bus yet: unset it to run on PostgreSQL alone',
    );
  }
  return Object.freeze({
    port,
    host,
    publicUrl: value('PUBLIC_URL') ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    databaseUrl,
    dataDir: resolve(value('DATA_DIR')),
    secretKey,
    operatorToken: value('OPERATOR_TOKEN'),
    smtpUrl,
    mailFrom: value('MAIL_FROM') ?? 'Tocsin <alerts@tocsin.localhost>',
    mailBounceAddress: value('MAIL_BOUNCE_ADDRESS'),
    sesTopicArns: value('SES_TOPIC_ARNS'),
    postmarkWebhookSecret: value('POSTMARK_WEBHOOK_SECRET'),
    dkim: parseDkim(value('DKIM_DOMAIN'), value('DKIM_SELECTOR'), value('DKIM_PRIVATE_KEY')),
    slackApp: parseSlackApp(
      value('SLACK_CLIENT_ID'),
      value('SLACK_CLIENT_SECRET'),
      value('SLACK_SIGNING_SECRET'),
    ),
    slackSigningSecret: value('SLACK_SIGNING_SECRET'),
    slackApiUrl: value('SLACK_API_URL'),
    roles: value('ROLES'),
    revisionSettleS: value('REVISION_SETTLE_S'),
    retryScheduleS: value('RETRY_SCHEDULE_S'),
    webhookAllowNetworks: value('WEBHOOK_ALLOW_NETWORKS'),
    webhookPorts: value('WEBHOOK_PORTS'),
    alertsPerMinute: value('ALERTS_PER_MINUTE'),
    reminderDays: value('REMINDER_DAYS'),
    coverageDays: {
      unverified: value('COVERAGE_UNVERIFIED_DAYS'),
      unreachable: value('COVERAGE_UNREACHABLE_DAYS'),
    },
    perSecond: { webhook: value('WEBHOOK_PER_S'), slack: value('SLACK_PER_S'), smtp: value('SMTP_PER_S') },
    smtpPerDomain: value('SMTP_PER_DOMAIN'),
    archiveName: value('ARCHIVE_NAME'),
    publicArchive: value('PUBLIC_ARCHIVE'),
    signUp: value('SIGN_UP'),
    hostAccounts: parseHostAccounts(value),
    trustProxy: value('TRUST_PROXY'),
    logLevel: value('LOG_LEVEL'),
  });
}

type SettingValue<Name extends SettingName> = ReturnType<(typeof settings)[Name]['schema']['parse']>;

function parseSetting<Name extends SettingName>(
  name: Name,
  environment: Environment,
  readFile: (path: string) => string,
): SettingValue<Name> {
  const text = environment[name] || fromFile(name, environment, readFile);
  const result = settings[name].schema.safeParse(text === '' ? undefined : text);
  if (!result.success) {
    throw new ConfigError(`${name} ${result.error.issues[0]?.message ?? 'is wrong'}${shown(name, text)}`);
  }
  return result.data as SettingValue<Name>;
}

function shown(name: SettingName, text: string | undefined): string {
  return text === undefined || settings[name].secret ? '' : `, not ${JSON.stringify(text)}`;
}

function fromFile(
  name: SettingName,
  environment: Environment,
  readFile: (path: string) => string,
): string | undefined {
  const path = settings[name].secret ? environment[`${name}_FILE`] : undefined;
  if (path === undefined || path === '') return undefined;
  try {
    return readFile(path).trim();
  } catch (cause) {
    throw new ConfigError(`${name}_FILE names a file that cannot be read: ${path}`, { cause });
  }
}

function parseHostAccounts(value: <Name extends SettingName>(name: Name) => SettingValue<Name>) {
  const found = hostAccountsOf({
    jwksUrl: value('AUTH_JWKS_URL'),
    issuer: value('AUTH_ISSUER'),
    audience: value('AUTH_AUDIENCE'),
    cookie: value('AUTH_COOKIE'),
    signInUrl: value('AUTH_SIGN_IN_URL'),
  });
  if (typeof found === 'string') throw new ConfigError(found);
  return found;
}

/** Without the signing secret buttons would call nobody, and the end of an installation would go unnoticed. */
function parseSlackApp(
  clientId: string | null,
  clientSecret: string | null,
  signingSecret: string | null,
): Config['slackApp'] {
  if (clientId === null && clientSecret === null && signingSecret === null) return null;
  if (clientId === null || clientSecret === null || signingSecret === null) {
    throw new ConfigError(
      'SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_SIGNING_SECRET go together: set all or none',
    );
  }
  return { clientId, clientSecret };
}

function parseDkim(
  domain: string | null,
  selector: string | null,
  privateKey: string | null,
): Config['dkim'] {
  if (domain === null && selector === null && privateKey === null) return null;
  if (domain === null || selector === null || privateKey === null) {
    throw new ConfigError(
      'DKIM_DOMAIN, DKIM_SELECTOR and DKIM_PRIVATE_KEY go together: set all three or none',
    );
  }
  if (!isRsaKey(privateKey)) throw new ConfigError('DKIM_PRIVATE_KEY must be an RSA private key in PEM');
  return { domain, selector, privateKey };
}

function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
