import { messagePage } from './message-page.js';
import type { Site } from './site.js';

/** Asks before the address is used: scanners open every link in a mail, and must confirm nothing by it. */
export function confirmPage(site: Site): string {
  return messagePage(
    site,
    'Get alerts here?',
    <>
      <p>
        Somebody, most likely you, asked Tocsin to send alerts to the address that got this link. Nothing is
        sent there until you confirm it.
      </p>
      <form method="post">
        <button type="submit">Confirm this address</button>
      </form>
      <p class="aside">It was not you? Then close this page: nothing more will come.</p>
    </>,
  );
}

export function confirmedPage(site: Site): string {
  return messagePage(
    site,
    'Confirmed',
    <p>Alerts come to this address from now on. Every mail has a link that stops them again.</p>,
  );
}

export function expiredPage(site: Site): string {
  return messagePage(
    site,
    'This link is too old',
    <>
      <p>A link that confirms an address works for seven days, and this one is older. Nothing was changed.</p>
      <p>
        To get a new one, add the address once more: delete the destination and make it anew, with{' '}
        <code>POST /v1/destinations</code>. See the <a href={`${site.base}/docs`}>API’s page</a>.
      </p>
    </>,
  );
}
