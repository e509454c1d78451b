import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { PortRange, portRangesText, webPorts } from './domain/port-range.js';
import {
  daysOrNever,
  list,
  rate,
  secret,
  setting,
  text,
  url,
  whole,
  type Setting,
} from './setting-values.js';

const roles = ['web', 'worker', 'scheduler'] as const;

/** Every setting there is, in the order of the README's table. */
export const settings = {
  PORT: setting(
    z
      .string()
      .regex(/^\d{1,5}$/, 'must be a port from 0 to 65535')
      .transform(Number)
      .refine((n) => n <= 65_535, 'must be a port from 0 to 65535')
      .default(3000),
    '`3000`',
    'where it listens; `0` takes any free port',
  ),
  HOST: setting(
    z
      .string()
      .regex(/^[\w.:%-]+$/, 'must be an address or a host name')
      .default('127.0.0.1'),
    '`127.0.0.1`',
    'the address it listens on',
  ),
  PUBLIC_URL: setting(
    url(/^https?$/, 'an http(s) URL').transform((value) => value?.replace(/\/+$/, '') ?? null),
    'from the two',
    'the address in links',
  ),
  DATABASE_URL: secret(
    url(/^postgres(ql)?$/, 'a postgres:// URL'),
    '—',
    'PostgreSQL 15 or newer. Unset: a real PostgreSQL of its own, its data under `DATA_DIR`',
  ),
  DATA_DIR: setting(
    z.string().default('.data'),
    '`.data`',
    'the embedded database, generated secrets, caught mail',
  ),
  SECRET_KEY: secret(
    z.string().min(32, 'must have at least 32 characters').nullable().default(null),
    'made once in `DATA_DIR`',
    'encrypts the secrets of destinations at rest (AES-256-GCM), signs links. Required with `DATABASE_URL`',
  ),
  OPERATOR_TOKEN: secret(
    z.string().min(20, 'must have at least 20 characters').nullable().default(null),
    'made once, printed',
    "the operator's bearer token",
  ),
  SMTP_URL: secret(
    url(/^smtps?$/, 'an smtp:// or smtps:// URL'),
    '—',
    'where mail goes out. Unset: mail is caught and shown at `/sandbox/mailbox`',
  ),
  MAIL_FROM: setting(
    z
      .string()
      .regex(/^[^\r\n]*<?[^\s<>@]+@[^\s<>@]+>?$/, 'must be an address such as "Tocsin <alerts@example.org>"')
      .nullable()
      .default(null),
    '—',
    'the sender of mail. Required with `SMTP_URL`',
  ),
  MAIL_BOUNCE_ADDRESS: setting(
    z
      .string()
      .regex(/^[^\s<>@]+@[^\s<>@]+$/, 'must be an address such as "bounce@example.org"')
      .nullable()
      .default(null),
    '—',
    'where bounces and complaints go, such as `bounce@example.org`: each mail gets a return path `bounce+…@` of its own',
  ),
  SES_TOPIC_ARNS: setting(
    list
      .pipe(
        z.array(z.string().regex(/^arn:aws[\w-]*:sns:[\w-]+:\d{12}:[\w-]+$/, 'must be ARNs of SNS topics')),
      )
      .default([]),
    'none',
    'the topics of Amazon SNS through which SES reports bounces and complaints',
  ),
  POSTMARK_WEBHOOK_SECRET: secret(
    z.string().min(16, 'must have at least 16 characters').nullable().default(null),
    '—',
    "the password in the address of Postmark's webhooks",
  ),
  DKIM_DOMAIN: setting(text, '—', 'signs mail for this domain (with the next two)'),
  DKIM_SELECTOR: setting(text, '—', 'the selector of the DKIM key'),
  DKIM_PRIVATE_KEY: secret(text, '—', 'the DKIM key, PEM'),
  SLACK_CLIENT_ID: setting(text, '—', 'the Slack app behind “Add to Slack” (with the next two)'),
  SLACK_CLIENT_SECRET: secret(text, '—', 'its client secret'),
  SLACK_SIGNING_SECRET: secret(
    text,
    '—',
    'its signing secret: what comes from Slack, buttons and the end of an installation, is taken with it alone',
  ),
  SLACK_API_URL: setting(
    url(/^https?$/, 'an http(s) URL'),
    '—',
    "a local emulator in place of Slack's Web API",
  ),
  NATS_URL: setting(
    text,
    '—',
    'kept for the JetStream bus, which this version does not have yet: it refuses to start with it',
  ),
  ROLES: setting(
    list
      .pipe(z.array(z.enum(roles, `must be some of ${roles.join(', ')}`)).min(1, 'must name a role'))
      .default([...roles]),
    '`web,worker,scheduler`',
    'what this process does',
  ),
  REVISION_SETTLE_S: setting(
    whole(1, 'whole seconds').default(30),
    '`30`',
    'quiet seconds that close a revision of unknown size',
  ),
  RETRY_SCHEDULE_S: setting(
    list
      .pipe(
        z
          .array(
            z
              .string()
              .regex(/^\d{1,9}$/, 'must be seconds, separated by commas')
              .transform(Number),
          )
          .min(1, 'must name a wait'),
      )
      .default([5, 30, 120, 600, 3_600, 14_400, 43_200, 86_400]),
    '`5,30,120,600,3600,14400,43200,86400`',
    'waits between the attempts of a delivery, ±20 %',
  ),
  WEBHOOK_ALLOW_NETWORKS: setting(
    list
      .pipe(
        z.array(z.string().refine((cidr) => ipaddr.isValidCIDR(cidr), 'must be networks such as 10.0.0.0/8')),
      )
      .default([]),
    'none',
    'networks (CIDR) that webhooks may reach though private',
  ),
  WEBHOOK_PORTS: setting(
    list.pipe(z.array(PortRange).min(1, 'must name a port')).default([...webPorts]),
    `\`${portRangesText(webPorts).replaceAll(' ', '')}\``,
    'ports that webhooks may go to; by default none that belongs to mail, SSH or another service',
  ),
  ALERTS_PER_MINUTE: setting(
    whole(1, 'a whole number').default(30),
    '`30`',
    'alerts of one account within a minute; what is over is mailed and posted as one summary (webhooks get each)',
  ),
  REMINDER_DAYS: setting(
    whole(0, 'a whole number of days, 0 for none')
      .refine((days) => days <= 365, 'must be at most 365')
      .default(7),
    '`7`',
    'days before a rise takes effect on which those who were alerted of it are reminded; `0` for no reminders',
  ),
  COVERAGE_UNVERIFIED_DAYS: setting(
    daysOrNever(14),
    '`14`',
    'days without a check after which followers of a document hear that it was lost sight of; `0` for never',
  ),
  COVERAGE_UNREACHABLE_DAYS: setting(
    daysOrNever(3),
    '`3`',
    'days that a document is unreachable until they hear of it; `0` for never',
  ),
  WEBHOOK_PER_S: setting(rate(20), '`20`', 'most messages a second to one webhook; `0` for no limit'),
  SLACK_PER_S: setting(rate(1), '`1`', 'most messages a second to one Slack channel; `0` for no limit'),
  SMTP_PER_S: setting(rate(0), '`0`', 'most mails a second in all; `0` for no limit'),
  SMTP_PER_DOMAIN: setting(
    whole(1, 'a whole number').default(4),
    '`4`',
    'most connections at a time with mail to one domain; one of all is always left to others',
  ),
  PUBLIC_ARCHIVE: setting(
    z.enum(['open', 'members'], 'must be open or members').default('open'),
    '`open`',
    'who sees pages of entities, documents and provisions: everybody (`open`), or who is signed in (`members`)',
  ),
  SIGN_UP: setting(
    z.enum(['open', 'closed'], 'must be open or closed').default('closed'),
    '`closed`',
    'whether people make their own accounts, of the free tier, on the web; `closed`: the operator makes them',
  ),
  AUTH_JWKS_URL: setting(
    url(/^https?$/, 'an http(s) URL'),
    '—',
    "the public keys (JWK set) of the host archive's accounts: its JWTs sign in (with the next two)",
  ),
  AUTH_ISSUER: setting(text, '—', 'the `iss` of those tokens'),
  AUTH_AUDIENCE: setting(text, '—', 'the `aud` of those tokens'),
  AUTH_COOKIE: setting(
    z
      .string()
      .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'must be the name of a cookie')
      .nullable()
      .default(null),
    '—',
    "the cookie in which the archive's pages keep their token; it must reach this host too",
  ),
  AUTH_SIGN_IN_URL: setting(
    url(/^https?$/, 'an http(s) URL'),
    '—',
    'where people sign in at the archive, in place of an emailed link; `{next}` in it becomes the address to come back to',
  ),
  TRUST_PROXY: setting(
    z
      .string()
      .transform((value) => (value.trim() === 'off' ? '' : value))
      .pipe(list)
      .pipe(
        z.array(
          z
            .string()
            .refine(
              (cidr) => ipaddr.isValid(cidr) || ipaddr.isValidCIDR(cidr),
              'must be off, or networks such as 10.0.0.0/8',
            ),
        ),
      )
      .default([]),
    '`off`',
    'networks (CIDR) of the reverse proxies in front, whose `X-Forwarded-For` is believed: rate limits count by client',
  ),
  ARCHIVE_NAME: setting(
    z.string().default('ConductAtlas Policy Archive'),
    '`ConductAtlas Policy Archive`',
    'in the citation line',
  ),
  LOG_LEVEL: setting(
    z
      .enum(
        ['silent', 'fatal', 'error', 'warn', 'info', 'debug'],
        'must be silent, fatal, error, warn, info or debug',
      )
      .default('info'),
    '`info`, on a terminal `warn`',
    'how much is logged (JSON lines on standard error)',
  ),
} satisfies Record<string, Setting<z.ZodType>>;

export type SettingName = keyof typeof settings;
