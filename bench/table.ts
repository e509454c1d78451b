import type { Line } from './row.js';
import { spreadOf } from './statistics.js';

const headings = ['row', 'measured', 'bare limit', 'ratio', 'spread', 'goal', 'met'] as const;
const gap = '  ';

/** The lines as one table for a terminal: as wide as its cells, with what needs saying of a line below it. */
export function tableOf(lines: readonly Line[]): string {
  const notes = [...new Set(lines.flatMap(({ note }) => (note === undefined ? [] : [note])))];
  const rows = lines.map((line) =>
    cellsOf(line, line.note === undefined ? null : notes.indexOf(line.note) + 1),
  );
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const set = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(gap)
      .trimEnd();
  return [
    set(headings),
    set(widths.map((width) => '─'.repeat(width))),
    ...rows.map(set),
    ...(notes.length > 0 ? [''] : []),
    ...notes.map((note, index) => `${index + 1}) ${note}`),
    '',
  ].join('\n');
}

function cellsOf(line: Line, note: number | null): string[] {
  const name = note === null ? line.row : `${line.row} ${note})`;
  return [name, line.measured, line.bare, ...ratioCells(line), line.goal, verdict(line.met)];
}

function ratioCells({ ratios, ratio }: Line): [ratio: string, spread: string] {
  if (ratios.length === 0) return ['—', '—'];
  const { median, least, most } = spreadOf(ratios);
  return [
    (ratio ?? median).toFixed(2),
    ratios.length === 1 ? 'one run' : `${least.toFixed(2)}–${most.toFixed(2)}`,
  ];
}

function verdict(met: boolean | null): string {
  if (met === null) return '—';
  return met ? 'yes' : 'NO';
}
