import { MonthMarks, ValueLines } from './axis.js';
import { monthTicks } from './month-ticks.js';
import { linearScale, niceTicks, percent } from './scale.js';
import { levels } from './levels.js';

/** In pixels; as wide as the page lets it be. */
const height = 210;
const top = 30;
const base = 180;

type StepAreaChart = {
  /** Begins the ids of its parts: no two charts of a page have the same. */
  id: string;
  title: string;
  /** What it shows, in a sentence, for those who do not see it. */
  description: string;
  /** Mondays, `YYYY-MM-DD`, oldest first, with the value at the end of each week. */
  weeks: readonly { week: string; value: number }[];
};

/** A value that holds until it moves, week by week: flat pieces and steps, the last value written at its end. */
export function StepAreaChart({ id, title, description, weeks }: StepAreaChart) {
  const ticks = niceTicks(Math.max(0, ...weeks.map(({ value }) => value)));
  const y = linearScale([0, ticks.at(-1) ?? 1], [base, top]);
  const flat = levels(weeks.map(({ value }) => value));
  const at = (index: number) => percent(index / weeks.length);
  const last = weeks.at(-1)?.value ?? 0;
  return (
    <svg class="chart" width="100%" height={height} role="img" aria-labelledby={`${id}-title ${id}-words`}>
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-words`}>{description}</desc>
      <g class="area">
        {flat.map(({ from, until, value }) => (
          <rect key={from} x={at(from)} width={at(until - from)} y={y(value)} height={base - y(value)} />
        ))}
      </g>
      <ValueLines ticks={ticks} y={y} />
      <g class="line">
        {flat.map(({ from, until, value }, nth) => {
          const before = flat[nth - 1];
          return (
            <g key={from}>
              {before && <line x1={at(from)} x2={at(from)} y1={y(before.value)} y2={y(value)} />}
              <line x1={at(from)} x2={at(until)} y1={y(value)} y2={y(value)} />
            </g>
          );
        })}
      </g>
      <text class="value" x="100%" y={y(last) - 8} text-anchor="end">
        {last.toLocaleString('en-GB')} now
      </text>
      <MonthMarks ticks={monthTicks(weeks.map(({ week }) => week))} count={weeks.length} y={base} />
    </svg>
  );
}
