import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weekdays } from '../../src/domain/cadence.js';
import { ChangeKind } from '../../src/domain/delta.js';
import { FollowKind } from '../../src/domain/follow.js';
import { csvOf, guarded, parseCsv, unguarded } from '../../src/watchlists/csv.js';
import { followKeys } from '../../src/watchlists/follow.js';
import { readWatchlistCsv, watchlistCsv } from '../../src/watchlists/portable-csv.js';
import { WatchlistImport, type WatchlistExport } from '../../src/watchlists/portable.js';

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom('"', ',', ';', '\n', '\r', "'", '=', '+', '-', '@', '\t', ' ', 'a', 'ä'),
    maxLength: 12,
  }),
);

const at = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'));
const beat = fc
  .option(fc.boolean(), { nil: undefined })
  .map((heartbeat) => (heartbeat === undefined ? {} : { heartbeat }));
const cadence = fc.oneof(
  fc.constant({ mode: 'instant' as const }),
  beat.map((more) => ({ mode: 'hourly' as const, ...more })),
  fc.tuple(at, beat).map(([time, more]) => ({ mode: 'daily' as const, at: time, ...more })),
  fc
    .tuple(fc.constantFrom(...weekdays), at, beat)
    .map(([on, time, more]) => ({ mode: 'weekly' as const, on, at: time, ...more })),
);
const slug = fc.constantFrom('arbitration', 'a-b', 'c.d_e');
const follow = fc.constantFrom(...FollowKind.options).chain((kind) => {
  const key =
    kind === 'everything' ? fc.constant('*') : kind === 'category' || kind === 'clause-type' ? slug : nasty;
  return key.filter((text) => followKeys[kind].safeParse(text).success).map((text) => ({ kind, key: text }));
});
const name = nasty.filter((text) => WatchlistImport.safeParse({ watchlists: [{ name: text }] }).success);
const whole = fc.record({
  watchlists: fc.array(
    fc.record({
      name,
      rule: fc.record({
        minSeverity: fc.constantFrom('low' as const, 'medium' as const, 'high' as const),
        direction: fc.constantFrom('any' as const, 'rises' as const, 'falls' as const),
        minChange: fc.nat(3),
        kinds: fc.uniqueArray(fc.constantFrom(...ChangeKind.options), { minLength: 1 }),
        keywords: fc.option(
          nasty
            .map((text) => text.trim())
            .filter((text) => text !== '' && text.isWellFormed() && !text.includes('\0')),
        ),
      }),
      cadence,
      confirmAfter: fc.option(fc.integer({ min: 1, max: 168 })),
      destinationIds: fc.uniqueArray(fc.nat(99).map(String), { maxLength: 3 }),
      follows: fc.array(follow, { maxLength: 4 }),
    }),
    { maxLength: 4 },
  ),
});

describe('a CSV file', () => {
  it('comes back as it was written, whatever the cells hold', () => {
    fc.assert(
      fc.property(fc.array(fc.array(nasty, { minLength: 2, maxLength: 5 }), { maxLength: 5 }), (rows) => {
        const header = ['a', 'b'];
        expect(parseCsv(csvOf([header, ...rows])).map(({ cells }) => cells)).toEqual([header, ...rows]);
      }),
    );
  });

  it('holds no cell that a spreadsheet runs', () => {
    for (const cell of ['=1+1', '+1', '-1', '@A1', '\t=1', '\r=1', '＝1', "'=1"]) {
      const [first] = csvOf([[cell, '']]).replace(/^"/, '');
      expect(first, cell).toBe("'");
      expect(unguarded(guarded(cell))).toBe(cell);
    }
    expect(guarded('plain')).toBe('plain');
    expect(unguarded("'tis")).toBe("'tis");
  });

  it('is read with a mark of order, line ends of any system and semicolons, and says where a quote is left open', () => {
    expect(parseCsv('\uFEFFa;b\r1;2\n\n3;"x\ny"\r\n').map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, 'a', 'b'],
      [2, '1', '2'],
      [4, '3', 'x\ny'],
    ]);
    expect(() => parseCsv('a,b\n1,"2\n')).toThrow(expect.objectContaining({ line: 2 }));
    expect(() => parseCsv('a,b\n1,"2"3\n')).toThrow(expect.objectContaining({ line: 2 }));
  });
});

describe('watchlists as CSV', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(whole, (all: WatchlistExport) => {
        const { value } = readWatchlistCsv(watchlistCsv(all));
        expect(WatchlistImport.parse(value)).toEqual(all);
      }),
    );
  });

  const faultsOf = (text: string) => {
    try {
      const { value, whereIs } = readWatchlistCsv(text);
      return (WatchlistImport.safeParse(value).error?.issues ?? []).map(({ path }) =>
        whereIs(
          path.reduce(
            (all: string, part) =>
              all + (typeof part === 'number' ? `[${part}]` : `${all ? '.' : ''}${String(part)}`),
            '',
          ),
        ),
      );
    } catch (error) {
      return (error as any).faults.map((fault: any) => fault.path);
    }
  };

  it('name each fault by its line and column', () => {
    const header = 'watchlist,min_severity,cadence,follow_kind,follow_key';
    expect(faultsOf(`${header}\nA,high,daily@08:00,entity,x\nA,,,planet,y\n`)).toEqual([
      'line 3, follow_kind',
    ]);
    expect(faultsOf(`${header}\nA,grave,sometimes,entity,x`)).toEqual([
      'line 2, min_severity',
      'line 2, cadence',
    ]);
    expect(faultsOf(`${header}\nA,high,,entity,x\nA,low,,entity,y`)).toEqual(['line 3, min_severity']);
    expect(faultsOf(`${header}\nA,high,entity,x`)).toEqual(['line 2']);
    expect(faultsOf('watchlist,nonsense\nA,b')).toEqual(['line 1, column 2']);
    expect(faultsOf('follow_kind,follow_key\nentity,a')).toEqual(['line 1']);
    expect(faultsOf(`${header}\nA,,,clause-type,No slug`)).toEqual(['line 2, follow_key']);
  });

  it('need no more columns than the name and what is followed', () => {
    const { value } = readWatchlistCsv(
      'Watchlist,follow_kind,follow_key\nA,entity,x\nB,everything,*\nA,document,y\n',
    );
    expect(
      WatchlistImport.parse(value).watchlists.map(({ name: list, follows }) => [list, follows.length]),
    ).toEqual([
      ['A', 2],
      ['B', 1],
    ]);
  });
});
