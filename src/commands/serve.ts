import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ConfigError, type Config } from '../config.js';
import { createHttpApp } from '../http-app.js';
import { freePort } from '../platform/free-port.js';
import { createLogger, NestLogger, type Logger } from '../platform/logger.js';
import { startRoles } from '../roles.js';
import { openParts } from '../service.js';
import type { Stop } from '../tickets/ticket-bus.js';
import { exposedMailbox } from './exposed-mailbox.js';
import { welcome } from './welcome.js';
import { demoEmail, hasDemoWatcher, loadSamples } from './load-samples.js';

/** How long requests in flight may take once the process is to stop. */
const httpDrainMs = 10_000;

/**
 * Runs the roles until SIGTERM or SIGINT; then takes nothing new, finishes what is in flight, and closes everything. A
 * second signal ends at once: the ledger makes up for it.
 */
export async function serve(given: Config, options: { samples: boolean }): Promise<void> {
  const stopped = stopSignal();
  const config = given.port === 0 ? await onFreePort(given) : given;
  const log = createLogger(config.logLevel);
  const parts = await openParts(config, log);
  try {
    const app = await createHttpApp(parts);
    let stopRoles: Stop = () => Promise.resolve();
    try {
      await listen(app, config, log);
      stopRoles = await startRoles(app, config.roles);
      log.info({ roles: config.roles, port: config.port }, 'ready');
      const warning = exposedMailbox(config);
      if (warning !== null) log.warn(warning);
      // Their mail is for the mailbox: it goes to nobody's server.
      const isSandbox = config.databaseUrl === null && config.smtpUrl === null;
      if (isSandbox && options.samples && config.roles.includes('web')) await loadSamples(app);
      const member = isSandbox && (await hasDemoWatcher(app)) ? demoEmail : null;
      process.stdout.write(welcome(config, parts.secrets.operatorToken, member));
      const signal = await stopped;
      log.info({ signal }, 'stopping: finishing what is in flight');
    } finally {
      // After a start that failed too: a server that listens would keep the process alive, without a database.
      // A client that never ends its request must not keep the process from stopping.
      const patience = setTimeout(() => app.getHttpServer().closeAllConnections(), httpDrainMs);
      await Promise.all([app.close(), stopRoles()]);
      clearTimeout(patience);
    }
  } finally {
    await parts.close();
  }
}

async function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(1);
        asked = true;
        resolve(signal);
      });
    }
  });
}

async function onFreePort(config: Config): Promise<Config> {
  const port = await freePort(config.host);
  return { ...config, port, publicUrl: config.publicUrl.replace(/:0$/, `:${port}`) };
}

async function listen(app: NestFastifyApplication, { port, host }: Config, log: Logger): Promise<void> {
  try {
    // The framework would log the failure besides: what is said of it is one line, below.
    app.useLogger(false);
    await app.listen(port, host);
    app.useLogger(new NestLogger(log));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new ConfigError(`PORT ${port} is taken by another program: set PORT to a free one, or to 0`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new ConfigError(`HOST ${host} is no address of this machine`);
    if (code === 'EACCES')
      throw new ConfigError(`PORT ${port} needs more rights than this user has: set PORT to 1024 or above`);
    throw error;
  }
}
