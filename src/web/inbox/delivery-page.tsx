import type { LoggedDelivery } from '../../deliveries/delivery-log.service.js';
import type { SentRequest } from '../../domain/sent-request.js';
import { shown } from '../../domain/shown-text.js';
import { FaultSummary, type Faults } from '../form/faults.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Member, Visit } from '../frame/visit.js';
import { CopyButton } from '../parts/copy-button.js';
import { DeliveryState } from '../parts/delivery-state.js';
import { contentWords } from '../parts/delivery-words.js';
import { DestinationName } from '../parts/destination-name.js';
import { LocalMoment } from '../parts/local-moment.js';
import { Said } from '../parts/said.js';
import { Attempts, DeliveryStory, ReplayForm } from './delivery-parts.js';

type Contents = {
  delivery: LoggedDelivery;
  /** Null for deliveries that are no requests, and when nothing is left to make one of. */
  request: SentRequest | null;
  said?: unknown;
  faults?: Faults;
};

/** One delivery: where to, how it stands and why, every attempt, and what a webhook is sent. */
export function deliveryPage(visit: Visit, { timeZone }: Member, contents: Contents): string {
  const { delivery, request, said, faults } = contents;
  const { site } = visit;
  return pageOf(
    <Layout visit={visit} area="inbox" title={`Delivery ${delivery.id}`} wide>
      <header class="head">
        <p class="kicker">
          <a href={`${site.base}/deliveries`}>Deliveries</a>
        </p>
        <h1>{contentWords[delivery.kind]}</h1>
      </header>
      <Said code={said} sentences={{ replayed: 'It is on its way again.' }} />
      <FaultSummary faults={faults} labels={{}} />
      <dl class="facts brief">
        <dt>To</dt>
        <dd>
          <a href={`${site.base}/destinations/${delivery.destinationId}`}>
            <DestinationName place={delivery.destination} />
          </a>
        </dd>
        <dt>State</dt>
        <dd>
          <DeliveryState state={delivery.state} />
        </dd>
        <dt>Made</dt>
        <dd>
          <LocalMoment at={delivery.createdAt} zone={timeZone} named />
        </dd>
        {delivery.alertId !== null && <dt>Alert</dt>}
        {delivery.alertId !== null && (
          <dd>
            <a href={`${site.base}/alerts/${delivery.alertId}`}>What it is about</a>
          </dd>
        )}
      </dl>
      <p>
        <DeliveryStory delivery={delivery} timeZone={timeZone} />
      </p>
      <ReplayForm visit={visit} delivery={delivery} />
      <Attempts delivery={delivery} timeZone={timeZone} />
      {request !== null && <Request request={request} />}
    </Layout>,
  );
}

function Request({ request: { method, url, headers, body } }: { request: SentRequest }) {
  return (
    <section>
      <h2>The request</h2>
      <p class="aside">
        As it would be sent now, made anew, but for the signature and its time: nothing of what went out is
        kept.
      </p>
      <pre class="code" dir="ltr" tabIndex={0}>
        <code>
          {method} {shown(url)}
          {'\n'}
          {Object.entries(headers)
            .map(([name, value]) => shown(`${name}: ${value}`))
            .join('\n')}
          {'\n\n'}
          {shown(body)}
        </code>
      </pre>
      <CopyButton text={body} label="Copy the body" />
    </section>
  );
}
