import type { Confirmable } from '../../destinations/confirmation.service.js';
import { confirmationDays } from '../../domain/confirmation.js';
import { plural } from '../../domain/wording.js';
import { maskedAddress } from './masked-address.js';
import { messagePage } from '../frame/message-page.js';
import type { Visit } from '../frame/visit.js';
import { Name } from '../parts/words.js';

/** Asks before the address is used: scanners open every link in a mail, and must confirm nothing by it. */
export function confirmPage(visit: Visit, { address, pending }: Confirmable): string {
  return messagePage(
    visit,
    'Get alerts here?',
    <>
      <p>
        Somebody, most likely you, asked Tocsin to send alerts to <Place address={address} />
        {pending > 1 && ` (${plural(pending, 'destination', 'destinations')})`}. Nothing is sent there until
        you confirm it.
      </p>
      <form method="post">
        <button type="submit">Confirm this address</button>
      </form>
      <p class="aside">
        It was not you? Then close this page: no alerts will come. The link works for {confirmationDays} days
        from when it was sent.
      </p>
    </>,
  );
}

export function confirmedPage(visit: Visit, { address }: Confirmable): string {
  return messagePage(
    visit,
    'Confirmed',
    <p>
      Alerts come to <Place address={address} /> from now on. Every one of these mails has a link that stops
      them again.
    </p>,
  );
}

/** What the link was about was confirmed before, or is at rest since. */
export function nothingToConfirmPage(visit: Visit, found: Confirmable): string {
  if (found.active > 0) return confirmedPage(visit, found);
  return messagePage(
    visit,
    'Nothing to confirm',
    <p>
      Whoever asked has since switched off the alerts to <Place address={found.address} />, or they were
      stopped there. Nothing is sent.
    </p>,
  );
}

export function expiredPage(visit: Visit): string {
  return messagePage(
    visit,
    'This link is too old',
    <>
      <p>
        A link that confirms an address works for {confirmationDays} days, and this one is older. Nothing was
        changed.
      </p>
      <p>
        Whoever asked for it can have a new one sent, under{' '}
        <a href={`${visit.site.base}/destinations`}>Destinations</a>.
      </p>
    </>,
  );
}

/** Masked: whoever was forwarded the mail need not read it. */
function Place({ address }: { address: string }) {
  return (
    <strong class="place">
      <Name text={maskedAddress(address)} />
    </strong>
  );
}
