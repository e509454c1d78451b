/** What every page is made of: type, frame, severities, diffs, evidence. Narrow screens first. */
export const base = `*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0;
  background: var(--page); color: var(--ink); font: 1rem/1.6 var(--sans); overflow-wrap: anywhere;
}
a { color: var(--link); text-underline-offset: .15em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }

.unseen {
  position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; border: 0;
  overflow: hidden; clip-path: inset(50%); white-space: nowrap; user-select: none;
}
.skip { position: absolute; left: 1rem; top: -4rem; padding: .6rem 1rem; background: var(--card); z-index: 3; }
.skip:focus { top: .6rem; }

.top, .foot { width: 100%; max-width: 72rem; margin: 0 auto; }
main { width: 100%; max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 3.5rem; }
.wide > main { max-width: 72rem; }
.top {
  display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem 2rem;
  padding: 1rem 1.25rem .85rem;
}
.top::after { content: ""; flex: 0 0 100%; height: 3px; margin-top: .35rem; border: solid var(--rule); border-width: 1px 0; opacity: .85; }
.top nav { display: flex; flex-wrap: wrap; gap: .15rem 1.25rem; font-size: .9rem; }
.top nav a { padding: .15rem 0; color: var(--muted); text-decoration: none; }
.top nav a:hover { color: var(--ink); text-decoration: underline; text-decoration-thickness: 1px; }
.top nav [aria-current] { color: var(--ink); font-weight: 600; box-shadow: inset 0 -2px var(--bell); }
.brand {
  display: inline-flex; align-items: center; gap: .5rem; color: var(--ink); text-decoration: none;
  font: 400 1.45rem/1 var(--serif); letter-spacing: -.01em;
}
.brand:hover span { text-decoration: underline; text-decoration-thickness: 1px; }
.bell { color: var(--bell); flex: none; }
.foot { padding: 0 1.25rem 2.5rem; color: var(--muted); font-size: .85rem; }
.foot::before { content: ""; display: block; margin: 0 0 1rem; border-top: 1px solid var(--line); }
.foot p { margin: 0; }
.foot a { color: inherit; }

h1, h2, h3 { font-weight: 400; text-wrap: balance; }
h1, h2 { font-family: var(--serif); }
h1 { margin: 0 0 .9rem; font-size: clamp(1.65rem, 1.25rem + 1.9vw, 2.4rem); line-height: 1.16; letter-spacing: -.012em; }
h2 { margin: 2.8rem 0 .8rem; font-size: 1.45rem; line-height: 1.25; letter-spacing: -.005em; }
h2 a, h1 a { color: inherit; text-decoration-color: var(--line); }
h3 {
  margin: 1.6rem 0 .35rem; font-size: .75rem; font-weight: 700; line-height: 1.5;
  letter-spacing: .08em; text-transform: uppercase; color: var(--muted);
}
p { margin: 0 0 .9rem; max-width: 40rem; }
ul, ol { margin: 0 0 .9rem; padding-left: 1.3rem; }
li { margin: 0 0 .3rem; }
code, kbd { font: .85em/1.6 var(--mono); }
kbd { padding: .05em .45em; border: 1px solid var(--control); border-bottom-width: 2px; border-radius: .25em; background: var(--card); }
hr { height: 0; margin: 2.4rem 0; border: 0; border-top: 1px solid var(--line); }

table { width: 100%; border-collapse: collapse; font-size: .92rem; line-height: 1.45; font-variant-numeric: tabular-nums; }
caption { margin: 0 0 .5rem; text-align: start; color: var(--muted); font-size: .9rem; }
th, td { padding: .55rem 1rem .55rem 0; border-top: 1px solid var(--line); text-align: start; vertical-align: top; }
th:last-child, td:last-child { padding-right: 0; }
tbody th { font-weight: 400; }
thead th { border-top: 0; border-bottom: 1px solid var(--rule); padding-top: 0; color: var(--muted); font-size: .78rem; font-weight: 600; letter-spacing: .02em; }
thead + tbody > tr:first-child > * { border-top: 0; }
.number { text-align: end; white-space: nowrap; }

.page-head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .4rem 2rem; margin: 0 0 1.6rem; }
.page-head h1 { margin: 0; }
.tabs { display: flex; flex-wrap: wrap; gap: 0 1.5rem; margin: 0 0 1.4rem; border-bottom: 1px solid var(--line); font-size: .95rem; }
.tabs a { margin-bottom: -1px; padding: .45rem 0; border-bottom: 2px solid transparent; color: var(--muted); text-decoration: none; }
.tabs a:hover { color: var(--ink); border-color: var(--line); }
.tabs [aria-current] { color: var(--ink); border-color: var(--bell); font-weight: 600; }
.tag { display: inline-block; padding: .05rem .5rem; border: 1px solid var(--line); border-radius: 1rem; color: var(--muted); font-size: .8rem; line-height: 1.5; white-space: nowrap; }
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

.exposure { width: 100%; max-width: 32rem; border-collapse: collapse; font-size: .95rem; font-variant-numeric: tabular-nums; }
.exposure caption { margin: 0 0 .5rem; text-align: left; color: var(--muted); font-size: .9rem; }
.exposure th, .exposure td { padding: .5rem 0 .5rem 1rem; border-top: 1px solid var(--line); vertical-align: top; text-align: right; }
.exposure th:first-child { padding-left: 0; text-align: left; font-weight: 400; }
.exposure thead th { border: 0; padding-bottom: .2rem; color: var(--muted); font-size: .85rem; font-weight: 400; }
.exposure .aside { display: block; }

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

.lead { font-size: 1.1rem; }
.ways { display: flex; flex-wrap: wrap; align-items: center; gap: .8rem 1.5rem; margin: 1.4rem 0 0; }
.message { padding: .5rem 0 1rem; }
.message form { margin: 1.5rem 0 0; }
.message .other { margin-top: 2rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
.other .aside { margin: .6rem 0 0; }
.place { display: inline-block; }
.names { font-size: 1.05rem; }
.steps li { margin: 0 0 1rem; }
.call { display: block; margin: .4rem 0; padding: .5rem .75rem; background: var(--tint); border-radius: .3rem; white-space: pre-wrap; }
.message .after { margin-top: 1.5rem; }

@media (min-width: 40rem) {
  .top { padding: 1.4rem 2rem .9rem; }
  main { padding: 3rem 2rem 5rem; }
  .foot { padding: 0 2rem 3rem; }
  .captures:has(> :nth-child(2)) { grid-template-columns: 1fr 1fr; }
  .changes li { display: grid; grid-template-columns: minmax(0, 1fr) max-content; column-gap: 1.5rem; align-items: baseline; }
  .changes .aside { grid-column: 1 / -1; }
}
`;
