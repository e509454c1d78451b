import type { Delivery } from '../../deliveries/delivery-view.js';
import type { Site } from '../frame/site.js';
import { DeliveryState } from '../parts/delivery-state.js';
import { contentWords } from '../parts/delivery-words.js';
import { LocalMoment } from '../parts/local-moment.js';
import { Name } from '../parts/words.js';

type Log = { site: Site; destinationId: string; latest: readonly Delivery[]; zone: string };

/** The newest deliveries of a destination. */
export function DestinationLog({ site: { base }, destinationId, latest, zone }: Log) {
  if (latest.length === 0) return null;
  return (
    <section>
      <h2>What went there</h2>
      <div class="table-wrap">
        <table class="stacking">
          <caption class="unseen">The newest deliveries, times in {zone}</caption>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">What</th>
              <th scope="col">Became of it</th>
            </tr>
          </thead>
          <tbody>
            {latest.map((one) => (
              <tr key={one.id}>
                <td>
                  <a href={`${base}/deliveries/${one.id}`}>
                    <LocalMoment at={one.createdAt} zone={zone} />
                  </a>
                </td>
                <td>{contentWords[one.kind]}</td>
                <td>
                  <DeliveryState state={one.state} />
                  {one.reason !== null && (
                    <span class="aside">
                      <span class="unseen">: </span>
                      <Name text={one.reason} />
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="aside">
        <a href={`${base}/deliveries?destination=${destinationId}`}>All deliveries</a>
      </p>
    </section>
  );
}
