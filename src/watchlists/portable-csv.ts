import type { Cadence } from '../domain/cadence.js';
import { weekdays } from '../domain/cadence.js';
import { Problem, type Fault } from '../platform/http/problem.js';
import { CsvFault, csvOf, parseCsv, type CsvRow } from './csv.js';
import type { WatchlistExport } from './portable.js';

const columns = [
  'watchlist',
  'number',
  'min_severity',
  'direction',
  'min_change',
  'kinds',
  'keywords',
  'cadence',
  'confirm_after',
  'destinations',
  'follow_kind',
  'follow_key',
] as const;
type Column = (typeof columns)[number];
const settings = columns.slice(2, -2);

/** A row for each follow; the first of a watchlist says what it is set to, the others repeat its name and number alone. */
export function watchlistCsv({ watchlists }: WatchlistExport): string {
  const rows = watchlists.flatMap(({ name, rule, cadence, confirmAfter, destinationIds, follows }, index) => {
    const place = [name, String(index + 1)];
    const set = [
      rule.minSeverity,
      rule.direction,
      String(rule.minChange),
      rule.kinds.join(' '),
      rule.keywords ?? '',
      cadenceText(cadence),
      confirmAfter === null ? '' : String(confirmAfter),
      destinationIds.length === 0 ? 'none' : destinationIds.join(' '),
    ];
    const [first, ...rest] = follows;
    return [
      [...place, ...set, first?.kind ?? '', first?.key ?? ''],
      ...rest.map(({ kind, key }) => [...place, ...set.map(() => ''), kind, key]),
    ];
  });
  return csvOf([columns, ...rows]);
}

/** What a file holds, not yet checked, and where in it a path of that stands. */
export type Read = { value: unknown; whereIs: (path: string) => string };

type Draft = {
  line: number;
  value: Record<string, unknown>;
  follows: { value: { kind: string; key: string }; line: number }[];
};

/** @throws Problem 422 for what is no CSV, or has no such columns, naming lines */
export function readWatchlistCsv(text: string): Read {
  const [head, ...rows] = rowsOf(text);
  if (!head) throw faulty([{ path: 'line 1', message: `must name the columns: ${columns.join(', ')}` }]);
  const places = placesOf(head);
  const drafts = new Map<string, Draft>();
  const faults: Fault[] = [];
  for (const row of rows) {
    if (row.cells.length !== head.cells.length) {
      const message = `must have ${head.cells.length} cells as the first line has, not ${row.cells.length}`;
      faults.push({ path: `line ${row.line}`, message });
      continue;
    }
    const cell = (column: Column) => row.cells[places.get(column) ?? -1];
    take(row, cell, drafts, faults);
  }
  if (faults.length > 0) throw faulty(faults);
  const all = [...drafts.values()];
  return {
    value: {
      watchlists: all.map(({ value, follows }) => ({ ...value, follows: follows.map((one) => one.value) })),
    },
    whereIs: (path) => whereIn(all, path),
  };
}

function rowsOf(text: string): CsvRow[] {
  try {
    return parseCsv(text);
  } catch (error) {
    if (error instanceof CsvFault) throw faulty([{ path: `line ${error.line}`, message: error.message }]);
    throw error;
  }
}

function placesOf(head: CsvRow): Map<Column, number> {
  const places = new Map<Column, number>();
  const faults: Fault[] = [];
  for (const [index, cell] of head.cells.entries()) {
    const column = columns.find((one) => one === cell.trim().toLowerCase());
    const path = `line ${head.line}, column ${index + 1}`;
    if (!column) faults.push({ path, message: `must be one of ${columns.join(', ')}` });
    else if (places.has(column)) faults.push({ path, message: `"${column}" is there twice` });
    else places.set(column, index);
  }
  if (!places.has('watchlist'))
    faults.push({ path: `line ${head.line}`, message: 'must have a column watchlist' });
  if (places.has('follow_kind') !== places.has('follow_key')) {
    faults.push({ path: `line ${head.line}`, message: 'must have follow_kind and follow_key, or neither' });
  }
  if (faults.length > 0) throw faulty(faults);
  return places;
}

function take(
  { line }: CsvRow,
  cell: (column: Column) => string | undefined,
  drafts: Map<string, Draft>,
  faults: Fault[],
): void {
  const name = cell('watchlist') ?? '';
  const place = JSON.stringify([cell('number')?.trim() ?? '', name]);
  let draft = drafts.get(place);
  if (!draft) {
    draft = { line, value: valueOf(name, cell), follows: [] };
    drafts.set(place, draft);
  } else {
    for (const column of settings) {
      if ((cell(column) ?? '').trim() === '') continue;
      if (
        JSON.stringify(valueOf(name, onlyOf(cell, column))) ===
        JSON.stringify(onlyIn(draft.value, name, cell, column))
      )
        continue;
      faults.push({
        path: `line ${line}, ${column}`,
        message: `must be empty or as in line ${draft.line}, where this watchlist begins`,
      });
    }
  }
  const [kind, key] = [cell('follow_kind')?.trim() ?? '', cell('follow_key') ?? ''];
  if (kind !== '' || key !== '') draft.follows.push({ value: { kind, key }, line });
}

/** What a row sets; an empty cell sets nothing, but for keywords and hours, where it means none. */
function valueOf(name: string, cell: (column: Column) => string | undefined): Record<string, unknown> {
  const text = (column: Column) => cell(column)?.trim() || undefined;
  const minChange = text('min_change');
  const keywords = cell('keywords');
  const rule = {
    minSeverity: text('min_severity'),
    direction: text('direction'),
    minChange: minChange === undefined ? undefined : numberOf(minChange),
    kinds: text('kinds')?.split(/[\s,]+/),
    keywords: keywords === undefined ? undefined : keywords.trim() === '' ? null : keywords,
  };
  const cadence = text('cadence');
  const confirmAfter = cell('confirm_after')?.trim();
  const destinations = text('destinations');
  return {
    name,
    rule,
    cadence: cadence === undefined ? undefined : cadenceIn(cadence),
    confirmAfter:
      confirmAfter === undefined ? undefined : confirmAfter === '' ? null : numberOf(confirmAfter),
    destinationIds:
      destinations === undefined ? undefined : destinations === 'none' ? [] : destinations.split(/[\s,]+/),
  };
}

function onlyOf(cell: (column: Column) => string | undefined, wanted: Column) {
  return (column: Column) => (column === wanted ? cell(column) : undefined);
}

/** The part of a draft that a column sets, in the same shape as `valueOf` gives it. */
function onlyIn(
  value: Record<string, unknown>,
  name: string,
  cell: (column: Column) => string | undefined,
  column: Column,
): Record<string, unknown> {
  const probe = valueOf(name, onlyOf(cell, column));
  const rule = value['rule'] as Record<string, unknown>;
  const probeRule = probe['rule'] as Record<string, unknown>;
  const pick = (from: Record<string, unknown>, like: Record<string, unknown>) =>
    Object.fromEntries(
      Object.keys(like).map((key) => [key, like[key] === undefined ? undefined : from[key]]),
    );
  return { ...pick(value, probe), rule: pick(rule, probeRule) };
}

function numberOf(text: string): number | string {
  return /^\d{1,6}$/.test(text) ? Number(text) : text;
}

function cadenceText(cadence: Cadence): string {
  if (cadence.mode === 'instant') return 'instant';
  const text =
    cadence.mode === 'hourly'
      ? 'hourly'
      : cadence.mode === 'daily'
        ? `daily@${cadence.at}`
        : `${cadence.on}@${cadence.at}`;
  return cadence.heartbeat === undefined
    ? text
    : `${text} ${cadence.heartbeat ? 'heartbeat' : 'no-heartbeat'}`;
}

function cadenceIn(text: string): unknown {
  const [, when = '', at, beat] =
    /^([a-z]+)(?:@(\d\d:\d\d))?(?:\s+(heartbeat|no-heartbeat))?$/i.exec(text.toLowerCase()) ?? [];
  const heartbeat = beat === undefined ? {} : { heartbeat: beat === 'heartbeat' };
  if (when === 'instant') return { mode: 'instant', ...heartbeat };
  if (when === 'hourly' && at === undefined) return { mode: 'hourly', ...heartbeat };
  if (when === 'daily') return { mode: 'daily', at, ...heartbeat };
  const on = weekdays.find((day) => day === when);
  return on ? { mode: 'weekly', on, at, ...heartbeat } : text;
}

const columnOf: Readonly<Record<string, Column>> = {
  name: 'watchlist',
  'rule.minSeverity': 'min_severity',
  'rule.direction': 'direction',
  'rule.minChange': 'min_change',
  'rule.kinds': 'kinds',
  'rule.keywords': 'keywords',
  cadence: 'cadence',
  confirmAfter: 'confirm_after',
  destinationIds: 'destinations',
};

function whereIn(drafts: readonly Draft[], path: string): string {
  const [, index, rest = ''] = /^watchlists\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
  const draft = drafts[Number(index)];
  if (!draft) return path === 'watchlists' ? 'the file' : path;
  const [, follow, part] = /^follows\[(\d+)\](?:\.(\w+))?/.exec(rest) ?? [];
  const row = draft.follows[Number(follow)];
  if (row) return `line ${row.line}, follow_${part ?? 'key'}`;
  const known = Object.keys(columnOf).find(
    (one) => rest === one || rest.startsWith(`${one}.`) || rest.startsWith(`${one}[`),
  );
  return known === undefined ? `line ${draft.line}` : `line ${draft.line}, ${columnOf[known]}`;
}

function faulty(faults: readonly Fault[]): Problem {
  const shown = faults.slice(0, 100);
  const left = faults.length - shown.length;
  if (left > 0) shown.push({ path: 'the file', message: `and ${left} more` });
  return new Problem(422, 'The file cannot be taken in: see errors.', shown);
}
