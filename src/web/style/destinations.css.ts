/** Places that alerts go to: lists of them, how each does, what is done with one. */
export const destinations = `.title-row { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .4rem 1.5rem; margin: 0 0 .9rem; }
.title-row h1 { margin: 0; }
.title-row .button { padding: .5rem .9rem; font-size: .92rem; }
.places { margin: 0 0 1.2rem; padding: 0; list-style: none; border-top: 1px solid var(--line); }
.place-row { display: grid; grid-template-columns: minmax(0, 1fr); gap: .3rem 1.5rem; margin: 0; padding: .85rem 0; border-bottom: 1px solid var(--line); }
.place-main, .place-state { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .7rem; min-width: 0; }
.place-main .aside { min-width: 0; }
.place-name { font: 400 1.1rem/1.4 var(--serif); }
.place-why { margin: 0; max-width: none; font-size: .92rem; color: var(--muted); }
.standing { display: inline-flex; align-items: center; gap: .45rem; white-space: nowrap; font-weight: 600; font-size: .95rem; }
.standing-good { color: var(--added); }
.standing-wait { color: var(--medium); }
.standing-bad { color: var(--high); }
.state { margin: 0 0 1.6rem; padding: 1rem 1.1rem; background: var(--page); border-radius: .35rem; }
.state p { margin: .4rem 0 0; }
.acts { display: flex; flex-wrap: wrap; gap: .6rem; margin: .9rem 0 0; }
.acts button, .acts .button, .table-wrap button { padding: .5rem .9rem; font-size: .92rem; }
.acts.small { margin: 0; }
.small-button, .acts.small .button, .table-wrap .small-button { padding: .3rem .7rem; font-size: .85rem; font-weight: 400; white-space: nowrap; overflow-wrap: normal; }
.kinds { margin: 0; padding: 0; list-style: none; border-top: 1px solid var(--line); }
.kinds li { display: grid; gap: .15rem 1.5rem; margin: 0; padding: .9rem 0; border-bottom: 1px solid var(--line); }
.kinds a { font: 1.15rem/1.4 var(--serif); }
.kinds span { color: var(--muted); font-size: .95rem; }
.tabs { display: flex; flex-wrap: wrap; gap: .1rem 1.3rem; margin: 0 0 1.6rem; border-bottom: 1px solid var(--line); font-size: .92rem; }
.tabs a { padding: .35rem 0 .45rem; color: var(--muted); text-decoration: none; border-bottom: 2px solid transparent; }
.tabs a:hover { color: var(--ink); }
.tabs [aria-current] { color: var(--ink); font-weight: 600; border-bottom-color: var(--high); }
.choices legend { padding: 0; }
#which:has([value=all]:checked) + #types { display: none; }
#types .hint { display: inline; margin: 0 0 0 .6rem; }
.howto li { margin: 0 0 .35rem; }
.workspaces { display: flex; flex-wrap: wrap; gap: .2rem .9rem; }
.workspaces [aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
.search-row { display: flex; align-items: end; gap: .6rem; margin: 0 0 1rem; max-width: 28rem; }
.search-row .field { flex: 1; margin: 0; }
.search-row button { padding: .55rem .9rem; }
.channel-list { max-height: 17rem; overflow-y: auto; max-width: 28rem; padding: .3rem .7rem; border: 1px solid var(--line); border-radius: .3rem; }
.channel-list:empty { display: none; }
.channel-list .choice .hint { display: inline; margin: 0 0 0 .6rem; }
.secret { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem; max-width: none; padding: .8rem 1rem; background: var(--page); border-radius: .3rem; }
.secret code { font-size: .95rem; user-select: all; word-break: break-all; }
.code { margin: 0 0 1rem; padding: .9rem 1rem; background: var(--page); border-radius: .3rem; overflow-x: auto; }
.code code { overflow-wrap: normal; }
.table-wrap { overflow-x: auto; margin: 0 0 1rem; }
.rows { width: 100%; border-collapse: collapse; font-size: .92rem; line-height: 1.45; font-variant-numeric: tabular-nums; }
.rows td, .rows th { overflow-wrap: break-word; }
.rows caption { margin: 0 0 .4rem; text-align: left; color: var(--muted); }
.rows th, .rows td { padding: .5rem 1rem .5rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
.rows thead th, .rows thead td { border-top: 0; color: var(--muted); font-size: .85rem; }
.rows th:last-child, .rows td:last-child { padding-right: 0; }
.danger { color: var(--high); }
button.danger { border-color: var(--high); background: none; }
.last-act { max-width: none; margin: 2.6rem 0 0; padding-top: 1.1rem; border-top: 1px solid var(--line); font-size: .92rem; }
.after-list { margin-top: 1.5rem; }
@media (min-width: 40rem) {
  .place-row { grid-template-columns: minmax(0, 1fr) max-content; align-items: baseline; }
  .place-state { flex-direction: column; align-items: end; text-align: right; }
  .place-why { grid-column: 1 / -1; }
  .kinds li { grid-template-columns: 11rem minmax(0, 1fr); align-items: baseline; }
}
`;
