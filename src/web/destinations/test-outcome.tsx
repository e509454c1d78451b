import type { Delivery } from '../../deliveries/delivery-view.js';
import { sentence } from '../../domain/sentence.js';
import type { Site } from '../frame/site.js';
import { hasEnded } from '../parts/delivery-words.js';
import { Name } from '../parts/words.js';

type Outcome = { site: Site; destinationId: string; delivery: Delivery };

/** What became of a test. While it is under way a script asks again each second; without one, a link does. */
export function TestOutcome({ site, destinationId, delivery }: Outcome) {
  const { id, attempts } = delivery;
  const last = attempts.at(-1);
  const page = `${site.base}/destinations/${destinationId}`;
  if (hasEnded(delivery) || last !== undefined) {
    return (
      <p class={delivery.state === 'delivered' ? 'said' : 'note'} id="test" role="status">
        <strong>{delivery.state === 'delivered' ? 'The test arrived.' : 'The test did not arrive.'}</strong>{' '}
        {delivery.state === 'delivered' && last !== undefined && `It took ${last.ms} ms.`}
        {delivery.state !== 'delivered' && (
          <Name text={sentence(delivery.reason ?? last?.reason ?? 'it was refused')} />
        )}{' '}
        <a href={`${site.base}/deliveries/${id}`}>The whole exchange</a>
      </p>
    );
  }
  return (
    <p
      class="note"
      id="test"
      role="status"
      data-hx-get={`${page}/tests/${id}`}
      data-hx-trigger="load delay:1s"
      data-hx-swap="outerHTML"
    >
      <strong>The test is on its way.</strong> <a href={`${page}?test=${id}`}>Look whether it arrived</a>
    </p>
  );
}
