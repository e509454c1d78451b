/** The page of a change: paragraphs side by side or in one column, and what they mean. */
export const changes = `.in-change {
  .change-body { display: grid; gap: 0 3.5rem; }
  .change-body > * { min-width: 0; }
  .what-head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 1.5rem; margin: 1.2rem 0 .6rem; }
  .what-head h2 { margin: 0; }
  .views { display: flex; gap: 1.1rem; font-size: .9rem; }
  .views a { padding: .2rem 0; color: var(--muted); text-decoration: none; }
  .views a:hover { color: var(--ink); text-decoration: underline; }
  .views [aria-current] { color: var(--ink); font-weight: 600; box-shadow: inset 0 -2px var(--bell); }
  .paragraphs { border: solid var(--line); border-width: 1px 0; padding: .9rem 0; font: 1.1rem/1.7 var(--serif); }
  .paragraph { position: relative; padding: .35rem 0 .35rem 1.4rem; border-left: 3px solid transparent; scroll-margin-block: 4rem; }
  .paragraph-changed { border-color: var(--control); }
  .paragraph-added { border-color: var(--added); }
  .paragraph-removed { border-color: var(--removed); }
  .paragraph:target { background: var(--tint); }
  .words { white-space: pre-wrap; }
  .pilcrow { position: absolute; left: .25rem; top: .35rem; color: var(--muted); font: .85rem/2 var(--sans); text-decoration: none; opacity: 0; }
  .paragraph:hover > .pilcrow, .pilcrow:focus-visible, .paragraph:focus > .pilcrow, .paragraph:target > .pilcrow { opacity: 1; }
  .folded > summary { padding: .3rem 1.4rem; color: var(--muted); font: .88rem/1.6 var(--sans); cursor: pointer; }
  .folded > summary:hover { color: var(--ink); }
  .columns { display: none; }
  .column + .column { margin-top: .5rem; }
  .column-label { display: block; color: var(--muted); font: 600 .75rem/1.6 var(--sans); letter-spacing: .03em; }
  .column .aside { margin: 0; font-family: var(--sans); }
  .paragraph-same .column + .column { display: none; }
  .onward { margin: 0 0 1rem; padding: 0; list-style: none; font-size: .92rem; }
  .about .facts { margin-top: 1.4rem; }
  .weights th .aside { display: block; }
  .weights td { width: 55%; }
  .weight-words { display: block; }
  .weight { display: block; width: 100%; height: 14px; margin-top: .2rem; }
  .weight-before { fill: var(--control); }
  .weight-after { fill: var(--bell); }
  .neighbours { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 1rem 2rem; margin: 2.5rem 0 0; padding: 1rem 0 0; border-top: 1px solid var(--line); }
  .neighbour span { display: block; font: 1.1rem/1.4 var(--serif); }
  .neighbour time { color: var(--muted); font-size: .9rem; }
  .neighbour-next { margin-left: auto; text-align: end; }
  .keys-button { margin: 2rem 0 0; padding: .3rem .6rem; border-color: var(--line); color: var(--muted); font-size: .85rem; font-weight: 400; }
  .printed-from { display: none; }
  @media (min-width: 48rem) {
    .columns { display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; margin: 0 0 .4rem; padding-left: 1.6rem; max-width: none; color: var(--muted); font: 600 .8rem/1.6 var(--sans); }
    .paragraphs-side .paragraph { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; }
    .column { min-width: 0; }
    .column + .column { margin-top: 0; }
    .paragraph-same .column + .column { display: block; }
    .column-label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .change-body-side .about { display: grid; grid-template: max-content 1fr / 1fr 1fr; gap: 0 3.5rem; }
    .change-body-side .about .facts { align-content: start; }
    .change-body-side .meaning { grid-column: 2; grid-row: 1 / span 2; }
    .change-body-side .meaning h2 { margin-top: 1.4rem; }
  }
  @media (min-width: 64rem) {
    .change-body-inline { grid-template-columns: minmax(0, 1fr) 21rem; }
    .change-body-inline .about { padding-top: .2rem; }
  }
  @media print {
    .views, .neighbours, .pilcrow, .onward, .keys-button { display: none; }
    .folded > summary { display: none; }
    .change-body { display: block; }
    .printed-from { display: block; margin: 1rem 0 0; font-size: 9pt; }
  }
}
`;
