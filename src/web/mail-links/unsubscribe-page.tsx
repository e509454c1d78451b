import type { ComponentChildren } from 'preact';
import { messagePage } from '../frame/message-page.js';
import type { Visit } from '../frame/visit.js';
import type { Subscription } from './unsubscribe.service.js';
import { Name } from '../parts/words.js';

/** Asks before anything stops: mail scanners open every link, and must stop nothing by it. */
export function unsubscribePage(visit: Visit, subscription: Subscription): string {
  const { place, watchlists, isOpen } = subscription;
  if (!isOpen) return nothingSentPage(visit, place);
  return messagePage(
    visit,
    'Stop these alerts?',
    <>
      {watchlists.length === 0 ? (
        <p>The alerts of this mail are stopped already. Others may still go to {address(place)}.</p>
      ) : (
        <>
          <p>
            Alerts of {watchlists.length === 1 ? 'this watchlist' : 'these watchlists'} go to {address(place)}
            :
          </p>
          <Names names={watchlists} />
          <form method="post">
            <input type="hidden" name="List-Unsubscribe" value="One-Click" />
            <button type="submit">Stop these alerts to this address</button>
          </form>
        </>
      )}
      <form method="post" class="other">
        <input type="hidden" name="all" value="1" />
        <button type="submit" class="quiet">
          Stop all mail to this address
        </button>
        <p class="aside">Alerts of every watchlist, until you put the address back to work.</p>
      </form>
    </>,
  );
}

/** Says what was stopped, and how to take it back. */
export function unsubscribedPage(visit: Visit, subscription: Subscription, all: boolean): string {
  const { place, destinationId, watchlistIds, isFormer } = subscription;
  if (isFormer) return nothingSentPage(visit, place);
  if (all) {
    return messagePage(
      visit,
      'Done. All mail is stopped',
      <>
        <p>Tocsin sends nothing to {address(place)} any more.</p>
        <p class="aside">
          Was it a mistake? Put <a href={`${visit.site.base}/destinations/${destinationId}`}>the address</a>{' '}
          back to work.
        </p>
      </>,
    );
  }
  return messagePage(
    visit,
    'Done. These alerts are stopped',
    <>
      <p>
        They no longer go to {address(place)}. Your watchlists stay as they are, and so do other addresses.
      </p>
      {watchlistIds.length > 0 && (
        <p class="aside">
          Was it a mistake? Choose the address again in{' '}
          <a
            href={
              visit.site.base + (watchlistIds.length === 1 ? `/watchlists/${watchlistIds[0]}` : '/watchlists')
            }
          >
            {watchlistIds.length === 1 ? 'the watchlist' : 'your watchlists'}
          </a>
          .
        </p>
      )}
    </>,
  );
}

function nothingSentPage(visit: Visit, place: string | null): string {
  return messagePage(
    visit,
    'Nothing is sent there',
    <p>Tocsin sends no alerts to {address(place)} any more.</p>,
  );
}

function Names({ names }: { names: readonly { name: string }[] }) {
  return (
    <ul class="names">
      {names.map(({ name }, index) => (
        <li key={index}>
          <Name text={name} />
        </li>
      ))}
    </ul>
  );
}

/** @param place null when the destination is gone, or goes elsewhere by now */
function address(place: string | null): ComponentChildren {
  return place === null ? (
    'this address'
  ) : (
    <strong class="place">
      <Name text={place} />
    </strong>
  );
}
