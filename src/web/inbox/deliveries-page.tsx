import type { Destination } from '../../destinations/destination.js';
import type { LoggedDelivery } from '../../deliveries/delivery-log.service.js';
import type { Page } from '../../platform/http/page.js';
import { SelectField } from '../form/field.js';
import { queryOf } from '../form/query.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Member, Visit } from '../frame/visit.js';
import { stateWords } from '../parts/delivery-words.js';
import { destinationWords } from '../parts/destination-name.js';
import { Pager } from '../parts/pager.js';
import { DeliveryList } from './delivery-list.js';

type Contents = {
  destination: string | undefined;
  /** Of one alert alone. */
  alert: string | undefined;
  state: LoggedDelivery['state'] | undefined;
  deliveries: Page<LoggedDelivery>;
  destinations: readonly Destination[];
};

/** What went out, newest first, and what became of it. */
export function deliveriesPage(visit: Visit, { timeZone }: Member, contents: Contents): string {
  const { destination = '', alert = '', state = '', deliveries, destinations } = contents;
  const { site } = visit;
  const { items, nextCursor } = deliveries;
  const places = destinations.map((one) => ({
    value: one.id as string,
    words: destinationWords(one),
  }));
  const states = Object.entries(stateWords).map(([value, words]) => ({ value, words }));
  return pageOf(
    <Layout visit={visit} area="inbox" title="Deliveries" wide>
      <header class="head">
        <p class="kicker">
          <a href={`${site.base}/inbox`}>Inbox</a>
        </p>
        <h1>Deliveries</h1>
      </header>
      {alert !== '' && (
        <p class="aside">
          Those of <a href={`${site.base}/alerts/${alert}`}>one alert</a> only.{' '}
          <a href={`${site.base}/deliveries`}>Show all</a>
        </p>
      )}
      <form method="get" action={`${site.base}/deliveries`} class="filters">
        {alert !== '' && <input type="hidden" name="alert" value={alert} />}
        <SelectField
          name="destination"
          label="Destination"
          value={destination}
          choices={[{ value: '', words: 'Any destination' }, ...places]}
        />
        <SelectField
          name="state"
          label="State"
          value={state}
          choices={[{ value: '', words: 'Any state' }, ...states]}
        />
        <button class="quiet">Filter</button>
      </form>
      {items.length === 0 ? (
        <p class="empty">
          {destination === '' && state === '' && alert === ''
            ? 'Nothing went out yet.'
            : 'No delivery matches.'}
        </p>
      ) : (
        <>
          <p class="aside">Times in {timeZone}.</p>
          <DeliveryList site={site} deliveries={items} timeZone={timeZone} />
        </>
      )}
      <Pager
        href={
          nextCursor && `${site.base}/deliveries${queryOf({ destination, alert, state, cursor: nextCursor })}`
        }
        words="Older deliveries"
      />
    </Layout>,
  );
}
