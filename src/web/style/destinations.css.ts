/** Places that alerts go to: lists of them, how each does, what is done with one. */
export const destinations = `.in-destinations {
  .standing { display: inline-flex; align-items: center; gap: .45rem; white-space: nowrap; font-weight: 600; font-size: .95rem; }
  .standing-good { color: var(--added); }
  .standing-wait { color: var(--medium); }
  .standing-bad { color: var(--high); }
  .kinds { margin: 0; padding: 0; list-style: none; border-top: 1px solid var(--line); }
  .kinds li { display: grid; gap: .15rem 1.5rem; margin: 0; padding: .9rem 0; border-bottom: 1px solid var(--line); }
  .kinds a { font: 1.15rem/1.4 var(--serif); }
  .kinds span { color: var(--muted); font-size: .95rem; }
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
  .last-act { max-width: none; margin: 2.6rem 0 0; padding-top: 1.1rem; border-top: 1px solid var(--line); font-size: .92rem; }
  .after-list { margin-top: 1.5rem; }
  @media (min-width: 40rem) {
    .kinds li { grid-template-columns: 11rem minmax(0, 1fr); align-items: baseline; }
  }
}
`;
