/** Records of the archive: entities, documents, clauses, clause types, and the search. */
export const archive = `.in-archive {
  .record-figures strong { font: 400 1.6rem/1 var(--serif); }
  .record-id { margin-top: 2.5rem; }
  .trail ol { display: flex; flex-wrap: wrap; margin: 0 0 .5rem; padding: 0; list-style: none; color: var(--muted); font-size: .95rem; }
  .trail li { margin: 0; }
  .trail li + li::before { content: "/"; margin: 0 .5rem; color: var(--control); }
  .trail a { color: var(--muted); text-decoration-color: var(--line); }
  .inline { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; }

  .severity-bar { display: inline-flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .7rem; }
  .severity-bar svg { flex: none; }
  .bar-high { fill: var(--high); }
  .bar-medium { fill: var(--medium); }
  .bar-low { fill: var(--low); }

  .record { display: grid; gap: 0 3.5rem; }
  .record-main, .record-side { min-width: 0; }
  .record-side h2 { margin-top: 2rem; font-size: 1.15rem; }
  .record-side .copy { margin-top: .3rem; }
  .record-side .citation { display: block; }
  .clause { margin: 0 0 1rem; padding: .15rem 0 .15rem 1.1rem; border-left: 3px solid var(--ink); font: 1.1rem/1.7 var(--serif); white-space: pre-line; }
  .clause:dir(rtl) { padding: .15rem 1.1rem .15rem 0; border-left: 0; border-right: 3px solid var(--ink); }
  p.locked { max-width: none; }

  .diff-fold { border-top: 1px solid var(--line); }
  .diff-fold:last-of-type { border-bottom: 1px solid var(--line); }
  .diff-fold summary { padding: .65rem 0; cursor: pointer; }
  .diff-fold-line { display: inline-flex; flex-wrap: wrap; gap: .1rem 1rem; align-items: baseline; vertical-align: top; max-width: calc(100% - 1.5rem); font-size: .95rem; }
  .diff-fold-line .kind { color: var(--muted); }

  .search { margin: 0 0 1.5rem; }
  .search label { display: block; margin: 0 0 .3rem; color: var(--muted); font-size: .9rem; }
  .search-line { display: flex; gap: .5rem; max-width: 40rem; }
  .search-line input[type=search] { flex: 1; min-width: 0; max-width: none; padding: .7rem .9rem; font-size: 1.1rem; }
  .key-hint { margin: .4rem 0 0; color: var(--muted); font-size: .85rem; }
  @media (scripting: enabled) { .key-hint.needs-script { display: block; } }
  .found { min-height: 24rem; }
  .found h2 { margin-top: 1.6rem; font-size: 1.15rem; }
  .hits { margin: 0; padding: 0; list-style: none; border-top: 1px solid var(--line); }
  .hits li { display: grid; grid-template-columns: minmax(0, 1fr) max-content; gap: 0 1.5rem; align-items: baseline; margin: 0; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .hits .aside { grid-column: 1 / -1; margin: 0; }
  .hits .weight { color: var(--muted); font-size: .9rem; font-variant-numeric: tabular-nums; }

  @media (min-width: 56rem) {
    .record { grid-template-columns: minmax(0, 1fr) 17rem; }
    .record-main > section:first-child > h2, .record-side > section:first-child > h2 { margin-top: 1.2rem; }
  }
  mark { background: none; color: inherit; font-weight: 700; text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: .18em; text-decoration-color: var(--medium); }
}
`;
