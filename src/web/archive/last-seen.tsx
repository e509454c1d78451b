import { Moment } from '../parts/words.js';

type Seen = { lastVerified: string | null; unreachable: { since: string } | null };

/** When the archive last saw a document, or since when it cannot. */
export function LastSeen({ seen: { lastVerified, unreachable } }: { seen: Seen }) {
  if (unreachable !== null) {
    return (
      <>
        <strong>Out of sight</strong> since <Moment at={unreachable.since} />
      </>
    );
  }
  return lastVerified === null ? <>The archive has not said</> : <Moment at={lastVerified} />;
}
