import { MonthMarks } from './axis.js';
import { monthTicks } from './month-ticks.js';
import { linearScale, percent, type Scale } from './scale.js';

/** In pixels; as wide as the page lets it be. */
const stripHeight = 40;
const gap = 10;
const footHeight = 30;
const labelHeight = 30;

/** Bars of one kind, as many as there are weeks. @property mark what stands before its name, such as filled dots */
export type Strip = { name: string; style: string; mark: string; values: readonly number[] };

type BarStripsChart = {
  /** Begins the ids of its parts: no two charts of a page have the same. */
  id: string;
  title: string;
  description: string;
  /** Mondays, `YYYY-MM-DD`, oldest first. */
  weeks: readonly string[];
  strips: readonly Strip[];
};

/**
 * Rows of bars above each other, one for each kind, all to one scale: each is named where it stands, and its highest bar has its value
 * on it, so that neither a legend nor a colour has to be looked up.
 */
export function BarStripsChart({ id, title, description, weeks, strips }: BarStripsChart) {
  const greatest = Math.max(1, ...strips.flatMap(({ values }) => values));
  const pitch = labelHeight + stripHeight + gap;
  const last = pitch * strips.length - gap;
  return (
    <svg
      class="chart"
      width="100%"
      height={last + footHeight}
      role="img"
      aria-labelledby={`${id}-title ${id}-words`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-words`}>{description}</desc>
      {strips.map((strip, nth) => {
        const base = nth * pitch + labelHeight + stripHeight;
        const y = linearScale([0, greatest], [base, base - stripHeight]);
        return <Bars key={strip.name} strip={strip} y={y} labelAt={nth * pitch + 12} />;
      })}
      <MonthMarks ticks={monthTicks(weeks)} count={weeks.length} y={last} />
    </svg>
  );
}

function Bars({ strip, y, labelAt }: { strip: Strip; y: Scale; labelAt: number }) {
  const { name, style, mark, values } = strip;
  const count = values.length;
  const sum = values.reduce((total, value) => total + value, 0);
  const peak = values.lastIndexOf(Math.max(...values));
  const highest = values[peak] ?? 0;
  return (
    <g class={`bars ${style}`}>
      <text class="name" x="0" y={labelAt}>
        <tspan class="mark">{mark}</tspan> {name}: {sum.toLocaleString('en-GB')}
      </text>
      <line class="base" x1="0" x2="100%" y1={y(0)} y2={y(0)} />
      {values.map(
        (value, index) =>
          value > 0 && (
            <rect
              key={index}
              x={percent((index + 0.15) / count)}
              width={percent(0.7 / count)}
              y={Math.min(y(value), y(0) - 2)}
              height={Math.max(y(0) - y(value), 2)}
            />
          ),
      )}
      {highest > 0 && (
        <text class="peak" x={percent((peak + 0.5) / count)} y={y(highest) - 4} text-anchor="middle">
          {highest.toLocaleString('en-GB')}
        </text>
      )}
    </g>
  );
}
