import type { MonthTick } from './month-ticks.js';
import { percent, type Scale } from './scale.js';

/** Lines across a chart, each with its value at the left, above the line. */
export function ValueLines({ ticks, y }: { ticks: readonly number[]; y: Scale }) {
  return (
    <g>
      {ticks.map((tick) => (
        <g key={tick}>
          <line class={tick === 0 ? 'base' : 'rule'} x1="0" x2="100%" y1={y(tick)} y2={y(tick)} />
          {tick !== 0 && (
            <text x="0" y={y(tick) - 4}>
              {tick.toLocaleString('en-GB')}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

/** Where months begin, below a chart of weeks: every other one gives way where it is narrow. @param y of the base line */
export function MonthMarks({ ticks, count, y }: { ticks: readonly MonthTick[]; count: number; y: number }) {
  return (
    <g>
      {ticks.map(({ index, label }, nth) => (
        <g key={index} class={(ticks.length - 1 - nth) % 2 === 1 ? 'spare' : undefined}>
          <line class="tick" x1={percent(index / count)} x2={percent(index / count)} y1={y} y2={y + 5} />
          <text x={percent(index / count)} y={y + 17}>
            {label}
          </text>
        </g>
      ))}
    </g>
  );
}
