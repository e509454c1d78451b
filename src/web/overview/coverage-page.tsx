import type { CoveredDocument } from '../../coverage/coverage-view.js';
import type { Page } from '../../platform/http/page.js';
import { queryOf } from '../form/query.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { Pager } from '../parts/pager.js';
import { CoverageTable } from './coverage-table.js';
import { TrustLine, type Sightings } from './trust-line.js';

type Coverage = { counts: Sightings; page: Page<CoveredDocument>; isFirst: boolean };

/** Every followed document and when it was last seen: what an auditor asks for. */
export function coveragePage(
  visit: Visit,
  { counts, page: { items, nextCursor }, isFirst }: Coverage,
): string {
  const { site } = visit;
  const next = nextCursor && `${site.base}/coverage${queryOf({ cursor: nextCursor })}`;
  return pageOf(
    <Layout visit={visit} area="overview" title="Coverage" wide>
      <header class="head">
        <h1>Can you trust the silence?</h1>
        {counts.documents > 0 && <TrustLine site={site} counts={counts} />}
        <p class="aside">
          No alert means that nothing changed only where somebody looked. These are the documents that you
          follow: by themselves, by their entity or one of their clauses, or by following everything. You are
          told when one was lost sight of, and when it is back.
        </p>
      </header>
      {items.length > 0 && (
        <CoverageTable
          site={site}
          caption="Documents out of sight first, then those that were seen the longest ago"
          documents={items}
          now={counts.at}
        />
      )}
      {items.length === 0 && (
        <p>
          {isFirst ? 'You follow no documents yet.' : 'There are no more documents.'}{' '}
          <a href={`${site.base}/${isFirst ? 'search' : 'coverage'}`}>
            {isFirst ? 'Find some in the archive' : 'Back to the first ones'}
          </a>
          .
        </p>
      )}
      <Pager href={next} words="More documents" />
      {!isFirst && items.length > 0 && (
        <p class="aside">
          <a href={`${site.base}/coverage`}>Back to the first ones</a>
        </p>
      )}
    </Layout>,
  );
}
