/** The overview, and how well what is followed is looked at. */
export const overview = `.in-overview {
  .trust { font-size: 1.05rem; max-width: 46rem; }
  .alarm { color: var(--high); font-weight: 600; }
  .waiting { margin-bottom: 0; }
  .trends { display: grid; gap: 0 3rem; }
  .trends > * { min-width: 0; }
  .notes { column-gap: 3rem; }
  .morning { padding-top: 2.4rem; break-inside: avoid; }
  .morning h2 { margin-top: 0; }
  .figures { max-width: 28rem; }
  .figures :is(th, td) { padding-top: .25rem; padding-bottom: .25rem; }
  .figures :is(th, td):not(:first-child) { text-align: end; }
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
  @media (min-width: 52rem) {
    .trends { grid-template-columns: 1fr 1fr; }
    .notes { columns: 2; }
    .first-steps { grid-template-columns: 5fr 3fr 3fr; }
  }
}
`;
