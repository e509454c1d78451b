/** Signing in and out. */
export const signIn = `.foot { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .3rem 2rem; }
.signed-in { margin: 0; }
.as-link {
  padding: 0; border: 0; background: none; color: var(--link); font: inherit; text-decoration: underline; text-underline-offset: .15em;
}
.as-link:hover { text-decoration-thickness: 2px; }
.door { max-width: 30rem; padding: .5rem 0 1rem; }
.door form { margin: 1.6rem 0 0; }
.door .aside { margin: 1.8rem 0 0; padding-top: 1.2rem; border-top: 1px solid var(--line); }
.door .said { margin-bottom: 1.6rem; }
.door .mail-facts { margin: 1.2rem 0 0; padding-left: 1.2rem; }
.door .mail-facts li { margin: 0 0 .5rem; }
`;
