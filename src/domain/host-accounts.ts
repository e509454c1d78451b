/** How the accounts of the archive that this installation belongs to are told: by JWTs that it signs. */
export type HostAccounts = Readonly<{
  jwksUrl: string;
  issuer: string;
  audience: string;
  /** The cookie in which its pages keep the token; null for none. */
  cookie: string | null;
  /** Where people sign in there, in place of an emailed link; `{next}` stands for the address to come back to. */
  signInUrl: string | null;
}>;

/** @returns null when nothing is set, and what is wrong, in one line, when a part is missing */
export function hostAccountsOf(given: {
  [Part in keyof HostAccounts]: HostAccounts[Part] | null;
}): HostAccounts | null | string {
  const { jwksUrl, issuer, audience, cookie, signInUrl } = given;
  if (Object.values(given).every((part) => part === null)) return null;
  if (jwksUrl !== null && issuer !== null && audience !== null) {
    return Object.freeze({ jwksUrl, issuer, audience, cookie, signInUrl });
  }
  const needless = [cookie !== null && 'AUTH_COOKIE', signInUrl !== null && 'AUTH_SIGN_IN_URL'].filter(
    Boolean,
  );
  const without = needless.length === 0 ? '' : `, and ${needless.join(' and ')} only with them`;
  return `AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE go together: set all three or none${without}`;
}
