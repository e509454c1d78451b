import { addFollowers } from './followers.js';
import type { BenchPostgres } from './postgres.js';
import { makePrototypes, type Kind, type Prototypes } from './prototypes.js';
import type { Remote } from './remote.js';

const base = 'bench_base';

/** Databases with followers: made once for each number of them, then copied for each measurement. */
export class Databases {
  /** What copies are made of, by name. */
  private readonly templates = new Map<string, Promise<string>>();
  private readonly inUse = new Set<string>();
  private prototypes: Promise<Prototypes> | null = null;
  private made = 0;

  /** @param startApi the service's API on a database, for what is made through it */
  constructor(
    private readonly postgres: BenchPostgres,
    private readonly endpoints: readonly string[],
    private readonly startApi: (database: string) => Promise<Remote<'fan-out'> & { url: string }>,
    private readonly say: (text: string) => void,
  ) {}

  /** A fresh database with as many followers. */
  async copy(kind: Kind, followers: number): Promise<string> {
    return this.copyOf(await this.followersTemplate(kind, followers));
  }

  /** The same after something has happened in it, which happens once however many copies are asked for. */
  async copyAfter(
    kind: Kind,
    followers: number,
    happening: { name: string; happen: (database: string) => Promise<unknown> },
  ): Promise<string> {
    const template = await this.template(`${kind}_${followers}_${happening.name}`, async (name) => {
      await this.postgres.create(name, await this.followersTemplate(kind, followers));
      await happening.happen(name);
    });
    return this.copyOf(template);
  }

  /** A database with as many followers that is kept for no copies: half the room and time for one that is used once. */
  async single(kind: Kind, followers: number): Promise<string> {
    const name = this.nextName();
    await this.fill(name, kind, followers);
    return name;
  }

  async drop(name: string): Promise<void> {
    await this.postgres.drop(name);
    this.inUse.delete(name);
  }

  /** Drops what a row that failed left behind. */
  async dropRest(): Promise<void> {
    for (const name of this.inUse) await this.drop(name);
  }

  private async followersTemplate(kind: Kind, followers: number): Promise<string> {
    return this.template(`${kind}_${followers}`, async (name) => this.fill(name, kind, followers));
  }

  private async template(name: string, make: (name: string) => Promise<void>): Promise<string> {
    const known = this.templates.get(name);
    if (known !== undefined) return known;
    // What is connected to cannot be copied: from here on nobody gets in, autovacuum neither.
    const made = make(name).then(async () => this.postgres.shut(name));
    this.templates.set(name, made);
    return made;
  }

  private async copyOf(template: string): Promise<string> {
    const name = this.nextName();
    await this.postgres.create(name, template);
    return name;
  }

  private async fill(name: string, kind: Kind, followers: number): Promise<void> {
    this.prototypes ??= this.makeBase();
    const prototypes = await this.prototypes;
    const startedAt = performance.now();
    await this.postgres.create(name, base);
    await this.postgres.session(name, async (sql) =>
      addFollowers(sql, prototypes, kind, followers, this.endpoints),
    );
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    this.say(`made ${followers} followers by ${kind} in ${seconds} s`);
  }

  private async makeBase(): Promise<Prototypes> {
    await this.postgres.create(base);
    await this.postgres.migrate(base);
    const api = await this.startApi(base);
    const prototypes = await makePrototypes(api.url);
    await api.stop();
    await api.end();
    return prototypes;
  }

  private nextName(): string {
    const name = `bench_${++this.made}`;
    this.inUse.add(name);
    return name;
  }
}
