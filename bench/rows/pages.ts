import { createHash, randomBytes } from 'node:crypto';
import { startBrowser } from '../../test/support/browser.js';
import { count, duration, kilobytes } from '../format.js';
import { monotonicMs } from '../monotonic.js';
import type { Line, Row } from '../row.js';
import { paintOf, slowdown, type Paint } from '../stage/paint.js';
import { multiply, takeIn, takenIn } from '../stage/past-changes.js';
import { call, operatorToken, type Service } from '../stage/service.js';
import type { Stage } from '../stage/stage.js';
import { median, quantile } from '../statistics.js';

/** An entity in five changes, each with one document. */
const entities = 200;
const warmUps = 5;
const asks = 60;
const goalMs = 30;
const opens = 5;
const paintGoalMs = 500;
const weightGoalBytes = 150_000;
const alertsWithinMs = 120_000;

/** Pages of the member. */
const ofMember = [
  '/overview',
  '/coverage',
  '/inbox',
  '/inbox?severity=high',
  '/inbox?entity=entity-7',
  '/suppressed',
  '/watchlists',
  '/watchlists/WATCHLIST',
  '/destinations',
  '/recent',
  '/search?q=liability',
  '/search?q=the',
  '/entities',
  '/entities/entity-7',
  '/documents/entity-7-document',
  '/provisions/provision-7',
  '/changes/CHANGE',
  '/changes/CHANGE/why',
  '/clause-types/CLAUSE-TYPE',
];
/** Of whoever is signed in as the operator. */
const ofOperator = ['/operator', '/operator/accounts', '/operator/suppressed', '/operator/inspector'];

/** How pages are asked for, by who asks. */
const pages = [
  ...ofMember.map((page) => ({ reader: 'member', page }) as const),
  ...ofOperator.map((page) => ({ reader: 'operator', page }) as const),
  { reader: 'visitor', page: '/' } as const,
];

/** How fast pages are for a member who follows everything, while a million others follow too. */
export const webPages: Row = {
  name: 'pages',
  about: 'pages of a member who follows everything, and of the operator, among many follows and changes',
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
    const { cookies, places } = await signedIn(stage, database, accountId);
    const lines: Line[] = [];
    const open: OpenPage[] = [];
    for (const { reader, page } of pages) {
      const path = page.replace(/[A-Z-]{5,}/, (place) => places[place] ?? place);
      const ms = await measure(web.url + path, cookies[reader]);
      if (ms === null) {
        stage.say(`${page} is not there: left out`);
        continue;
      }
      open.push({ page, url: web.url + path, cookie: cookies[reader] });
      const [p50, p95] = [median(ms), quantile(ms, 0.95)];
      stage.say(`${page}: p50 ${duration(p50)}, p95 ${duration(p95)}`);
      lines.push({
        row: `page ${page.replace(/[A-Z-]{5,}/, ':id')}, ${count(stage.scale.fanOutFollowers)} follows, ${count(stage.scale.pastChanges)} changes`,
        measured: `p50 ${duration(p50)}, p95 ${duration(p95)}`,
        bare: '—',
        ratios: [],
        goal: `< ${duration(goalMs)}`,
        met: p50 < goalMs,
        runs: ms,
      });
    }
    lines.push(...(await painted(stage, open)));
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

/** Sessions of browsers, as signing in makes them; and what stands for the places in paths. */
async function signedIn(stage: Stage, database: string, accountId: string) {
  const [member, operator] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
  const hash = (token: string) => createHash('sha256').update(token).digest();
  const { rows } = await stage.postgres.session(database, async (sql) => {
    await sql.query(
      `insert into session (account_id, operator_hash, hash, device, created_at, seen_at, expires_at)
       select account_id, operator_hash, hash, 'bench', now(), now(), now() + interval '1 day'
       from (values ($1::bigint, null::bytea, $2::bytea), (null, $3, $4)) as given (account_id, operator_hash, hash)`,
      [accountId, hash(member), hash(operatorToken), hash(operator)],
    );
    return sql.query<Record<string, string>>(
      `select (select max(id)::text from change) as "CHANGE",
         (select max(id)::text from watchlist where account_id = $1) as "WATCHLIST",
         (select clause_type from provision group by 1 order by count(*) desc, 1 limit 1) as "CLAUSE-TYPE"`,
      [accountId],
    );
  });
  const cookies = {
    member: `tocsin-session=${member}`,
    operator: `tocsin-session=${operator}`,
    visitor: '',
  };
  return { cookies, places: rows[0] ?? {} };
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

type OpenPage = { page: string; url: string; cookie: string };

/** What a browser makes of the same pages: the slowest and the heaviest of them. */
async function painted(stage: Stage, pagesToOpen: readonly OpenPage[]): Promise<Line[]> {
  const browser = await startBrowser();
  const all: { page: string; ms: number; bytes: number; paints: Paint[] }[] = [];
  try {
    for (const { page, url, cookie } of pagesToOpen) {
      const paints: Paint[] = [];
      for (let nth = 0; nth < opens; nth++) paints.push(await paintOf(browser, url, cookie));
      const ms = median(paints.map((paint) => paint.ms));
      const bytes = Math.max(...paints.map((paint) => paint.bytes));
      stage.say(`${page}: first contentful paint ${duration(ms)}, ${kilobytes(bytes)}`);
      all.push({ page, ms, bytes, paints });
    }
  } finally {
    await browser.close();
  }
  const slowest = all.reduce((one, other) => (other.ms > one.ms ? other : one));
  const heaviest = all.reduce((one, other) => (other.bytes > one.bytes ? other : one));
  const of = `of ${all.length} pages`;
  return [
    {
      row: `first contentful paint, ${slowdown}× slower processor, slowest ${of}: ${slowest.page}`,
      measured: duration(slowest.ms),
      bare: '—',
      ratios: [],
      goal: `< ${duration(paintGoalMs)}`,
      met: slowest.ms < paintGoalMs,
      runs: all,
    },
    {
      row: `weight with all files, heaviest ${of}: ${heaviest.page}`,
      measured: kilobytes(heaviest.bytes),
      bare: '—',
      ratios: [],
      goal: `< ${kilobytes(weightGoalBytes)}`,
      met: heaviest.bytes < weightGoalBytes,
      runs: all.map(({ page, bytes }) => ({ page, bytes })),
    },
  ];
}
