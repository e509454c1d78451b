import { channelName } from '../../domain/channel-name.js';
import type { Destination } from '../../destinations/destination.js';
import type { DestinationReport } from '../../deliveries/destination-reports.service.js';
import type { Page } from '../../platform/http/page.js';
import { queryOf } from '../form/query.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { placeOf, titleOf } from '../parts/destination-name.js';
import { Ago } from '../parts/local-moment.js';
import { Pager } from '../parts/pager.js';
import { Said } from '../parts/said.js';
import { Name } from '../parts/words.js';
import { StandingMark } from './standing-mark.js';
import { standingOf } from './standing-of.js';

type Listed = {
  page: Page<Destination>;
  reports: ReadonlyMap<string, DestinationReport>;
  now: string;
  zone: string;
  said: unknown;
};

const sentences = { deleted: 'The destination is deleted.' };

/** Where alerts go, and how each place does. */
export function destinationListPage(visit: Visit, { page, reports, now, zone, said }: Listed): string {
  const { base } = visit.site;
  return pageOf(
    <Layout visit={visit} area="destinations" title="Destinations">
      <div class="page-head">
        <h1>Destinations</h1>
        <a class="button" href={`${base}/destinations/new`}>
          Add a destination
        </a>
      </div>
      <Said code={said} sentences={sentences} />
      <p>
        Where your alerts go. Each <a href={`${base}/watchlists`}>watchlist</a> says which of these it leads
        to.
      </p>
      {page.items.length === 0 ? (
        <p>There is none yet: alerts wait in your inbox only.</p>
      ) : (
        <ul class="places">
          {page.items.map((one) => (
            <Row key={one.id} base={base} one={one} report={reports.get(one.id)} now={now} zone={zone} />
          ))}
        </ul>
      )}
      <Pager href={page.nextCursor && `${base}/destinations${queryOf({ cursor: page.nextCursor })}`} />
      <p class="aside after-list">
        <a href={`${base}/destinations/slack`}>Slack workspaces</a> ·{' '}
        <a href={`${base}/settings/suppressions`}>Addresses that get no mail</a> ·{' '}
        <a href={`${base}/deliveries`}>Everything that was sent</a>
      </p>
    </Layout>,
  );
}

type RowProps = {
  base: string;
  one: Destination;
  report: DestinationReport | undefined;
  now: string;
  zone: string;
};

function Row({ base, one, report, now, zone }: RowProps) {
  const standing = standingOf(one, report);
  const place = placeOf(one);
  return (
    <li class="place-row">
      <div class="place-main">
        <a class="place-name" href={`${base}/destinations/${one.id}`}>
          <Name text={titleOf(one)} />
        </a>
        <span class="aside">
          {channelName(one.kind)}
          {one.label !== null && (
            <>
              {' · '}
              <Name text={place} />
            </>
          )}
        </span>
      </div>
      <div class="place-state">
        <StandingMark standing={standing} />
        <span class="aside">
          {report && report.lastDeliveredAt !== null ? (
            <>
              delivered <Ago at={report.lastDeliveredAt} now={now} zone={zone} />
            </>
          ) : (
            'nothing delivered yet'
          )}
        </span>
      </div>
      {standing.why !== null && (
        <p class="place-why">
          <Name text={standing.why} /> {standing.remedy}
        </p>
      )}
    </li>
  );
}
