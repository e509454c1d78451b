import { count, duration } from '../format.js';
import { monotonicMs } from '../monotonic.js';
import type { Line, Row } from '../row.js';
import { multiply, takeIn } from '../stage/past-changes.js';
import { call, type Service } from '../stage/service.js';
import { median } from '../statistics.js';
import { runs } from './runs.js';

const followers = 2_000;
const entities = 50;
const everything = [{ kind: 'everything', key: '*' }];
const since = '2026-03-01T00:00:00Z';

type Question = { name: string; goalMs: number; ask: (reader: Reader) => Promise<unknown> };
type Reader = { url: string; token: string };

const backtest = (what: string, cadence: object, rule: object = {}): Question => ({
  name: `backtest, ${what}`,
  goalMs: 2_000,
  ask: async ({ url, token }) =>
    call(url, 'POST', '/v1/watchlists/backtest', { follows: everything, cadence, rule, since }, { token }),
});

const questions: readonly Question[] = [
  backtest('instant', { mode: 'instant' }),
  backtest('weekly', { mode: 'weekly', on: 'monday', at: '08:00' }),
  backtest('with keywords', { mode: 'instant' }, { keywords: 'liability or "personal data" -trial' }),
  {
    name: 'what was not told, first page',
    goalMs: 100,
    ask: async ({ url, token }) => call(url, 'GET', '/v1/suppressed', undefined, { token }),
  },
];

/** What looks back on all that changed, for a reader who follows everything. */
export const history: Row = {
  name: 'history',
  about: 'backtests, and what was not told, over many past changes',
  async run(stage) {
    const database = await stage.databases.copy('webhook', followers);
    const web = await stage.service(database, 'web');
    await web.ready();
    const reader = await makeReader(web);
    await takeIn(web, (n) => `entity-${n % entities}`);
    await multiply(stage, database);
    const lines: Line[] = [];
    for (const { name, goalMs, ask } of questions) {
      await ask(reader);
      const measured = await runs(stage, async (run) => {
        const startedAt = monotonicMs();
        await ask(reader);
        const ms = monotonicMs() - startedAt;
        stage.say(`${name}, run ${run}: ${duration(ms)}`);
        return { ms };
      });
      const ms = median(measured.map((one) => one.ms));
      lines.push({
        row: `${name}, ${count(stage.scale.pastChanges)} changes`,
        measured: duration(ms),
        bare: '—',
        ratios: [],
        goal: `< ${duration(goalMs)}`,
        met: ms < goalMs,
        runs: measured,
      });
    }
    await web.stop();
    await stage.databases.drop(database);
    return lines;
  },
};

/** An account whose watchlist follows everything and wants next to nothing. */
async function makeReader({ url }: Service): Promise<Reader> {
  const body = { email: 'looks-back@example.org', tier: 'professional' };
  const { id } = await call<{ id: string }>(url, 'POST', '/v1/accounts', body);
  const { token } = await call<{ token: string }>(url, 'POST', `/v1/accounts/${id}/tokens`, {
    name: 'bench',
  });
  const rule = { kinds: ['withdrawn'] };
  const watchlist = await call<{ id: string }>(
    url,
    'POST',
    '/v1/watchlists',
    { name: 'All', rule },
    { token },
  );
  await call(url, 'PUT', `/v1/watchlists/${watchlist.id}/follows/everything/*`, undefined, { token });
  return { url, token };
}
