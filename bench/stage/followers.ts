import { createHash } from 'node:crypto';
import type pg from 'pg';
import { sealSettings } from '../../src/channels/sealed-settings.js';
import type { DestinationId } from '../../src/domain/ids.js';
import { secretBox } from '../../src/platform/secret-box.js';
import type { Kind, Prototypes } from './prototypes.js';
import { copyRows } from './copy-rows.js';
import { secretKey } from './service.js';

/** Copies are numbered from here on; below are the accounts that they are copies of. */
export const firstId = 1_001;
/** What the many follow. */
export const followedDocument = 'CA-D-90001';
/** Accounts beside the many, each alone with a document of its own: what happens to one reader is seen at these. */
export const watchers = 300;
export const watchedDocument = (watcher: number) => `CA-D-8${String(watcher).padStart(4, '0')}`;
export const watchedPath = (watcher: number) => `/watch/${watcher}`;

const sealedAtOnce = 5_000;
const box = secretBox(secretKey);

/** The signing secret of a copied destination: its own, and known to whoever knows its number. */
export function signingSecretOf(id: number): string {
  return `whsec_${createHash('sha256').update(`signing secret ${id}`).digest('base64')}`;
}

/**
 * Fills a database with followers: account, destination, watchlist and follow, each a copy of one that was made through the
 * API, whatever columns it has. Foreign keys are not checked while copying: 30 µs a follower.
 */
export async function addFollowers(
  sql: pg.Client,
  prototypes: Prototypes,
  kind: Kind,
  followers: number,
  endpoints: readonly string[],
): Promise<void> {
  const prototype = prototypes[kind];
  const last = firstId + followers - 1;
  await sql.query('set session_replication_role = replica');
  await sql.query('set synchronous_commit = off');
  const copy = (table: string, where: string, changes: Record<string, string>, from: number, to: number) =>
    copyRows(sql, table, where, changes, 'generate_series($1::bigint, $2::bigint) as n', [from, to]);
  // Readers of many domains: those of one share a bound of connections.
  const email = `'reader' || lpad(n::text, 8, '0') || '@d' || n % 64 || '.example.net'`;

  const copyAll = async (from: number, to: number, document: string) => {
    await copy('account', `id = ${prototype.account}`, { id: 'n', email }, from, to);
    if (kind === 'email') {
      const settings = `jsonb_build_object('address', ${email})`;
      await copy(
        'destination',
        `id = ${prototype.destination}`,
        { id: 'n', account_id: 'n', settings, mailbox: email },
        from,
        to,
      );
    }
    await copy('watchlist', `id = ${prototype.watchlist}`, { id: 'n', account_id: 'n' }, from, to);
    const own = `watchlist_id = ${prototype.watchlist}`;
    await copy('watchlist_destination', own, { watchlist_id: 'n', destination_id: 'n' }, from, to);
    await copy('follow', own, { watchlist_id: 'n', account_id: 'n', key: document }, from, to);
  };
  await copyAll(firstId, last, `'${followedDocument}'`);
  if (kind === 'webhook') {
    // One document each, and one path each at the sink.
    await copyAll(last + 1, last + watchers, `'CA-D-8' || lpad((n - ${last})::text, 4, '0')`);
    const path = (id: number) => (id > last ? watchedPath(id - last) : `/hooks/${id}`);
    const url = (id: number) => `${endpoints[id % endpoints.length]}${path(id)}`;
    await addWebhooks(sql, prototype.destination, firstId, last + watchers, url);
  }
  for (const table of ['account', 'destination', 'watchlist']) {
    await sql.query(`select setval(pg_get_serial_sequence('${table}', 'id'), max(id)) from ${table}`);
  }
  // Triggers don't run for copies: what they keep is counted anew.
  await sql.query(`delete from account_count`);
  await sql.query(
    `insert into account_count (tier, accounts) select tier, count(*) from account group by tier`,
  );
  // What a running database has: statistics, and pages that need no second look.
  await sql.query('vacuum (analyze, freeze)');
}

/** A secret is sealed for its row: each is made here. $1 ids, $2 settings, $3 sealed. */
async function addWebhooks(
  sql: pg.Client,
  prototype: string,
  from: number,
  to: number,
  url: (id: number) => string,
) {
  for (let start = from; start <= to; start += sealedAtOnce) {
    const length = Math.min(sealedAtOnce, to - start + 1);
    const ids = Array.from({ length }, (_, index) => start + index);
    await copyRows(
      sql,
      'destination',
      `id = ${prototype}`,
      { id: 'n', account_id: 'n', settings: 'new_settings', sealed: 'new_sealed' },
      'unnest($1::bigint[], $2::jsonb[], $3::bytea[]) as given (n, new_settings, new_sealed)',
      [ids, ids.map((id) => JSON.stringify({ url: url(id) })), ids.map(sealedSecret)],
    );
  }
}

function sealedSecret(id: number): Buffer | null {
  const signing = [{ secret: signingSecretOf(id), validUntil: null }];
  return sealSettings(box, String(id) as DestinationId, { settings: {}, signing });
}
