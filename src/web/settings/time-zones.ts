/** The zones that this machine knows, by name. UTC stands first: it is what an account begins with. */
export const timeZones: readonly string[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
];
