/** What every page is made of: type, the frame, its heading, pages that say one thing. Narrow screens first. */
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
main { width: 100%; max-width: 72rem; margin: 0 auto; padding: 2rem 1.25rem 3.5rem; }
body:not(.wide) > main > :not(p) { max-width: 44rem; }
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
.foot { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .3rem 2rem; padding: 0 1.25rem 2.5rem; color: var(--muted); font-size: .85rem; }
.foot::before { content: ""; flex: 0 0 100%; margin: 0 0 .7rem; border-top: 1px solid var(--line); }
.foot p, .signed-in { margin: 0; }
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

.page-head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .5rem 2rem; margin: 0 0 1.4rem; }
.page-head > div { flex: 0 1 46rem; min-width: 0; }
.page-head > h1, .page-head > p, .page-head > div > :last-child { margin-bottom: 0; }
.tabs { display: flex; flex-wrap: wrap; gap: 0 1.5rem; margin: 0 0 1.4rem; border-bottom: 1px solid var(--line); font-size: .95rem; }
.tabs a { margin-bottom: -1px; padding: .45rem 0; border-bottom: 2px solid transparent; color: var(--muted); text-decoration: none; }
.tabs a:hover { color: var(--ink); border-color: var(--line); }
.tabs + h1 { margin-top: 1.9rem; }
.tabs [aria-current] { color: var(--ink); border-color: var(--bell); font-weight: 600; }
.lead { font-size: 1.1rem; }
.ways { display: flex; flex-wrap: wrap; align-items: center; gap: .7rem 1.2rem; margin: 1.4rem 0; }
.ways:last-child { margin-bottom: 0; }
.message { padding: .5rem 0 1rem; }
.message form { margin: 1.5rem 0 0; }
.message .other { margin-top: 2rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
.other .aside { margin: .6rem 0 0; }
.place { display: inline-block; }
.names { font-size: 1.05rem; }
.steps li { margin: 0 0 1rem; }
.message .after { margin-top: 1.5rem; }

@media (min-width: 40rem) {
  .top { padding: 1.4rem 2rem .9rem; }
  main { padding: 3rem 2rem 5rem; }
  .foot { padding: 0 2rem 3rem; }
}
`;
