/** Signing in and out: narrow, with one thing to do. */
export const signIn = `.in-door {
  .door { max-width: 30rem; padding: .5rem 0 1rem; }
  .door form { margin: 1.6rem 0 0; }
  .door .aside { margin: 1.8rem 0 0; padding-top: 1.2rem; border-top: 1px solid var(--line); }
  .said { margin-bottom: 1.6rem; }
  .mail-facts { margin: 1.2rem 0 0; padding-left: 1.2rem; }
  .mail-facts li { margin: 0 0 .5rem; }
}
`;
