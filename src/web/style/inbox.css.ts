/** The inbox, alerts as their owners see them, deliveries, and what was not told. */
export const inbox = `.head-row { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 1.5rem; }
.head-row .aside { display: flex; gap: 1.2rem; }
.small { padding: .4rem .8rem; font-size: .9rem; }
.sieve { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: .6rem 2rem; margin: 0 0 1rem; }
.tabs { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; }
.tabs a { padding: .35rem 0; color: var(--muted); text-decoration: none; border-bottom: 2px solid transparent; }
.tabs a:hover { color: var(--ink); border-color: var(--line); }
.tabs [aria-current] { color: var(--ink); font-weight: 600; border-color: var(--high); }
.sieve-form { display: flex; flex-wrap: wrap; align-items: end; gap: .6rem .8rem; margin: 0 0 1rem; }
.sieve .sieve-form { margin: 0; }
.sieve-form .field { margin: 0; min-width: 0; }
.sieve-form label { font-size: .8rem; font-weight: 400; color: var(--muted); }
.sieve-form select { max-width: 18rem; padding: .4rem .6rem; font-size: .95rem; }
.sieve-form button { padding: .45rem .9rem; font-size: .95rem; }
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
.row:focus-within { background: var(--page); }
.row .more { color: var(--muted); font: .9rem var(--sans); }
.row .where, .row .when, .row .story { color: var(--muted); }
.row .when { font-variant-numeric: tabular-nums; }
.row .lists { display: flex; flex-wrap: wrap; gap: .2rem .5rem; }
.tag, .state { font-size: .8rem; line-height: 1.5; }
.tag { max-width: 14rem; padding: 0 .5rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; border: 1px solid var(--line); border-radius: .8rem; color: var(--muted); }
.state { font-weight: 600; color: var(--muted); }
.state-new { color: var(--link); }
.reasons { padding-left: 1.1rem; color: var(--muted); }
.reasons li { margin: 0; }
.empty { padding: 2.5rem 0; color: var(--muted); }
.keys { max-width: 26rem; padding: 1.5rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--card); color: var(--ink); }
.keys::backdrop { background: rgb(0 0 0 / .45); }
.keys h2 { margin-top: 0; }
kbd { padding: 0 .35rem; border: 1px solid var(--line); border-radius: .2rem; font: .85em var(--mono); }
.fate { white-space: nowrap; font-weight: 600; }
.fate-delivered { color: var(--added); }
.fate-dead { color: var(--high); }
.fate-due, .fate-leased { color: var(--medium); }
.fate-cancelled { color: var(--muted); }
.attempts li { margin: 0 0 .8rem; }
.attempts p { margin: 0; }
.excerpt { display: block; color: var(--muted); white-space: pre-wrap; }
.request { max-height: 32rem; overflow: auto; padding: .8rem 1rem; background: var(--page); border-radius: .3rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.desk { margin: 1.4rem 0 0; padding: 1.1rem 1.2rem; background: var(--page); border-radius: .4rem; }
.desk > form { margin: 0 0 1rem; }
.desk .field { margin: 0 0 .8rem; }
.desk summary { cursor: pointer; color: var(--link); }
.desk details form { margin: .8rem 0 0; }
.copy-line { display: flex; gap: .6rem; align-items: center; max-width: 40rem; }
.copy-line input { flex: 1; min-width: 0; max-width: none !important; font: .85rem var(--mono) !important; }
.memo { margin: 1.2rem 0; padding: .8rem 1.1rem; border-left: 3px solid var(--link); background: var(--page); border-radius: 0 .3rem .3rem 0; }
.memo p { margin: 0 0 .3rem; }
.mute { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1rem; margin: 0 0 .8rem; }
.mute p { margin: 0; }
.verdicts { padding: 0; list-style: none; }
.verdicts li { padding: .7rem 0; border-top: 1px solid var(--line); }
.verdicts p { margin: 0 0 .2rem; }
@media (min-width: 56rem) {
  .row { grid-template-columns: 1.6rem 20rem minmax(0, 1fr) minmax(11rem, max-content); column-gap: 1.2rem; }
  .row > .how { grid-column: 2; grid-row: 1; }
  .row > .what { grid-column: 3; grid-row: 1; }
  .row > .when { grid-column: 4; grid-row: 1; text-align: right; }
  .row > .where { grid-column: 3; grid-row: 2; }
  .row > .lists { grid-column: 4; grid-row: 2; justify-content: end; max-width: 22rem; }
  .log > .row, .untold > .row { grid-template-columns: 15rem minmax(0, 1fr) max-content; }
  .log > .row > .how, .untold > .row > .how { grid-column: 1; grid-row: 1; }
  .log > .row > .what, .untold > .row > .what { grid-column: 2; grid-row: 1; }
  .log > .row > .when, .untold > .row > .when { grid-column: 3; grid-row: 1; }
  .log > .row > .where, .untold > .row > .where { grid-column: 2 / -1; grid-row: 2; }
  .log > .row > .story, .untold > .row > .reasons { grid-column: 2 / -1; grid-row: 3; }
}
`;
