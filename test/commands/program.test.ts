import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { program } from '../../src/commands/program.js';
import { ConfigError } from '../../src/config.js';
import { provisionEvent, side } from '../support/events.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

let database: TestDatabase;
let dir: string;

beforeAll(async () => {
  database = await createTestDatabase();
  dir = await mkdtemp(join(tmpdir(), 'tocsin-commands-'));
});
afterAll(async () => {
  await database.drop();
  await rm(dir, { recursive: true, force: true });
});
afterEach(() => void vi.restoreAllMocks());

/** @returns what the command printed on standard output */
async function run(...argv: string[]): Promise<string> {
  const printed: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  await program({
    DATABASE_URL: database.url,
    DATA_DIR: dir,
    SECRET_KEY: 'a secret key for tests, long enough to be one',
    LOG_LEVEL: 'silent',
  }).parseAsync(argv, { from: 'user' });
  return printed.join('');
}

function commandsOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap(commandsOf)];
}

describe('the command line', () => {
  it('explains each command, without looking at the settings', () => {
    const commands = commandsOf(program({ PORT: 'wrong' }));
    const names = 'tocsin serve migrate ingest backtest bounces listen token create account create'.split(
      ' ',
    );
    expect(commands.map((command) => command.name())).toEqual(names);
    for (const command of commands)
      expect(command.helpInformation()).toContain(command.description().slice(0, 20));
  });

  it('names a setting that is wrong before it does anything', async () => {
    const command = program({ PORT: 'wrong' }).parseAsync(['migrate'], { from: 'user' });
    await expect(command).rejects.toThrow(
      new ConfigError('PORT must be a port from 0 to 65535, not "wrong"'),
    );
  });

  it('brings the schema up to date, as often as it is told', async () => {
    expect(await run('migrate')).toBe('The schema is up to date.\n');
    expect(await run('migrate')).toBe('The schema is up to date.\n');
  });

  it('makes an account and prints it with a token', async () => {
    const account = JSON.parse(await run('account', 'create', 'a@example.org', '--tier', 'watcher'));
    expect(account).toMatchObject({ email: 'a@example.org', tier: 'watcher', timeZone: 'UTC' });
    expect(account.token).toMatch(/^\S{20,}$/);
  });

  it('says in one line why it makes no account', async () => {
    const refused = async (...args: string[]) =>
      run('account', 'create', ...args).catch((error: unknown) => error);
    await run('account', 'create', 'twice@example.org');
    for (const args of [['twice@example.org'], ['nobody'], ['b@example.org', '--time-zone', 'Mars']]) {
      const error = await refused(...args);
      expect(error).toBeInstanceOf(ConfigError);
      expect((error as ConfigError).message).toMatch(/^.+$/);
    }
  });

  it('prints a token of the operator alone, so that it can go into a variable', async () => {
    expect(await run('token', 'create', 'deploy')).toMatch(/^\S{20,}\n$/);
    expect(await run('token', 'create', 'feed', '--scope', 'ingest')).toMatch(/^\S{20,}\n$/);
  });

  it('takes in a file, and says what it was', async () => {
    const file = join(dir, 'events.ndjson');
    await writeFile(
      file,
      [provisionEvent(), provisionEvent()].map((event) => JSON.stringify(event)).join('\n'),
    );
    expect(await run('ingest', file)).toBe('2 accepted, 0 duplicates.\n');
    expect(await run('ingest', '--silent', file)).toBe('0 accepted, 2 duplicates.\n');
  });

  it('prints what a watchlist would have sent', async () => {
    const file = join(dir, 'past.ndjson');
    const time = new Date(Date.now() - 3 * 86_400_000).toISOString();
    const title = 'Terms\u001b[31m of past';
    const event = provisionEvent({ entity: 'past', time, after: side('high') });
    await writeFile(
      file,
      JSON.stringify({ ...event, data: { ...event.data, document: { id: 'past-terms', title } } }),
    );
    await run('ingest', file);
    const printed = await run('backtest', '--follow', 'entity:past', '--since', '2w');
    expect(printed).toMatch(/^1 alert, 0 digests, 1 change told, 0 reverts\.\n\nweek of/);
    expect(printed).toContain('introduced – → high        Past: Terms[31m of past: Provision past-terms-1');
    expect(printed.match(/█+/g)).toEqual(['█'.repeat(40)]);
    const rule = join(dir, 'rule.json');
    await writeFile(rule, '{"direction": "falls"}');
    const argv = [
      '--follow',
      'everything',
      '--since',
      time.slice(0, 10),
      '--rule',
      rule,
      '--cadence',
      'daily@09:30',
    ];
    const answer = JSON.parse(await run('backtest', ...argv, '--time-zone', 'Europe/Berlin', '--json'));
    expect(answer).toMatchObject({
      timeZone: 'Europe/Berlin',
      total: { digests: 0 },
      suppressed: { rule: 1 },
    });
  });

  it.each([
    ['a follow', ['--follow', 'planet:mars'], /follows\[1\]\.kind/],
    ['a rule', ['--rule', '{'], /the rule is not JSON/],
    ['a file of a rule', ['--rule', 'nowhere.json'], /cannot read a rule from nowhere\.json/],
    ['a cadence', ['--cadence', 'yearly'], /--cadence must be/],
    ['a time', ['--since', 'yesterday'], /since/],
    ['a zone', ['--time-zone', 'Mars'], /timeZone/],
  ])('says in one line what is wrong with %s of a backtest', async (_what, args, expected) => {
    const argv = ['backtest', '--follow', 'everything', '--since', '1w', ...args];
    const error = await run(...argv).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).message).toMatch(expected);
    expect((error as ConfigError).message).toMatch(/^.+$/);
  });

  it.each(['nowhere.ndjson', '.'])('says in one line that it cannot read %s', async (name) => {
    const error = await run('ingest', join(dir, name)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).message).toMatch(/^cannot read .+$/);
  });
});
