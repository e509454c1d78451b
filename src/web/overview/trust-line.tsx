import type { SightingsService } from '../../coverage/sightings.service.js';
import { agoWords } from '../../domain/local-words.js';
import { plural } from '../../domain/wording.js';
import type { Site } from '../frame/site.js';

export type Sightings = Awaited<ReturnType<SightingsService['counts']>>;

/** What makes silence worth something: how much is watched, how lately it was seen, and what was not. */
export function TrustLine({ site, counts }: { site: Site; counts: Sightings }) {
  const { documents, seenToday, newest, unreachable, unverified, oldestUnverified, unknown, at } = counts;
  const now = at.toISOString();
  const coverage = `${site.base}/coverage`;
  return (
    <p class="trust">
      <a href={coverage}>{plural(documents, 'document', 'documents')} followed</a>, {seenToday} verified in
      the last day
      {newest !== null && (
        <>
          , the newest look <time dateTime={newest.toISOString()}>{agoWords(newest.toISOString(), now)}</time>
        </>
      )}
      .
      {unreachable > 0 && (
        <>
          {' '}
          <a class="alarm" href={coverage}>
            {unreachable} out of sight
          </a>
          .
        </>
      )}
      {unverified > 0 && oldestUnverified !== null && (
        <>
          {' '}
          <a class="alarm" href={coverage}>
            {unverified} not checked for a long time
          </a>
          , the oldest {agoWords(oldestUnverified.toISOString(), now)}.
        </>
      )}
      {unknown > 0 && unknown === documents && ' The archive does not say when it looked.'}
      {unknown > 0 && unknown < documents && ` Of ${unknown} the archive does not say when it looked.`}
    </p>
  );
}
