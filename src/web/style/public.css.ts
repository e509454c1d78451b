/** The landing page, and lists of changes by day. */
export const publicPages = `.in-public {
  .hero { max-width: 46rem; margin: 0 0 2.5rem; }
  .hero h1 { font-size: clamp(2.1rem, 1.4rem + 3.2vw, 3.6rem); line-height: 1.06; letter-spacing: -.022em; }
  .lead { max-width: 38rem; }
  .specimen { padding: 1.4rem 1.25rem 1.2rem; border: 1px solid var(--line); border-top: 3px solid var(--bell); border-radius: .2rem; background: var(--card); }
  .specimen h2 { margin: .1rem 0 .5rem; }
  .specimen .diff { margin: 1rem 0; max-width: 46rem; }
  .specimen .label { margin: 0; color: var(--muted); font-size: .9rem; }
  .specimen .source { margin: 0; padding: .8rem 0 0; border-top: 1px solid var(--line); color: var(--muted); font-size: .85rem; max-width: none; }
  .does { display: grid; gap: 1.2rem 2.5rem; margin: 2.8rem 0 0; padding: 0; list-style: none; }
  .does li { margin: 0; padding: .8rem 0 0; border-top: 1px solid var(--rule); }
  .does strong { display: block; font: 400 1.2rem/1.4 var(--serif); }
  .landing { display: grid; gap: 0 4rem; }
  .landing > * { min-width: 0; }
  .day { margin: 2rem 0 .6rem; font-size: 1.15rem; }
  @media (min-width: 48rem) {
    .does { grid-template-columns: repeat(3, 1fr); }
    .specimen { padding: 2rem 2.2rem 1.4rem; }
  }
  @media (min-width: 64rem) { .landing { grid-template-columns: 1fr 1fr; } }
}
`;
