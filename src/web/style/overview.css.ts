/** The overview, its charts, and tables of many rows. */
export const overview = `.trust { font-size: 1.05rem; max-width: 46rem; }
.alarm { color: var(--high); font-weight: 600; }
.waiting { margin-bottom: 0; }
.trends { display: grid; gap: 0 3rem; }
.trends > * { min-width: 0; }
.notes { column-gap: 3rem; }
.morning { padding-top: 2.4rem; break-inside: avoid; }
.morning h2 { margin-top: 0; }
.chart-figure { margin: 0; }
.chart-figure .aside { max-width: 36rem; }
.chart { display: block; overflow: visible; margin: 0 0 .4rem; }
.chart text { fill: var(--muted); font: 12px var(--sans); font-variant-numeric: tabular-nums; paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
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
.behind { margin: 0 0 1rem; font-size: .9rem; }
.behind summary { display: inline-block; padding: .3rem 0; color: var(--link); cursor: pointer; }
.sheet { width: 100%; border-collapse: collapse; font-size: .95rem; font-variant-numeric: tabular-nums; }
.sheet caption { margin: 0 0 .5rem; text-align: left; color: var(--muted); font-size: .9rem; }
.sheet th, .sheet td { padding: .55rem 1rem .55rem 0; border-top: 1px solid var(--line); vertical-align: top; text-align: left; font-weight: 400; }
.sheet thead th { border: 0; padding-bottom: .2rem; color: var(--muted); font-size: .85rem; }
.sheet .aside { display: block; font-size: .85rem; }
.sheet .aside a { color: inherit; }
.figures { max-width: 28rem; }
.figures th, .figures td { padding-top: .25rem; padding-bottom: .25rem; }
.figures td, .figures thead th + th { text-align: right; }
.morning ul, .morning ol { padding: 0; list-style: none; }
.morning li { padding: .5rem 0; margin: 0; border-top: 1px solid var(--line); }
.morning li .aside { display: block; }
.soon p { margin: 0; color: var(--muted); font-size: .9rem; }
.tally li { display: grid; grid-template-columns: 2.5rem minmax(0, 1fr); }
.tally a { font-variant-numeric: tabular-nums; font-weight: 600; }
.first-steps { margin: 1.5rem 0 0; padding: 0; list-style: none; counter-reset: step; display: grid; gap: 2rem 3rem; }
.first-steps > li { counter-increment: step; min-width: 0; border-top: 3px solid var(--ink); padding-top: .6rem; }
.first-steps h2 { margin: 0 0 .5rem; }
.first-steps h2::before { content: counter(step) '. '; color: var(--muted); }
.first-search { display: grid; grid-template-columns: minmax(0, 1fr) max-content; gap: .4rem .6rem; align-items: center; margin: 0 0 1rem; }
.first-search label { grid-column: 1 / -1; font-weight: 600; }
.offered { padding: 0; list-style: none; }
.offered li { display: flex; flex-wrap: wrap; gap: .1rem 1rem; align-items: baseline; justify-content: space-between; margin: 0; padding: .45rem 0; border-top: 1px solid var(--line); }
@media (max-width: 39.99rem) {
  .spare { display: none; }
  .sightings thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .sightings tr { display: block; padding: .6rem 0; border-top: 1px solid var(--line); }
  .sightings th, .sightings td { display: block; padding: 0 0 .2rem; border: 0; }
}
@media (min-width: 52rem) {
  .trends { grid-template-columns: 1fr 1fr; }
  .notes { columns: 2; }
  .first-steps { grid-template-columns: 5fr 3fr 3fr; }
  .chart-figure { display: grid; grid-template-rows: subgrid; grid-row: span 3; align-content: start; }
}
`;
