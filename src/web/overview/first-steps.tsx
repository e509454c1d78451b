import { plural } from '../../domain/wording.js';
import type { Visit } from '../frame/visit.js';
import { FollowButton } from '../watchlists/follow-button.js';
import { Name } from '../parts/words.js';
import type { Overview } from './overview-reader.js';

type FirstStepsProps = {
  visit: Visit;
  destinations: Overview['destinations'];
  mostChanged: Overview['mostChanged'];
};

/** What to do while nothing is followed: instead of empty charts. */
export function FirstSteps({ visit, destinations, mostChanged }: FirstStepsProps) {
  const { site } = visit;
  const active = destinations.filter(({ status }) => status === 'active');
  return (
    <ol class="first-steps">
      <li>
        <h2>Follow something</h2>
        <p>An entity, one of its documents, a single clause, or a kind of clause wherever it stands.</p>
        <form class="first-search" role="search" action={`${site.base}/search`}>
          <label for="first-search">Search the archive</label>
          <input id="first-search" type="search" name="q" placeholder="arbitration, a company, a document" />
          <button>Search</button>
        </form>
        {mostChanged.length > 0 && (
          <>
            <h3>Changed most in half a year</h3>
            <ul class="offered">
              {mostChanged.map((entity) => (
                <Offered key={entity.id} visit={visit} entity={entity} />
              ))}
            </ul>
          </>
        )}
      </li>
      <li>
        <h2>Choose how to be told</h2>
        <p>
          {active.length === 0
            ? 'Nothing arrives anywhere yet: confirm your address, or add Slack, Teams or a webhook.'
            : `Alerts go to ${active.length === 1 ? 'one place' : `${active.length} places`} so far. Add Slack, Teams or a webhook, or leave it at that.`}
        </p>
        <p>
          <a class="button quiet" href={`${site.base}/destinations`}>
            See destinations
          </a>
        </p>
      </li>
      <li>
        <h2>See what it would have sent</h2>
        <p>
          A watchlist says which changes you want to hear of. Beside its rule you see what it would have sent
          in the last months, before it sends anything.
        </p>
        <p>
          <a class="button quiet" href={`${site.base}/watchlists/new`}>
            Make a watchlist
          </a>
        </p>
      </li>
    </ol>
  );
}

type OfferedProps = { visit: Visit; entity: Overview['mostChanged'][number] };

/** An entity to begin with. */
function Offered({ visit, entity: { id, name, changes, high } }: OfferedProps) {
  return (
    <li>
      <a href={`${visit.site.base}/entities/${encodeURIComponent(id)}`}>
        <Name text={name} />
      </a>
      <span class="aside">
        {plural(changes, 'change', 'changes')}
        {high > 0 && `, ${high} high`}
      </span>
      <FollowButton visit={visit} target={{ kind: 'entity', key: id }} name={name} />
    </li>
  );
}
