import type { Site } from '../frame/site.js';
import { trialDays } from './watchlist-draft.js';
import { TrialPart, type TrialResult } from './trial-part.js';

/**
 * What the watchlist in the form around it would have sent. With a script it is asked once the panel is seen, so that the page
 * is painted first, and anew as the form changes; without one by its button.
 */
export function TrialPanel({ site, days, result }: { site: Site; days: string; result: TrialResult | null }) {
  return (
    <aside class="panel trial" aria-labelledby="trial-title">
      <h2 id="trial-title">What it would have sent</h2>
      <p class="sentence">
        <label class="blank">
          <span>Try it on the last</span>{' '}
          <select name="days">
            {trialDays.map((one) => (
              <option key={one} value={one} selected={one === days}>
                {one} days
              </option>
            ))}
          </select>
        </label>
      </p>
      <button name="do" value="try" class="quiet" formnovalidate>
        Try it
      </button>
      <div
        id="trial-result"
        aria-live="polite"
        data-hx-post={`${site.base}/watchlists/trial`}
        data-hx-trigger={`${result === null ? 'intersect once, ' : ''}input from:#editor delay:500ms, change from:#editor delay:500ms`}
        data-hx-sync="this:replace"
      >
        {result && <TrialPart site={site} days={days} result={result} />}
      </div>
    </aside>
  );
}
