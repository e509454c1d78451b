/** Pieces that pages of several areas are made of: severities, diffs, evidence, lists, panels, and what stands in them. */
export const parts = `.tag {
  display: inline-block; max-width: 15rem; padding: .05rem .55rem; border: 1px solid var(--line); border-radius: 1rem; overflow: hidden;
  color: var(--muted); font-size: .8rem; line-height: 1.45; text-overflow: ellipsis; white-space: nowrap; vertical-align: middle;
}
.tag bdi { display: block; overflow: hidden; text-overflow: ellipsis; }
.tag-active { border-color: var(--added); color: var(--added); }
.tag-disabled { border-color: var(--high); color: var(--high); }
.panel { margin: 0 0 1.6rem; padding: 1rem 1.15rem; border: 1px solid var(--line); border-radius: .3rem; background: var(--card); }
.panel > :last-child { margin-bottom: 0; }
.code { display: block; margin: .4rem 0 1rem; padding: .75rem 1rem; background: var(--tint); border-radius: .3rem; font: .85em/1.6 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
.plain { padding: 0; list-style: none; }
.faint { color: var(--muted); text-decoration-color: var(--line); }
summary { width: fit-content; color: var(--link); cursor: pointer; }
.empty { padding: 2rem 1.25rem; border: 1px dashed var(--line); border-radius: .3rem; color: var(--muted); }
.empty > :last-child { margin-bottom: 0; }
.prose { white-space: pre-line; }
.aside { color: var(--muted); font-size: .9rem; }

.kicker { margin: 0 0 .5rem; color: var(--muted); font-size: .95rem; }
.kicker a { color: inherit; }
.verdict { margin: 0 0 1rem; font-size: clamp(1rem, .85rem + .7vw, 1.1rem); }
.move { display: inline-flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .55rem; }
.severity { white-space: nowrap; font-weight: 700; }
.severity svg { margin-right: .4rem; vertical-align: 0; }
.severity-none { color: var(--muted); }
.severity-low { color: var(--low); }
.severity-medium { color: var(--medium); }
.severity-high { color: var(--high); }
.arrow, .direction { color: var(--muted); }
.direction { white-space: nowrap; }

.facts { margin: 0 0 1rem; font-size: .92rem; line-height: 1.5; }
.facts dt { color: var(--muted); font-size: .85rem; }
.facts dd { margin: 0 0 .55rem; }
.facts dd + dd { margin-top: -.4rem; }
.brief { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem 1.2rem; }
.brief dt { grid-column: 1; font-size: inherit; }
.brief dd, .brief dd + dd { grid-column: 2; margin: 0; }
.facts :last-child, .changes:last-child { margin-bottom: 0; }
.note {
  margin: 1.2rem 0; padding: .75rem 1rem; background: var(--tint); border-left: 3px solid var(--medium);
  border-radius: 0 .3rem .3rem 0; font-size: .95rem;
}

.diff {
  margin: 0 0 1rem; padding: .15rem 0 .15rem 1.1rem; border-left: 3px solid var(--line);
  font: 1.1rem/1.75 var(--serif); white-space: pre-wrap;
}
[dir="auto"].diff:dir(rtl) { padding: .15rem 1.1rem .15rem 0; border-left: 0; border-right: 3px solid var(--line); }
del + ins { margin-left: .2em; }
del, ins { padding: .05em .1em; border-radius: .15em; }
del { color: var(--removed); background: var(--removed-ground); text-decoration: line-through; }
ins { color: var(--added); background: var(--added-ground); text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: .2em; }

.exposure { max-width: 32rem; }
.exposure :is(th, td) { padding: .5rem 0 .5rem 1rem; text-align: end; }
.exposure th:first-child { padding-left: 0; text-align: start; }

.captures { display: grid; gap: 1rem; margin: 0 0 1rem; }
.capture { min-width: 0; padding: .9rem 1rem .4rem; border: 1px solid var(--line); border-radius: .3rem; background: var(--card); }
.side { margin: 0 0 .4rem; font-weight: 700; }
.hash { font-size: .8rem; word-break: break-all; }
.citation { user-select: all; }

.locked { padding: .8rem 1rem; list-style: none; border: 1px dashed var(--line); border-radius: .3rem; font-size: .95rem; color: var(--muted); }
.locked li:last-child { margin: 0; }
.change { margin-top: 2.6rem; padding-top: .2rem; border-top: 1px solid var(--line); }
.head:has(.changes) + .change { margin-top: 0; border: 0; }
.changes { padding: 0; list-style: none; border-top: 1px solid var(--line); }
.changes li { margin: 0; padding: .8rem 0; border-bottom: 1px solid var(--line); }
.changes li > a { display: block; font: 1.1rem/1.4 var(--serif); }
.changes .move { font-size: .95rem; }
.changes .aside { margin: .1rem 0 0; }
.follow { display: inline-flex; flex-wrap: wrap; align-items: center; gap: .3rem .7rem; margin: 0; }
.follow button, a.follow { padding: .45rem .9rem; font-size: .9rem; }
.follow-said { color: var(--added); font-size: .9rem; }
.follow-fault { color: var(--high); font-size: .9rem; max-width: 30rem; }

.places { margin: 0 0 1.2rem; padding: 0; list-style: none; border-top: 1px solid var(--line); }
.place-row { display: grid; grid-template-columns: minmax(0, 1fr); gap: .3rem 1.5rem; margin: 0; padding: .85rem 0; border-bottom: 1px solid var(--line); }
.place-main, .place-state { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .7rem; min-width: 0; }
.place-main .aside { min-width: 0; }
.place-name { font: 400 1.1rem/1.4 var(--serif); }
.place-why { margin: 0; max-width: none; font-size: .92rem; color: var(--muted); }
.secret { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem; max-width: none; padding: .8rem 1rem; background: var(--tint); border-radius: .3rem; }
.secret code { font-size: .95rem; user-select: all; word-break: break-all; }
.keys { max-width: 26rem; padding: 1.5rem; border: 1px solid var(--control); border-radius: .4rem; background: var(--card); color: var(--ink); }
.keys::backdrop { background: rgb(0 0 0 / .45); }
.keys h2 { margin: 0 0 .8rem; }
.keys dl { margin: 0 0 1.2rem; }
.keys dl div { display: grid; grid-template-columns: 5rem 1fr; padding: .25rem 0; }
.keys dd { margin: 0; }
.keys dt kbd + kbd { margin-left: .35rem; }
.danger-zone { margin-top: 3rem; padding-top: .4rem; border-top: 1px solid var(--line); }
.danger-zone li { margin: 0 0 .2rem; }
@media (min-width: 40rem) {
  .place-row { grid-template-columns: minmax(0, 1fr) max-content; align-items: baseline; }
  .place-state { flex-direction: column; align-items: end; text-align: end; }
  .place-why { grid-column: 1 / -1; }
  .captures:has(> :nth-child(2)) { grid-template-columns: 1fr 1fr; }
  .changes li { display: grid; grid-template-columns: minmax(0, 1fr) max-content; column-gap: 1.5rem; align-items: baseline; }
  .changes .aside { grid-column: 1 / -1; }
}
`;
