import { times } from '../../domain/wording.js';
import type { Site } from '../frame/site.js';
import { Moment } from './words.js';

type Became = {
  /** RFC 3339; null while it stands. */
  revertedAt: string | null;
  /** The change that undid it, where it is known. */
  undoneBy?: string | null;
  retracted: { at: string; reason: string | null } | null;
  correction?: number;
  flapping?: { since: string; times: number } | null;
};

/** What became of a change since it was told. */
export function BecameNotes({ site, became }: { site: Site; became: Became }) {
  const { revertedAt, undoneBy = null, retracted, correction = 0, flapping = null } = became;
  return (
    <>
      {retracted !== null && (
        <p class="note">
          <strong>Retracted.</strong> The archive took this change back on <Moment at={retracted.at} />: what
          it tells was wrong.{retracted.reason !== null && ` ${retracted.reason}`}
        </p>
      )}
      {revertedAt !== null && (
        <p class="note">
          <strong>Went back.</strong> The clause was as before again on <Moment at={revertedAt} />
          {undoneBy !== null && (
            <>
              , by <a href={`${site.base}/changes/${undoneBy}`}>a later change</a>
            </>
          )}
          .
        </p>
      )}
      {flapping !== null && (
        <p class="note">
          <strong>Back and forth.</strong> It went back {times(flapping.times)} since{' '}
          <Moment at={flapping.since} />. What it does next is told once it has rested for 48 hours.
        </p>
      )}
      {correction > 0 && (
        <p class="note">
          <strong>Corrected.</strong> The archive first told this change differently, and corrected it.
        </p>
      )}
    </>
  );
}
