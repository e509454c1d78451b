/** Charts, and the tables behind them. */
export const charts = `.chart-figure { margin: 0; }
.chart-figure .aside { max-width: 36rem; }
.chart { display: block; overflow: visible; margin: 0 0 .4rem; }
.chart text { fill: var(--muted); font: 12px var(--sans); font-variant-numeric: tabular-nums; paint-order: stroke; stroke: var(--page); stroke-width: 4px; stroke-linejoin: round; }
.chart .rule { stroke: var(--line); }
.chart .base, .chart .tick { stroke: var(--control); }
.chart .area rect { fill: var(--link); fill-opacity: .13; shape-rendering: crispEdges; }
.chart .line line { stroke: var(--link); stroke-width: 2; stroke-linecap: square; }
.chart text.value { fill: var(--ink); font-size: 14px; font-weight: 600; }
.chart .high { fill: var(--high); }
.chart .medium { fill: var(--medium); }
.chart .low { fill: var(--low); }
.chart .bars rect { fill: inherit; }
.chart text.name { fill: inherit; font-size: 13px; font-weight: 600; }
.chart .mark { letter-spacing: .1em; }
.chart text.peak { fill: var(--ink); }

.step-figure { margin: 0 0 .8rem; }
.step-figure figcaption { margin-top: .3rem; }
.step-chart { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem .9rem; }
.step-levels { display: grid; grid-template-rows: repeat(4, 2.1rem); margin: 0; padding: 0; list-style: none; color: var(--muted); font-size: .85rem; }
.step-levels li { margin: 0; align-self: center; line-height: 1; }
.step-chart svg { width: 100%; height: 8.4rem; overflow: visible; }
.step-chart path { fill: none; vector-effect: non-scaling-stroke; }
.step-row { stroke: var(--line); stroke-width: 1; }
.step-line { stroke: var(--ink); stroke-width: 2; stroke-linejoin: round; }
.step-words { stroke: var(--ink); stroke-width: 2; }
.step-move { stroke: var(--high); stroke-width: 10; stroke-linecap: round; }
.step-times { grid-column: 2; display: grid; grid-template-columns: repeat(3, 1fr); gap: .5rem; max-width: none; line-height: 1.35; margin: 0; color: var(--muted); font-size: .8rem; }
.step-times :nth-child(2) { text-align: center; }
.step-times :nth-child(3) { text-align: end; }

.behind { margin: 0 0 1rem; font-size: .9rem; }
.behind table { max-width: 34rem; margin-top: .6rem; }
@media (max-width: 39.99rem) { .spare { display: none; } }
@media (min-width: 52rem) {
  .chart-figure { display: grid; grid-template-rows: subgrid; grid-row: span 3; align-content: start; }
}
`;
