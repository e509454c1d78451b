import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { program } from '../../src/commands/program.js';
import { ConfigError } from '../../src/config.js';
import type { DeliveryId } from '../../src/domain/ids.js';
import { returnPaths } from '../../src/mail-reports/return-path.js';
import { sample, sampleReturnPath } from '../mail-reports/sample.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

afterEach(() => void vi.restoreAllMocks());

describe('tocsin bounces', () => {
  const secretKey = 'a secret key for tests, long enough to be one';
  let database: TestDatabase;
  let dir: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    dir = await mkdtemp(join(tmpdir(), 'tocsin-bounces-'));
  });
  afterAll(async () => {
    process.exitCode = 0;
    await database.drop();
    await rm(dir, { recursive: true, force: true });
  });

  async function run(file: string, environment: Record<string, string> = {}): Promise<string> {
    const printed: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    await program({
      DATABASE_URL: database.url,
      DATA_DIR: dir,
      SECRET_KEY: secretKey,
      LOG_LEVEL: 'silent',
      MAIL_BOUNCE_ADDRESS: 'bounce@example.org',
      ...environment,
    }).parseAsync(['bounces', file], { from: 'user' });
    return printed.join('');
  }

  it('takes a mail or a mailbox of them, counts what is none, and acts on what is proven', async () => {
    const one = join(dir, 'one.eml');
    await writeFile(one, sample('postfix-unknown-user.eml'));
    expect(await run(one)).toBe('1 mails, 1 findings, 0 of them suppressed an address.\n');

    const client = new Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query(`
      with a as (insert into account (email, tier, time_zone, created_at)
        values ('ada@example.net', 'free', 'UTC', '2026-11-01') returning id),
      t as (insert into destination (account_id, kind, status, settings, created_at)
        select id, 'email', 'active', '{"address": "ada@example.net"}', '2026-11-01' from a returning id, account_id)
      insert into delivery (account_id, destination_id, kind, lane, state, due_at, created_at)
      select account_id, id, 'test', 'email', 'delivered', current_timestamp, current_timestamp from t returning id`);
    const path = returnPaths('bounce@example.org', secretKey).of({ deliveryId: rows[0].id as DeliveryId });
    const real = sample('postfix-unknown-user.eml').toString().replaceAll(sampleReturnPath, path);
    const mailbox = join(dir, 'mailbox');
    const from = 'From MAILER-DAEMON Mon Nov 23 09:14:07 2026\n';
    await writeFile(mailbox, [`${from}${real}`, `${from}nonsense\n`, `${from}${real}`].join('\n'));
    expect(await run(mailbox)).toMatch(/^3 mails, 3 findings, [12] of them suppressed an address\.\n$/);
    const { rows: states } = await client.query(`select status from destination`);
    expect(states).toEqual([{ status: 'disabled' }]);
    expect((await client.query('select reason from suppression')).rows).toEqual([{ reason: 'bounce' }]);
    await client.end();

    await writeFile(mailbox, createHash('sha512').update('x').digest());
    expect(await run(mailbox)).toMatch(/^1 mails, 1 findings, 0 /);
    await writeFile(mailbox, '');
    expect(await run(mailbox)).toMatch(/^0 mails/);
    expect(process.exitCode ?? 0).toBe(0);
  });

  it('says what is missing, and asks the mail server to try again when the database is away', async () => {
    await expect(run(join(dir, 'none'))).rejects.toThrow(ConfigError);
    await expect(run(dir, { MAIL_BOUNCE_ADDRESS: '' })).rejects.toThrow('MAIL_BOUNCE_ADDRESS is missing');
    const said: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const one = join(dir, 'one.eml');
    for (const [environment, why] of [
      [{ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, 'leads to no database'],
      [{ MAIL_BOUNCE_ADDRESS: `${'b'.repeat(40)}@example.org` }, 'must leave room'],
    ] as const) {
      process.exitCode = 0;
      expect(await run(one, environment)).toBe('');
      expect(process.exitCode).toBe(75);
      expect(said.join('')).toContain(why);
    }
  });

  it.each([
    ['a setting that is wrong', { PORT: 'wrong' }, 'PORT must be'],
    ['no address for bounces', { MAIL_BOUNCE_ADDRESS: '' }, 'MAIL_BOUNCE_ADDRESS is missing'],
    [
      'an address that leaves no room',
      { MAIL_BOUNCE_ADDRESS: `${'b'.repeat(40)}@example.org` },
      'leave room',
    ],
    ['no secret', { SECRET_KEY: '' }, 'SECRET_KEY'],
    ['a file that is not there', { SECRET_KEY: '', SECRET_KEY_FILE: '/nowhere' }, 'SECRET_KEY'],
    ['no database', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, 'leads to no database'],
    ['a wrong address of one', { DATABASE_URL: 'nonsense' }, 'DATABASE_URL'],
  ])('has the mail server keep what it hands over: %s', async (_, environment, why) => {
    const said: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    process.exitCode = 0;
    expect(await run('-', environment)).toBe('');
    expect(process.exitCode).toBe(75);
    expect(said.join('')).toMatch(new RegExp(`^tocsin: the mails could not be taken now: .*${why}`));
    if ('PORT' in environment) await expect(run(join(dir, 'one.eml'), environment)).rejects.toThrow(why);
  });
});
