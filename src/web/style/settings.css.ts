/** Settings: hours by weekday, use of a plan, the end of an account. */
export const settings = `.in-settings {
  .zone-form .ways { margin-top: 0; }
  .zone-guess:disabled { visibility: hidden; }
  .span { display: flex; flex-wrap: wrap; gap: 0 1.2rem; }
  .span .field { margin: 0 0 .4rem; }
  .span input:not([type=radio]) { width: 9rem; }
  #quiet:has([value=off]:checked) ~ :is(.span, .hint, .days, #breakThrough) { display: none; }
  .day-table tr:not(:has(option[value=own]:checked)) input { visibility: hidden; }
  .days { margin: 0 0 1.3rem; }
  .days summary { cursor: pointer; padding: .3rem 0; }
  .day-table { border-collapse: collapse; font-size: .95rem; }
  .day-table th, .day-table td { padding: .25rem .8rem .25rem 0; text-align: left; font-weight: 400; vertical-align: baseline; }
  .day-table thead th { color: var(--muted); font-size: .85rem; }
  .day-table select, .day-table input:not([type=radio]) { width: auto; padding: .35rem .5rem; font-size: .92rem; }
  .day-table .fault { display: block; max-width: 14rem; }
  .made { margin: 0 0 1.6rem; }
  .inline-form { margin: 0 0 2rem; }
  .uses { display: grid; gap: 1.2rem 2rem; margin: 1.2rem 0 0; }
  .use p { display: flex; justify-content: space-between; gap: 1rem; margin: 0 0 .3rem; max-width: none; }
  .count { font-variant-numeric: tabular-nums; color: var(--muted); }
  .bar { display: block; width: 100%; height: .5rem; border-radius: .25rem; }
  .bar-ground { fill: var(--line); }
  .bar-part { fill: var(--link); }
  .bar.full .bar-part { fill: var(--high); }
  .use .aside { margin: .3rem 0 0; }
  @media (min-width: 40rem) {
    .uses { grid-template-columns: 1fr 1fr; }
  }
  @media (max-width: 30rem) {
    .day-table, .day-table tbody, .day-table tr { display: block; }
    .day-table thead { display: none; }
    .day-table tr { display: grid; grid-template-columns: 1fr 1fr; padding: .4rem 0; border-bottom: 1px solid var(--line); }
    .day-table th, .day-table td { padding: .15rem .5rem .15rem 0; }
    .day-table tr:not(:has(option[value=own]:checked)) td:has(input) { display: none; }
  }
}
`;
