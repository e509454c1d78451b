import { Fragment, type ComponentChildren } from 'preact';
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
        <p class="aside">Alerts of every watchlist, until you turn the address on again.</p>
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
        <Undo visit={visit}>
          turn the address on again with <code>POST /v1/destinations/{destinationId}/enable</code>
        </Undo>
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
        <Undo visit={visit}>
          put destination {destinationId} back into the <code>destinationIds</code> of{' '}
          {watchlistIds.map((id, index) => (
            <Fragment key={id}>
              {index > 0 && ', '}
              <code>/v1/watchlists/{id}</code>
            </Fragment>
          ))}
        </Undo>
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

function Undo({ visit, children }: { visit: Visit; children: ComponentChildren }) {
  return (
    <p class="aside">
      Was it a mistake? With your token, {children}. The <a href={`${visit.site.base}/docs`}>API’s page</a>{' '}
      lets you do that in the browser.
    </p>
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
