import { mkdir, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProgramName, ProgramOptions } from '../programs.js';
import type { Scale } from '../scale.js';
import { Databases } from './databases.js';
import { BenchPostgres } from './postgres.js';
import { startRemote, type Remote } from './remote.js';
import { environmentOf, startService, type Environment, type Service } from './service.js';

/** "64 endpoints": origins of the sink. */
const endpointCount = 64;
const tmpfs = 0x01021994;

/** What all rows play on: the database server, databases with followers, the sinks, and processes of the service. */
export class Stage {
  readonly databases: Databases;
  /** Set when a row has failed. */
  keepsLogs = false;
  private closed: Promise<void> | null = null;
  private readonly closers: (() => Promise<void>)[] = [];
  /** Ends each process that a row has started. */
  private readonly enders: (() => Promise<void>)[] = [];

  private constructor(
    readonly scale: Scale,
    private readonly folder: string,
    readonly postgres: BenchPostgres,
    readonly sinks: { webhooks: Remote<'webhook-sink'>; mail: Remote<'smtp-sink'> },
    /** Origins of the webhook sink. */
    readonly endpoints: readonly string[],
    readonly say: (text: string) => void,
  ) {
    this.databases = new Databases(postgres, endpoints, async (database) => this.fanOut(database), say);
  }

  /** @param dataDir where its folder is made, that goes again with it; null for where temporary files lie */
  static async open(scale: Scale, dataDir: string | null, say: (text: string) => void): Promise<Stage> {
    const folder = await mkdtemp(join(dataDir ?? (await diskFolder()), 'tocsin-bench-'));
    const logs = join(folder, 'logs');
    await mkdir(logs, { recursive: true });
    say(`the database and all logs are in ${folder}`);
    const closers: (() => Promise<void>)[] = [];
    try {
      const postgres = await BenchPostgres.start(folder);
      closers.push(async () => postgres.stop());
      const options = { endpoints: endpointCount };
      const webhooks = await startRemote('webhook-sink', options, join(logs, 'webhook-sink.log'));
      closers.push(async () => webhooks.end());
      const mail = await startRemote('smtp-sink', undefined, join(logs, 'smtp-sink.log'));
      closers.push(async () => mail.end());
      const stage = new Stage(scale, folder, postgres, { webhooks, mail }, await webhooks.urls(), say);
      stage.closers.push(async () => stage.removeFolder(), ...closers);
      return stage;
    } catch (error) {
      for (const close of closers.toReversed()) await close();
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** A process of the built service on a database. */
  async service(database: string, roles: string, given: Environment = {}): Promise<Service> {
    const environment = { ...this.settings(database), ROLES: roles, ...given };
    const service = await startService(environment, this.logOf(`${database}-${roles}`));
    await this.endWithUs(async () => service.stop('SIGKILL'));
    return service;
  }

  /** A program of the benchmark in a process of its own. */
  async remote<Name extends ProgramName>(name: Name, options: ProgramOptions<Name>): Promise<Remote<Name>> {
    const remote = await startRemote(name, options, this.logOf(name));
    await this.endWithUs(async () => remote.end());
    return remote;
  }

  /** The service's modules in a process that fans out when it is told and sends nothing, and its API. */
  async fanOut(database: string): Promise<Remote<'fan-out'> & { url: string }> {
    const environment = await environmentOf({ ...this.settings(database), ROLES: 'web' });
    const remote = await this.remote('fan-out', { environment });
    return Object.assign(remote, { url: `http://127.0.0.1:${environment['PORT']}` });
  }

  /** Ends whatever a row has left running, and drops its databases. */
  async clear(): Promise<void> {
    for (const end of this.enders.splice(0)) await end();
    await this.databases.dropRest();
  }

  /** May be called again: by a signal, and by whoever it has interrupted. */
  async close(): Promise<void> {
    this.closed ??= this.closeAll();
    await this.closed;
  }

  /** A process that was being started while all the others were ended goes, too. */
  private async endWithUs(end: () => Promise<void>): Promise<void> {
    if (this.closed === null) this.enders.push(end);
    else await end();
  }

  private async closeAll(): Promise<void> {
    for (const end of this.enders.splice(0)) await end();
    for (const close of this.closers.splice(0).toReversed()) {
      await close().catch((error: unknown) => this.say(`something did not close: ${String(error)}`));
    }
  }

  /** Leaves the logs when something is to be found in them. */
  private async removeFolder(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      if (name === 'logs' && this.keepsLogs) continue;
      await rm(join(this.folder, name), { recursive: true, force: true });
    }
    if (this.keepsLogs) this.say(`the logs stay in ${join(this.folder, 'logs')}`);
    else await rm(this.folder, { recursive: true, force: true });
  }

  private logOf(name: string): string {
    return join(this.folder, 'logs', `${name}.log`);
  }

  private settings(database: string): Environment {
    return { DATABASE_URL: this.postgres.url(database), DATA_DIR: join(this.folder, 'service') };
  }
}

/** Where files lie on a disk: many a system keeps its temporary folder in memory, where durability costs nothing. */
async function diskFolder(): Promise<string> {
  const { type } = await statfs(tmpdir());
  return type === tmpfs ? '/var/tmp' : tmpdir();
}
