import type { ComponentChildren } from 'preact';
import { channelName } from '../../domain/channel-name.js';
import type { Delivery } from '../../deliveries/delivery-view.js';
import { FaultSummary, type Faults } from '../form/faults.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { placeOf, titleOf } from '../parts/destination-name.js';
import { LocalMoment } from '../parts/local-moment.js';
import { Said } from '../parts/said.js';
import { Name } from '../parts/words.js';
import { DestinationActs } from './destination-acts.js';
import { DestinationLog } from './destination-log.js';
import type { DestinationView } from './destination-view.service.js';
import { MoreActs } from './more-acts.js';
import { StandingMark } from './standing-mark.js';
import { standingOf } from './standing-of.js';
import { TestOutcome } from './test-outcome.js';

const sentences = {
  made: 'The destination is made. Choose the watchlists that lead to it.',
  saved: 'Saved.',
  asked: 'Another mail that asks to confirm is on its way.',
  paused: 'Paused. Nothing goes there until you put it back to work.',
  enabled: 'It is back at work. You can have sent again what it missed.',
  pending: 'It has to be confirmed first: a mail that asks is on its way.',
};

type Shown = {
  view: DestinationView;
  zone: string;
  said?: unknown;
  /** A test that was sent, to tell what became of it. */
  test?: Delivery | null;
  /** How many missed alerts are sent again, just after that was asked for. */
  recovered?: number | null;
  faults?: Faults | undefined;
  /** What was typed where the faults are. */
  since?: string;
};

/** One destination: how it does, what can be done with it, and what went there. */
export function destinationPage(visit: Visit, shown: Shown): string {
  const { view, zone, said, test = null, recovered = null, faults, since } = shown;
  const { destination, report, watchlists } = view;
  const { base } = visit.site;
  const standing = standingOf(destination, report);
  return pageOf(
    <Layout visit={visit} area="destinations" title={titleOf(destination)}>
      <p class="kicker">
        <a href={`${base}/destinations`}>Destinations</a> · {channelName(destination.kind)}
      </p>
      <h1>
        <Name text={titleOf(destination)} />
      </h1>
      <Said code={said} sentences={sentences} />
      {recovered !== null && <Recovered count={recovered} />}
      <FaultSummary faults={faults} labels={{ since: 'Since' }} />
      {test !== null && <TestOutcome site={visit.site} destinationId={destination.id} delivery={test} />}

      <section class="panel" aria-label="How it does">
        <StandingMark standing={standing} />
        {standing.why !== null && (
          <p>
            <Name text={standing.why} /> {standing.remedy}
          </p>
        )}
        <DestinationActs visit={visit} destination={destination} />
      </section>

      <dl class="facts brief">
        {destination.label !== null && (
          <Fact name="Place">
            <Name text={placeOf(destination)} />
          </Fact>
        )}
        {Array.isArray(destination.settings['types']) && (
          <Fact name="Is sent">{destination.settings['types'].join(', ')}</Fact>
        )}
        <Fact name="Last delivered">
          {report && report.lastDeliveredAt !== null ? (
            <LocalMoment at={report.lastDeliveredAt} zone={zone} />
          ) : (
            'nothing yet'
          )}
        </Fact>
        {report && report.lastFailure !== null && (
          <Fact name="Last failure">
            <LocalMoment at={report.lastFailure.at} zone={zone} />: <Name text={report.lastFailure.reason} />
          </Fact>
        )}
        {report && report.failing !== null && (
          <Fact name="Failing since">
            <LocalMoment at={report.failing.since} zone={zone} />, {report.failing.deliveries} in a row
          </Fact>
        )}
        {report && report.heldUntil !== null && (
          <Fact name="Held until">
            <LocalMoment at={report.heldUntil} zone={zone} />
          </Fact>
        )}
        <Fact name="Watchlists">
          {watchlists.length === 0
            ? 'none leads here yet'
            : watchlists.map(({ id, name }, index) => (
                <span key={id}>
                  {index > 0 && ', '}
                  <a href={`${base}/watchlists/${id}`}>
                    <Name text={name} />
                  </a>
                </span>
              ))}
        </Fact>
        <Fact name="Added">
          <LocalMoment at={destination.createdAt} zone={zone} />
        </Fact>
      </dl>

      <DestinationLog site={visit.site} destinationId={destination.id} latest={view.latest} zone={zone} />
      <MoreActs visit={visit} view={view} zone={zone} faults={faults} since={since} />
    </Layout>,
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Recovered({ count }: { count: number }) {
  return (
    <p class="said" role="status" tabIndex={-1} autofocus>
      {count === 0
        ? 'It missed nothing since then that is to be sent again.'
        : `${count} ${count === 1 ? 'alert that it missed is' : 'alerts that it missed are'} on the way again.`}
    </p>
  );
}
