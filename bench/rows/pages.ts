import { createHash, randomBytes } from 'node:crypto';
import { count, duration } from '../format.js';
import { monotonicMs } from '../monotonic.js';
import type { Line, Row } from '../row.js';
import { multiply, takeIn, takenIn } from '../stage/past-changes.js';
import { call, type Service } from '../stage/service.js';
import type { Stage } from '../stage/stage.js';
import { quantile } from '../statistics.js';

/** An entity in five changes, each with one document. */
const entities = 200;
const warmUps = 5;
const asks = 60;
const goalMs = 30;
const alertsWithinMs = 120_000;

/** How a page is asked for, by what it shows. */
const pages = [
  '/overview',
  '/coverage',
  '/inbox',
  '/watchlists',
  '/recent',
  '/search?q=liability',
  '/entities/entity-7',
  '/documents/entity-7-document',
  '/provisions/provision-7',
  '/changes/CHANGE',
] as const;

/** How fast pages are for a member who follows everything, while a million others follow too. */
export const webPages: Row = {
  name: 'pages',
  about: 'pages of a member who follows everything, among many follows and changes',
  async run(stage) {
    const database = await stage.databases.single('email', stage.scale.fanOutFollowers);
    const service = await stage.service(database, 'web,worker');
    await service.ready();
    const accountId = await makeMember(service);
    await takeIn(service, (n) => `entity-${n % entities}`);
    await alertsOf(stage, database, accountId);
    await service.stop();
    await multiply(stage, database);
    const web = await stage.service(database, 'web');
    await web.ready();
    const { cookie, change } = await signedIn(stage, database, accountId);
    const lines: Line[] = [];
    for (const page of pages) {
      const path = page.replace('CHANGE', change);
      const ms = await measure(web.url + path, cookie);
      if (ms === null) {
        stage.say(`${page} is not there: left out`);
        continue;
      }
      const [median, p95] = [quantile(ms, 0.5), quantile(ms, 0.95)];
      stage.say(`${page}: p50 ${duration(median)}, p95 ${duration(p95)}`);
      lines.push({
        row: `page ${page.replace('CHANGE', ':id')}, ${count(stage.scale.fanOutFollowers)} follows, ${count(stage.scale.pastChanges)} changes`,
        measured: `p50 ${duration(median)}, p95 ${duration(p95)}`,
        bare: '—',
        ratios: [],
        goal: `< ${duration(goalMs)}`,
        met: median < goalMs,
        runs: ms,
      });
    }
    await web.stop();
    await stage.databases.drop(database);
    return lines;
  },
};

/** An account that follows everything and is told nowhere: its alerts are made, and no mail. */
async function makeMember({ url }: Service): Promise<string> {
  const body = { email: 'reads-pages@example.org', tier: 'professional' };
  const { id } = await call<{ id: string }>(url, 'POST', '/v1/accounts', body);
  const { token } = await call<{ token: string }>(url, 'POST', `/v1/accounts/${id}/tokens`, {
    name: 'bench',
  });
  const all = { name: 'All', destinationIds: [] };
  const watchlist = await call<{ id: string }>(url, 'POST', '/v1/watchlists', all, { token });
  await call(url, 'PUT', `/v1/watchlists/${watchlist.id}/follows/everything/*`, undefined, { token });
  return id;
}

/** Waits until each change that came in is an alert of the account. */
async function alertsOf(stage: Stage, database: string, accountId: string): Promise<void> {
  const until = monotonicMs() + alertsWithinMs;
  await stage.postgres.session(database, async (sql) => {
    for (;;) {
      const { rows } = await sql.query<{ made: number }>(
        'select count(*)::integer as made from alert where account_id = $1',
        [accountId],
      );
      const made = rows[0]?.made ?? 0;
      if (made >= takenIn) return;
      if (monotonicMs() > until) throw new Error(`only ${made} alerts were made`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  });
}

/** A browser's session, as signing in makes it; and the newest change. */
async function signedIn(stage: Stage, database: string, accountId: string) {
  const token = randomBytes(32).toString('base64url');
  const hash = createHash('sha256').update(token).digest();
  const change = await stage.postgres.session(database, async (sql) => {
    await sql.query(
      `insert into session (account_id, hash, device, created_at, seen_at, expires_at)
       values ($1, $2, 'bench', now(), now(), now() + interval '1 day')`,
      [accountId, hash],
    );
    const { rows } = await sql.query<{ id: string }>('select max(id)::text as id from change');
    return String(rows[0]?.id);
  });
  return { cookie: `tocsin-session=${token}`, change };
}

/** @returns milliseconds from the request to the whole answer, one for each time; null for a page that is not there */
async function measure(url: string, cookie: string): Promise<number[] | null> {
  const all: number[] = [];
  for (let nth = 0; nth < warmUps + asks; nth++) {
    const startedAt = monotonicMs();
    const answer = await fetch(url, { headers: { cookie }, redirect: 'manual' });
    await answer.text();
    if (answer.status === 404) return null;
    if (answer.status !== 200) throw new Error(`${url} was answered ${answer.status}`);
    if (nth >= warmUps) all.push(monotonicMs() - startedAt);
  }
  return all;
}
