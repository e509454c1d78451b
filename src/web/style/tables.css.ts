/** Tables: dense where experts scan. On narrow screens a wide one scrolls by itself, or each of its rows becomes a card. */
export const tables = `table { position: relative; width: 100%; margin: 0 0 1.1rem; border-collapse: collapse; font-size: .92rem; line-height: 1.45; font-variant-numeric: tabular-nums; }
caption { padding: 0 0 .7rem; text-align: start; color: var(--muted); font-size: .9rem; }
th, td { padding: .55rem 1.4rem .55rem 0; border-top: 1px solid var(--line); max-width: 30rem; text-align: start; vertical-align: baseline; overflow-wrap: break-word; }
:is(th, td):last-child { padding-right: 0; }
:is(th, td) :is(bdi, code) { overflow-wrap: anywhere; }
tbody th { font-weight: 400; }
thead :is(th, td) { padding-top: 0; padding-bottom: .4rem; border-top: 0; border-bottom: 1px solid var(--rule); }
thead th { color: var(--muted); font-size: .8rem; font-weight: 600; vertical-align: bottom; }
thead + tbody > tr:first-child > * { border-top: 0; }
:is(th, td) time { white-space: nowrap; }
:is(th, td) > .aside { display: block; font-size: .87rem; }
:is(th, td) .aside a { color: inherit; }
.number { text-align: end; white-space: nowrap; }
.when { white-space: nowrap; }
.dense tbody :is(th, td) { padding-top: .4rem; padding-bottom: .4rem; }
.table-wrap > table { margin: 0; }
.table-wrap { position: relative; margin: 0 0 1.2rem; overflow-x: auto; }
.tiers tbody th { color: var(--muted); }
.tiers thead th { color: var(--ink); font: 400 1.1rem/1.4 var(--serif); text-transform: capitalize; }
.tiers .own { background: var(--tint); }
.tiers thead .aside { display: inline; margin-left: .5rem; text-transform: none; font: .8rem var(--sans); }
@media (max-width: 39.99rem) {
  .table-wrap > table:not(.tiers, .stacking) { min-width: 34rem; }
  .table-wrap > table:not(.tiers, .stacking) :is(th, td) { min-width: 7rem; }
  .stacking thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stacking, .stacking tbody, .stacking tr, .stacking caption { display: block; }
  .stacking tr { padding: .65rem 0; border-top: 1px solid var(--line); }
  .stacking tbody :is(th, td), .stacking.dense tbody :is(th, td) { display: block; padding: .1rem 0; border: 0; text-align: start; }
  .stacking td:empty { display: none; }
  .stacking td[data-label]::before { content: attr(data-label) ": "; color: var(--muted); }
  .tiers, .tiers tbody, .tiers thead { display: block; }
  .tiers tr { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); padding: .5rem 0; border-top: 1px solid var(--line); }
  .tiers thead tr { border: 0; border-bottom: 1px solid var(--rule); }
  .tiers thead td { display: none; }
  .tiers tbody th { grid-column: 1 / -1; font-size: .85rem; }
  .tiers tr > * { padding: .1rem .6rem .1rem 0; border: 0; }
  .tiers thead .aside { display: block; margin: 0; }
}
/* A long list is drawn while it still comes: widths that wait for no row keep its columns where they are. */
@media (min-width: 40rem) {
  .dense { table-layout: fixed; }
  .dense th:first-child { width: 34%; }
}
`;
