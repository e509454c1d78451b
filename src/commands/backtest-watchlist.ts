import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError, type Config } from '../config.js';
import { Cadence, weekdays } from '../domain/cadence.js';
import { Problem } from '../platform/http/problem.js';
import { validate } from '../platform/http/validation.js';
import { Clock } from '../platform/clock.js';
import { BacktestPage, NewBacktest } from '../watchlists/backtest.js';
import { BacktestService } from '../watchlists/backtest.service.js';
import { backtestLines } from './backtest-lines.js';
import { withApp } from './with-app.js';

export type BacktestOptions = {
  /** JSON, or the path of a file of it. */
  rule?: string;
  /** `kind:key` each. */
  follow: readonly string[];
  cadence: string;
  since: string;
  timeZone: string;
  json: boolean;
};

/** Prints what a watchlist would have sent over past changes. @throws ConfigError in one line, when an option is wrong */
export async function backtestWatchlist(config: Config, options: BacktestOptions): Promise<void> {
  await withApp(config, async (app) => {
    try {
      const since = sinceOf(options.since, app.get(Clock).now());
      const given = validate(NewBacktest, {
        rule: ruleOf(options.rule),
        follows: options.follow.map(followOf),
        cadence: cadenceOf(options.cadence),
        since,
        timeZone: options.timeZone,
      });
      const { rule, follows, cadence = { mode: 'instant' }, timeZone = 'UTC' } = given;
      const request = { rule, follows, cadence, since: given.since, timeZone };
      const backtest = await app.get(BacktestService).run(request, BacktestPage.parse({}));
      process.stdout.write(
        options.json ? `${JSON.stringify(backtest, null, 2)}\n` : `${backtestLines(backtest).join('\n')}\n`,
      );
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const faults = (error.faults ?? []).map(({ path, message }) => `${path}: ${message}`);
      throw new ConfigError([error.message, ...faults].join(' '), { cause: error });
    }
  });
}

/** @throws ConfigError when it is neither JSON nor a file of it */
function ruleOf(given: string | undefined): unknown {
  if (given === undefined) return {};
  const isJson = given.trimStart().startsWith('{');
  try {
    return JSON.parse(isJson ? given : readFileSync(given, 'utf8')) as unknown;
  } catch (cause) {
    const what = isJson ? 'the rule is not JSON' : `cannot read a rule from ${given}`;
    throw new ConfigError(`${what}: ${(cause as Error).message}`, { cause });
  }
}

/** What is wrong with the kind or the key is said where all of it is validated. */
function followOf(text: string): { kind: string; key: string } {
  const colon = text.indexOf(':');
  if (colon < 0) return { kind: text, key: text === 'everything' ? '*' : '' };
  return { kind: text.slice(0, colon), key: text.slice(colon + 1) };
}

const localTime = String.raw`(?:@(\d\d:\d\d))?`;
const cadenceForm = new RegExp(`^(instant|hourly|daily|weekly|${weekdays.join('|')})${localTime}$`);
const usualTime = '08:00';

/** `instant`, `hourly`, `daily@08:00`, `monday@08:00`, or JSON as in the API. @throws ConfigError for anything else */
function cadenceOf(text: string): Cadence {
  const [, mode = '', at = usualTime] = cadenceForm.exec(text) ?? [];
  const isWeekday = weekdays.some((day) => day === mode);
  const plain = isWeekday
    ? { mode: 'weekly', on: mode, at }
    : mode === 'weekly'
      ? { mode, on: 'monday', at }
      : mode === 'daily'
        ? { mode, at }
        : { mode };
  const read = Cadence.safeParse(text.startsWith('{') ? jsonOf(text) : plain);
  if (read.success) return read.data;
  throw new ConfigError(`--cadence must be instant, hourly, daily@08:00 or monday@08:00, not "${text}"`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const dayMs = 86_400_000;
const spans = { d: 1, w: 7, y: 365 } as const;

/** A date, a time, or how long ago: `90d`, `12w`, `1y`. @returns RFC 3339; what it can't read, as it is */
function sinceOf(text: string, now: Date): string {
  const [, count, unit] = /^(\d{1,4})([dwy])$/.exec(text) ?? [];
  if (unit !== undefined) {
    return new Date(now.getTime() - Number(count) * spans[unit as keyof typeof spans] * dayMs).toISOString();
  }
  return z.iso.date().safeParse(text).success ? `${text}T00:00:00Z` : text;
}
