import type { ComponentChildren } from 'preact';
import { linearScale } from './scale.js';

/** A piece of a column. @property least how tall it is at least, in units of the chart: a value beside great ones is not lost */
export type Piece = { style?: string | undefined; value: number; least: number };

type ColumnChart = {
  /** What it shows, in a sentence, for those who do not see it. */
  label: string;
  /** In units of its own: it is stretched to where it stands. Columns are so far apart, and so wide. */
  height: number;
  pitch: number;
  wide: number;
  /** From left to right, each from the ground up. */
  columns: readonly (readonly Piece[])[];
  /** What is drawn behind the columns. */
  children?: ComponentChildren;
};

/** Columns beside each other to one scale, of one piece or of several that stand on each other. */
export function ColumnChart({ label, height, pitch, wide, columns, children }: ColumnChart) {
  const most = Math.max(1, ...columns.map((pieces) => pieces.reduce((sum, { value }) => sum + value, 0)));
  const tall = linearScale([0, most], [0, height]);
  const width = Math.max(1, columns.length * pitch - (pitch - wide));
  return (
    <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {children}
      {columns.map((pieces, place) => {
        let top = height;
        return pieces.map(({ style, value, least }, nth) => {
          const high = Math.max(least, Math.round(tall(value)));
          top = Math.max(0, top - high);
          return (
            <rect
              key={`${place}.${nth}`}
              class={style}
              x={place * pitch}
              y={top}
              width={wide}
              height={high}
            />
          );
        });
      })}
    </svg>
  );
}
