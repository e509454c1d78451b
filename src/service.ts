import { join } from 'node:path';
import { migrations } from '../migrations/all.js';
import type { Parts } from './app.module.js';
import { ChannelRegistry } from './channels/registry.js';
import { ConfigError, type Config } from './config.js';
import type { DeliveryId } from './domain/ids.js';
import { returnPaths } from './mail-reports/return-path.js';
import type { Clock } from './platform/clock.js';
import { Database } from './platform/database.js';
import { startEmbeddedPostgres } from './platform/embedded-postgres/embedded-postgres.js';
import { LedgerClock } from './platform/ledger-clock.js';
import type { Logger } from './platform/logger.js';
import { migrate } from './platform/migrate.js';
import { packageVersion } from './platform/package-root.js';
import { secretBox } from './platform/secret-box.js';
import { loadSecrets } from './platform/secrets.js';
import { startMailCatcher } from './sandbox/mail-catcher.js';
import { SlackPlaces } from './slack/slack-places.js';
import { SlackTokens } from './slack/slack-tokens.js';
import { SlackWebApi } from './slack/slack-web-api.js';
import { PostgresTicketBus } from './tickets/postgres/postgres-ticket-bus.js';

/** Parts, and what closes them in the right order. */
export type OpenParts = Parts & { close(): Promise<void> };

/** Opens all that a process needs: database (migrated), bus, channels. What was opened is closed again on a failure. */
export async function openParts(config: Config, log: Logger, givenClock?: Clock): Promise<OpenParts> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    // Whatever one of them says, the rest is closed too: a database that stays up would outlive us.
    for (const closer of closers.splice(0).toReversed()) {
      await closer().catch((error: unknown) => log.error({ err: error }, 'something did not close'));
    }
  };
  try {
    const secrets = secretsOf(config);
    const url = config.databaseUrl ?? (await embedded(config, log, closers));
    const database = await connect(config, url, {
      onPoolError: (error) => log.warn({ err: error }, 'a database connection broke'),
    });
    closers.push(async () => database.close());
    const clock = givenClock ?? (await ledgerClock(database, closers));
    const ran = await migrateAt(url);
    if (ran.length > 0) log.info({ migrations: ran }, 'schema brought up to date');
    const mailboxDir = config.smtpUrl === null ? join(config.dataDir, 'mailbox') : null;
    const smtpUrl = config.smtpUrl ?? (await catcher(join(config.dataDir, 'mailbox'), closers));
    const slackTokens = new SlackTokens(database, secretBox(secrets.secretKey));
    const workspaces = new SlackPlaces(database, slackTokens, new SlackWebApi(config.slackApiUrl));
    closers.push(async () => workspaces.close());
    const channels = ChannelRegistry.of({
      config,
      smtpUrl,
      secretKey: secrets.secretKey,
      version: packageVersion(),
      returnPath: returnPathOf(config, secrets.secretKey),
      workspaces,
    });
    closers.push(async () => channels.close());
    const bus = new PostgresTicketBus(database, url, log);
    closers.push(async () => bus.close());
    return { config, secrets, log, clock, database, bus, channels, mailboxDir, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @throws ConfigError when DATA_DIR is no folder of ours */
function secretsOf(config: Config) {
  try {
    return loadSecrets(config);
  } catch (cause) {
    throw new ConfigError(`DATA_DIR ${config.dataDir} cannot be used: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** @throws ConfigError when no return path can be made of MAIL_BOUNCE_ADDRESS */
function returnPathOf({ mailBounceAddress }: Config, secretKey: string) {
  if (mailBounceAddress === null) return undefined;
  try {
    const paths = returnPaths(mailBounceAddress, secretKey);
    return (deliveryId: string) => paths.of({ deliveryId: deliveryId as DeliveryId });
  } catch (cause) {
    throw new ConfigError(`MAIL_BOUNCE_ADDRESS: ${(cause as Error).message}`, { cause });
  }
}

/** @throws ConfigError when DATABASE_URL leads to no database; its password is not shown */
async function connect(config: Config, url: string, options: Parameters<typeof Database.connect>[1]) {
  try {
    return await Database.connect(url, options);
  } catch (cause) {
    if (config.databaseUrl === null) throw cause;
    const { hostname, port, pathname } = new URL(url);
    const where = `${hostname}:${port || 5432}${pathname}`;
    throw new ConfigError(`DATABASE_URL leads to no database at ${where}: ${(cause as Error).message}`, {
      cause,
    });
  }
}

async function embedded(config: Config, log: Logger, closers: (() => Promise<void>)[]): Promise<string> {
  const postgres = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    onLog: (line) => log.debug({ line }, 'postgres'),
  });
  closers.push(async () => postgres.stop());
  return postgres.url;
}

/** On connections of its own: a migration of a big table takes as long as it takes. */
async function migrateAt(url: string): Promise<string[]> {
  const database = await Database.connect(url, { migrations, poolSize: 2, queryTimeoutMs: null });
  try {
    return await migrate(database);
  } finally {
    await database.close();
  }
}

async function ledgerClock(database: Database, closers: (() => Promise<void>)[]): Promise<Clock> {
  const clock = await LedgerClock.of(database);
  closers.push(() => Promise.resolve(clock.stop()));
  return clock;
}

async function catcher(dir: string, closers: (() => Promise<void>)[]): Promise<string> {
  const mail = await startMailCatcher({ dir });
  closers.push(async () => mail.stop());
  return mail.smtpUrl;
}
