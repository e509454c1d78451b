import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { AccountService } from '../accounts/account.service.js';
import type { Account } from '../accounts/account.js';
import type { FollowKind } from '../domain/follow.js';
import type { AccountId } from '../domain/ids.js';
import type { WatchRule } from '../domain/watch-rule.js';
import { Intake } from '../intake/intake.js';
import { Database } from '../platform/database.js';
import { packageRoot } from '../platform/package-root.js';
import { FollowService } from '../watchlists/follow.service.js';
import { NewWatchlist } from '../watchlists/watchlist.js';
import { WatchlistService } from '../watchlists/watchlist.service.js';
import { ingestLines } from './ingest-file.js';

/** The address of the made-up member of the samples, whose mail the mailbox catches. */
export const demoEmail = 'watcher@tocsin.example';

/** How far the samples are in, and whether anything else is. $1 sources of the samples. */
const COUNT_CHANGES = `
  select count(*) filter (where source = any($1))::integer as samples,
    count(*) filter (where source <> all($1))::integer as others
  from change`;

/** $1 address. Index: the unique account_email. */
const FIND_DEMO_ACCOUNT = `select id from account where lower(email) = lower($1)`;

/** $1 account. */
const COUNT_WATCHLISTS = `select count(*)::integer as count from watchlist where account_id = $1`;

const demoWatchlists: { name: string; rule?: Partial<WatchRule>; follows: [FollowKind, string][] }[] = [
  {
    name: 'Our cloud accounts',
    follows: [
      ['document', 'CA-D-00028'],
      ['entity', 'brightwave'],
      ['clause-type', 'customer-responsibility-for-end-user-conduct'],
    ],
  },
  {
    name: 'Grave rises anywhere',
    rule: { direction: 'rises', minSeverity: 'high' },
    follows: [['everything', '*']],
  },
  {
    name: 'Arbitration and class actions',
    rule: { keywords: 'arbitration OR "class action"' },
    follows: [
      ['clause-type', 'arbitration'],
      ['category', 'dispute-resolution'],
    ],
  },
];

/**
 * Fills an empty database with the archive of `samples/` and a demo Watcher, and replays the feed, so that a first start
 * has something to show. Goes on where it was cut off; does nothing to a database that holds anything else.
 */
export async function loadSamples(app: INestApplicationContext): Promise<void> {
  const files = {
    archive: join(packageRoot(), 'samples/archive.ndjson'),
    feed: join(packageRoot(), 'samples/feed.ndjson'),
  };
  const lines = (await Promise.all(Object.values(files).map(async (file) => readFile(file, 'utf8')))).flatMap(
    (text) => text.split('\n').filter(Boolean),
  );
  const sources = [...new Set(lines.map((line) => (JSON.parse(line) as { source: string }).source))];
  const [count] = await app
    .get(Database)
    .query<{ samples: number; others: number }>(COUNT_CHANGES, [sources]);
  if (!count || count.others > 0 || count.samples >= lines.length) return;
  const intake = app.get(Intake);
  const quietly = { advance: () => undefined };
  await ingestLines(intake, createReadStream(files.archive), true, quietly);
  await ensureDemoWatcher(app);
  await ingestLines(intake, createReadStream(files.feed), false, quietly);
}

/** Whether the member of the samples is there to sign in as. */
export async function hasDemoWatcher(app: INestApplicationContext): Promise<boolean> {
  return (await findDemoWatcher(app)) !== undefined;
}

async function findDemoWatcher(app: INestApplicationContext): Promise<{ id: AccountId } | undefined> {
  const [known] = await app.get(Database).query<{ id: AccountId }>(FIND_DEMO_ACCOUNT, [demoEmail]);
  return known;
}

async function ensureDemoWatcher(app: INestApplicationContext): Promise<void> {
  const database = app.get(Database);
  const known = await findDemoWatcher(app);
  const account: Pick<Account, 'id'> =
    known ?? (await app.get(AccountService).create({ email: demoEmail, tier: 'watcher', timeZone: 'UTC' }));
  const [watchlists] = await database.query<{ count: number }>(COUNT_WATCHLISTS, [account.id]);
  for (const { name, rule, follows } of demoWatchlists.slice(watchlists?.count ?? 0)) {
    const watchlist = await app
      .get(WatchlistService)
      .create(account.id, NewWatchlist.parse({ name, rule: rule ?? {} }));
    for (const [kind, key] of follows)
      await app.get(FollowService).follow(account.id, watchlist.id, { kind, key });
  }
}
