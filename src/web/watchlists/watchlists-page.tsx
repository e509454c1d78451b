import { cadenceWords, ruleWords } from '../../domain/watchlist-words.js';
import type { Destination } from '../../destinations/destination.js';
import type { PlanUse } from '../../watchlists/plan-use.service.js';
import type { ListedWatchlist } from '../../watchlists/watchlist-listing.service.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Member, Visit } from '../frame/visit.js';
import { destinationWords } from '../parts/destination-name.js';
import { LocalMoment } from '../parts/local-moment.js';
import { Pager } from '../parts/pager.js';
import { Said } from '../parts/said.js';
import { Name } from '../parts/words.js';
import { followSentences } from './follow-button.js';
import { isFull, PlanNote } from './plan-note.js';

const sentences = {
  ...followSentences,
  removed: 'The watchlist is deleted. Its alerts stay in your inbox.',
  imported: 'Imported.',
} as const;

type WatchlistsPage = {
  visit: Visit;
  member: Member;
  items: readonly ListedWatchlist[];
  nextHref: string | null;
  destinations: readonly Destination[];
  use: PlanUse;
  said: unknown;
};

/** Every watchlist of a member: what it tells, when, where, and how it has been. */
export function watchlistsPage({
  visit,
  member,
  items,
  nextHref,
  destinations,
  use,
  said,
}: WatchlistsPage): string {
  const { base } = visit.site;
  return pageOf(
    <Layout visit={visit} area="watchlists" title="Watchlists" wide>
      <h1>Watchlists</h1>
      <Said code={said} sentences={sentences} />
      <p class="ways">
        {!isFull(member.tier, use, 'watchlists') && (
          <a class="button" href={`${base}/watchlists/new`}>
            New watchlist
          </a>
        )}
        <a href={`${base}/watchlists/import`}>Import and export</a>
        <a href={`${base}/mutes`}>Mutes</a>
      </p>
      {items.length === 0 ? (
        <p class="empty">
          You watch nothing yet. A watchlist says what to hear of, how often, and where: make one, or press
          Follow on any entity, document or clause of <a href={`${base}/search`}>the archive</a>.
        </p>
      ) : (
        <ul class="lists">
          {items.map((one) => (
            <Listed key={one.id} base={base} one={one} member={member} destinations={destinations} />
          ))}
        </ul>
      )}
      <Pager href={nextHref} words="More watchlists" />
      <PlanNote site={visit.site} tier={member.tier} use={use} of={['watchlists', 'follows']} />
    </Layout>,
  );
}

type ListedProps = {
  base: string;
  one: ListedWatchlist;
  member: Member;
  destinations: readonly Destination[];
};

function Listed({ base, one, member, destinations }: ListedProps) {
  const { id, name, rule, cadence, confirmAfter, follows, lastAlert, snoozedUntil } = one;
  const to = destinations.filter((destination) => one.destinationIds.includes(destination.id));
  return (
    <li>
      <h2>
        <a href={`${base}/watchlists/${id}`}>
          <Name text={name} />
        </a>
      </h2>
      <p class="rule">{ruleWords(rule)}.</p>
      <dl class="traits">
        <div>
          <dt>When</dt>
          <dd>
            {cadenceWords(cadence, confirmAfter)}
            {snoozedUntil !== null && (
              <strong class="snoozed">
                {' '}
                Snoozed until <LocalMoment at={snoozedUntil} zone={member.timeZone} />
              </strong>
            )}
          </dd>
        </div>
        <div>
          <dt>Where</dt>
          <dd>{to.length === 0 ? 'Only your inbox' : to.map(destinationWords).join(', ')}</dd>
        </div>
        <div>
          <dt>Follows</dt>
          <dd>{follows === 0 ? 'nothing yet' : follows.toLocaleString('en')}</dd>
        </div>
        <div>
          <dt>Last alert</dt>
          <dd>
            {lastAlert === null ? (
              'none lately'
            ) : (
              <a href={`${base}/alerts/${lastAlert.id}`}>
                <LocalMoment at={lastAlert.at} zone={member.timeZone} />
              </a>
            )}
          </dd>
        </div>
      </dl>
    </li>
  );
}
