/** The inbox, alerts as their owners see them, deliveries, and what was not told. */
export const inbox = `.in-inbox {
  .sieve { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: .6rem 2rem; margin: 0 0 1rem; }
  .sieve > * { margin: 0; }
  .sieve .tabs { border: 0; }
  .page-head .aside { display: flex; gap: 1.2rem; }
  .bar { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.2rem; padding: .6rem 0; border-top: 1px solid var(--line); font-size: .9rem; }
  .bar-end { margin-left: auto; }
  .rows { margin: 0; padding: 0; list-style: none; border-top: 1px solid var(--line); }
  .row {
    display: grid; grid-template-columns: 1.6rem minmax(0, 1fr); gap: .1rem .4rem; align-items: baseline;
    margin: 0; padding: .7rem 0; border-bottom: 1px solid var(--line); font-size: .92rem; line-height: 1.45;
  }
  .row > * { grid-column: 2; margin: 0; max-width: none; }
  .row > .pick { grid-column: 1; grid-row: 1; width: 1.1rem; height: 1.1rem; margin: .2rem 0 0; align-self: start; accent-color: var(--link); }
  .log > .row, .untold > .row { grid-template-columns: minmax(0, 1fr); }
  .log > .row > *, .untold > .row > * { grid-column: 1; }
  .row .what { font: 1.05rem/1.4 var(--serif); }
  .row .what a { color: var(--ink); text-decoration-color: var(--line); }
  .row.fresh .what a { font-weight: 700; }
  .row:focus-within { background: var(--tint); }
  .row .more { color: var(--muted); font: .9rem var(--sans); }
  .row .where, .row .when, .row .story { color: var(--muted); }
  .row .when { font-variant-numeric: tabular-nums; }
  .row .lists { display: flex; flex-wrap: wrap; gap: .2rem .5rem; }
  .state { color: var(--muted); font-size: .8rem; font-weight: 600; line-height: 1.5; }
  .state-new { color: var(--link); }
  .reasons { padding-left: 1.1rem; color: var(--muted); }
  .reasons li { margin: 0; }
  .fate { white-space: nowrap; font-weight: 600; }
  .fate-delivered { color: var(--added); }
  .fate-dead { color: var(--high); }
  .fate-due, .fate-leased { color: var(--medium); }
  .fate-cancelled { color: var(--muted); }
  .attempts li { margin: 0 0 .8rem; }
  .attempts p { margin: 0; }
  .excerpt { display: block; color: var(--muted); white-space: pre-wrap; }
  .panel > form { margin: 0 0 1rem; }
  .panel .field { margin: 0 0 .8rem; }
  .panel details form { margin: .8rem 0 0; }
  .copy-line { display: flex; gap: .6rem; align-items: center; max-width: 40rem; }
  .copy-line input { flex: 1; min-width: 0; max-width: none; font: .85rem var(--mono); }
  .memo { margin: 1.2rem 0; padding: .8rem 1.1rem; border-left: 3px solid var(--link); background: var(--tint); border-radius: 0 .3rem .3rem 0; }
  .memo p { margin: 0 0 .3rem; }
  .mute { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1rem; margin: 0 0 .8rem; }
  .mute p { margin: 0; }
  .verdicts { padding: 0; list-style: none; }
  .verdicts li { padding: .7rem 0; border-top: 1px solid var(--line); }
  .verdicts p { margin: 0 0 .2rem; }
  @media (min-width: 56rem) {
    .row { grid-template-columns: 1.6rem 20rem minmax(0, 1fr) minmax(11rem, max-content); column-gap: 1.2rem; }
    .row > .how { grid-column: 2; grid-row: 1 / span 2; }
    .row > .what { grid-column: 3; grid-row: 1; }
    .row > .when { grid-column: 4; grid-row: 1; text-align: right; }
    .row > .where { grid-column: 3; grid-row: 2; }
    .row > .lists { grid-column: 4; grid-row: 2; justify-content: end; max-width: 22rem; }
    .log > .row { grid-template-columns: 8rem minmax(0, 1fr) max-content; }
    .untold > .row { grid-template-columns: 20rem minmax(0, 1fr) max-content; }
    .log > .row > .how, .untold > .row > .how { grid-column: 1; grid-row: 1 / span 2; }
    .log > .row > .what, .untold > .row > .what { grid-column: 2; grid-row: 1; }
    .log > .row > .when, .untold > .row > .when { grid-column: 3; grid-row: 1; }
    .log > .row > .where, .untold > .row > .where { grid-column: 2 / -1; grid-row: 2; }
    .log > .row > .story, .untold > .row > .reasons { grid-column: 2 / -1; grid-row: 3; }
  }
}
`;
