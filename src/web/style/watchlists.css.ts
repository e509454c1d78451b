/** Watchlists: the follow button, the rule as a sentence, the backtest beside it, follows. */
export const watchlists = `.in-watchlists {
  .lists { margin: 2rem 0 0; padding: 0; list-style: none; }
  .lists > li { margin: 0; padding: 1.2rem 0; border-top: 1px solid var(--line); }
  .lists h2 { margin: 0 0 .2rem; font-size: 1.25rem; }
  .lists .rule { margin: 0 0 .7rem; }
  .traits { display: grid; grid-template-columns: 1fr 1fr; gap: .6rem 1.5rem; margin: 0; font-size: .9rem; line-height: 1.45; }
  .traits dt { color: var(--muted); font-size: .8rem; }
  .traits dd { margin: 0; min-width: 0; }
  .snoozed { display: block; color: var(--medium); }

  .editor { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem 3rem; margin: 1.5rem 0 0; }
  .editor h2 { margin: 2rem 0 .6rem; }
  .editor > .unseen { left: 0; }
  .sentence { margin: 0 0 .5rem; font: 1.1rem/2.5 var(--serif); max-width: none; }
  .blank { white-space: normal; }
  .blank span { margin-right: .15rem; }
  .sentence select, .sentence input { display: inline-block; width: auto; max-width: 100%; padding: .3rem .5rem; font-size: 1rem; }
  .sentence input[type=number] { width: 5rem; }
  .editor:has([name=mode] option[value=instant]:checked) :is(.for-days, .for-weekly, .for-digests),
  .editor:has([name=mode] option[value=hourly]:checked) :is(.for-days, .for-weekly),
  .editor:has([name=mode] option[value=daily]:checked) .for-weekly,
  .editor:not(:has([name=mode] option[value=instant]:checked)) .for-instant:not(:has([aria-invalid], :not([value=""])[name=confirmAfter])) { display: none; }
  .editor .choices { margin: .8rem 0 1.4rem; }
  .trial { min-width: 0; font-size: .95rem; }
  .trial h2 { margin: 0 0 .3rem; font-size: 1.25rem; }
  @media (scripting: enabled) { .trial button[value=try] { display: none; } }
  #trial-result { min-height: 14rem; margin-top: .8rem; }
  .trial-total strong { font: 1.35rem/1.3 var(--serif); }
  .weeks { margin: 1rem 0; }
  .weeks svg { display: block; width: 100%; height: 4.5rem; fill: var(--link); }
  .weeks rect.none { fill: var(--control); }
  .weeks figcaption { display: flex; justify-content: space-between; margin: .3rem 0 .5rem; color: var(--muted); font-size: .8rem; }
  .weeks summary, .by-key summary { font-size: .9rem; }
  .trial-items { margin: 1rem 0; padding: 0; list-style: none; border-top: 1px solid var(--line); }
  .trial-items > li { margin: 0; padding: .7rem 0; border-bottom: 1px solid var(--line); }
  .trial-items ul { margin: 0; padding: 0; list-style: none; }
  .trial-items .move { font-size: .85rem; }
  .trial-items .aside { display: block; font-size: .82rem; }
  .trial-when { margin: 0 0 .2rem; color: var(--muted); font-size: .82rem; }

  .follows { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem 3rem; }
  .follow-table .key { display: block; color: var(--muted); }
  .picker h3 { margin-top: 0; }
  .found { padding: 0; list-style: none; }
  .found li { display: flex; gap: .7rem; align-items: baseline; padding: .25rem 0; }
  .by-key { margin: .8rem 0 1.2rem; }
  .by-key > .sentence { margin-top: .5rem; }
  .upkeep { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0 3rem; margin-top: 2.5rem; border-top: 1px solid var(--line); font-size: .95rem; }
  .upkeep .ways form { margin: 0; }

  @media (max-width: 39.99rem) {
    .traits > :nth-child(2) { grid-column: 1 / -1; grid-row: 2; }
    .follow-table thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .follow-table tr { display: grid; grid-template-columns: 2rem minmax(0, 1fr) auto; border-top: 1px solid var(--line); }
    .follow-table :is(td, tbody th) { border: 0; }
    .follow-table td:last-child { display: none; }
  }
  @media (min-width: 40rem) {
    .traits { grid-template-columns: 1.3fr 1.7fr .7fr 1fr; }
    .upkeep { grid-template-columns: 1fr 1fr 1fr; }
  }
  @media (min-width: 64rem) {
    .editor { grid-template-columns: minmax(0, 1fr) 26rem; align-items: start; }
    .follows { grid-template-columns: minmax(0, 1fr) 26rem; }
    .trial { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow-y: auto; }
  }
}
`;
