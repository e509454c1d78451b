import { describe, expect, it } from 'vitest';
import type { Line } from '../../bench/row.js';
import { tableOf } from '../../bench/table.js';

const line: Line = {
  row: 'fan-out',
  measured: '61,234/s',
  bare: '70,000/s',
  ratios: [0.9, 0.85, 0.87],
  goal: '≥ 0.80',
  met: true,
  runs: [],
};

describe('the table of the benchmark', () => {
  it('shows the median of the ratios, and how far the runs lie apart', () => {
    expect(tableOf([line])).toBe(
      [
        'row      measured  bare limit  ratio  spread     goal    met',
        '───────  ────────  ──────────  ─────  ─────────  ──────  ───',
        'fan-out  61,234/s  70,000/s    0.87   0.85–0.90  ≥ 0.80  yes',
        '',
      ].join('\n'),
    );
  });

  it('says aloud that a goal was missed', () => {
    expect(tableOf([{ ...line, met: false }])).toMatch(/≥ 0\.80 {2}NO$/m);
  });

  it('claims nothing of rows that only report, and no spread of one run', () => {
    expect(tableOf([{ ...line, met: null, ratios: [] }])).toMatch(/—\s+—\s+≥ 0\.80 {2}—$/m);
    expect(tableOf([{ ...line, ratios: [0.9] }])).toContain('one run');
  });

  it('numbers the notes, and prints the same note once', () => {
    const rows = [
      line,
      { ...line, row: 'email', note: 'over 5 connections' },
      { ...line, row: 'rendering', note: 'an item' },
      { ...line, row: 'pool', note: 'over 5 connections' },
    ];
    const table = tableOf(rows);
    expect(table).toMatch(/^fan-out {2,}/m);
    expect(table).toContain('email 1)');
    expect(table).toContain('rendering 2)');
    expect(table).toContain('pool 1)');
    expect(table.trimEnd().split('\n').slice(-2)).toEqual(['1) over 5 connections', '2) an item']);
  });

  it('keeps the columns under their headings whatever the lengths', () => {
    const [headings = '', , ...rows] = tableOf([
      line,
      { ...line, row: 'a much longer row', bare: '—' },
    ]).split('\n');
    for (const row of rows.slice(0, 2)) expect(row.indexOf('≥')).toBe(headings.indexOf('goal'));
  });
});
