/** The operator's desk: ways between its pages, dense tables, charts of lanes, what is wrong. */
export const operator = `.in-operator {
  .desk-filter a { color: var(--muted); }
  .desk-filter [aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
  .desk-filter { display: flex; flex-wrap: wrap; gap: .3rem 1.3rem; font-size: .92rem; }
  .desk-lead { font-size: 1.05rem; color: var(--muted); }
  .desk-list { margin: 0 0 1.2rem; padding: 0; list-style: none; border-top: 1px solid var(--line); }
  .desk-list > li { margin: 0; padding: .8rem 0; border-bottom: 1px solid var(--line); }
  .desk-list p { margin: 0 0 .3rem; }
  .desk-list .ways { margin: .4rem 0 0; }
  .desk-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .8rem; }
  .desk-columns { display: grid; gap: 0 3rem; }
  .troubles { margin: 0 0 1.5rem; padding: .9rem 1.1rem; border: 1px solid var(--high); border-left-width: 4px; border-radius: .3rem; }
  .troubles ul { padding: 0; list-style: none; }
  .troubles li { margin: 0 0 .5rem; }
  .troubles strong { color: var(--high); }
  .troubles .aside { margin: 0; }
  .all-well { max-width: none; padding: .7rem 1rem; border-left: 3px solid var(--added); background: var(--added-ground); color: var(--added); border-radius: 0 .3rem .3rem 0; }
  .figures { margin: 0 0 1rem; font-size: .95rem; font-variant-numeric: tabular-nums; }
  .figures > div { display: flex; justify-content: space-between; gap: 1rem; padding: .35rem 0; border-top: 1px solid var(--line); }
  .figures dd { margin: 0; }
  .lanes { display: grid; gap: 1.4rem 3rem; }
  .lane { margin: 0; min-width: 0; }
  .lane figcaption { display: flex; justify-content: space-between; gap: 1rem; font-size: .92rem; }
  .lane figcaption span { color: var(--muted); }
  .lane svg { display: block; width: 100%; height: 3.6rem; margin: .3rem 0; }
  .lane summary { font-size: .85rem; }
  .arrived { fill: var(--low); }
  .failed { fill: var(--high); }
  .ground { stroke: var(--control); stroke-width: 1; }
  .key::before { content: ''; display: inline-block; width: .8em; height: .8em; margin: 0 .35em 0 0; border-radius: .15em; background: var(--low); }
  .failed-key { margin-left: 1rem; }
  .failed-key::before { background: var(--high); }
  #event { max-width: none; min-height: 18rem; font: .85rem/1.5 var(--mono); white-space: pre; overflow-x: auto; }
  .reach { margin: 1.5rem 0; }
  .reach-count { margin: 0; font: 2.2rem/1.2 var(--serif); }
  @media (min-width: 40rem) {
    .desk-columns, .lanes { grid-template-columns: 1fr 1fr; }
  }
}
`;
