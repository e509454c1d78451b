/** A followed document can't be seen any more, or can be again. */
export type CoverageContent = {
  kind: 'coverage';
  archiveName: string;
  about: 'lost' | 'back';
  /** `unverified`: nobody looked at it for too long. `unreachable`: the archive looked and could not see it. */
  cause: 'unverified' | 'unreachable';
  entity: { id: string; name: string };
  document: { id: string; title: string; url: string | null };
  /** RFC 3339 UTC: when the archive last saw it; null when it never said. */
  lastVerified: string | null;
  /** RFC 3339 UTC: since when it is unreachable, or was. */
  since: string;
  /** What the archive says of the fault; null when it does not. */
  detail: string | null;
  /** The page of the document. */
  url: string;
};
