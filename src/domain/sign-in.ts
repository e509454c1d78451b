/** How long a link that signs in works. */
export const signInMinutes = 15;

/**
 * Asked for by whoever typed an address into the page of signing in. `link`: signs the owner of an account in. `sign-up`:
 * there is none, and the link makes one. `no-account`: there is none, and the operator makes them.
 */
export type SignInContent = {
  kind: 'sign-in';
  purpose: 'link' | 'sign-up' | 'no-account';
  archiveName: string;
};
