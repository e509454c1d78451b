import type { LoggedDelivery } from '../../deliveries/delivery-log.service.js';
import type { Site } from '../frame/site.js';
import { DeliveryState } from '../parts/delivery-state.js';
import { contentWords } from '../parts/delivery-words.js';
import { DestinationName } from '../parts/destination-name.js';
import { LocalMoment } from '../parts/local-moment.js';
import { DeliveryStory } from './delivery-parts.js';

type Props = { site: Site; deliveries: readonly LoggedDelivery[]; timeZone: string };

/** Deliveries, each with its place and how it stands; more of each is on its own page. */
export function DeliveryList({ site, deliveries, timeZone }: Props) {
  return (
    <ol class="rows log">
      {deliveries.map((delivery) => (
        <li key={delivery.id} class="row">
          <p class="how">
            <DeliveryState state={delivery.state} />
          </p>
          <p class="what">
            <a href={`${site.base}/deliveries/${delivery.id}`}>
              <DestinationName place={delivery.destination} />
            </a>
          </p>
          <p class="when">
            <LocalMoment at={delivery.createdAt} zone={timeZone} />
          </p>
          <p class="where">
            {contentWords[delivery.kind]}
            {delivery.alertId !== null && (
              <>
                <span aria-hidden="true"> · </span>
                <a href={`${site.base}/alerts/${delivery.alertId}`}>its alert</a>
              </>
            )}
          </p>
          <p class="story">
            <DeliveryStory delivery={delivery} timeZone={timeZone} />
          </p>
        </li>
      ))}
    </ol>
  );
}
