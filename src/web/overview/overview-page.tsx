import { Layout, pageOf } from '../frame/layout.js';
import type { Member, Visit } from '../frame/visit.js';
import { CoverageTable } from './coverage-table.js';
import { FirstSteps } from './first-steps.js';
import { NextDigests, NotTold, PlanUse, TakesEffect, Troubled } from './morning-notes.js';
import type { Overview } from './overview-reader.js';
import { Trends } from './trends.js';
import { TrustLine } from './trust-line.js';
import { WaitingAlerts, waitingWords } from './waiting-alerts.js';

/** What a member has to know, first of all; then how things move; then what is to come and what needs a hand. */
export function overviewPage(visit: Visit, member: Member, overview: Overview): string {
  const { site } = visit;
  const { now, following, waiting, weeks, counts, oldest, destinations } = overview;
  const isNew = following.follows === 0;
  const heading =
    isNew && waiting.inAll === 0 ? 'Three steps, and the fine print is watched' : waitingWords(waiting);
  return pageOf(
    <Layout visit={visit} area="overview" title="Overview" wide>
      <header class="head">
        <h1>{heading}</h1>
        {counts.documents > 0 && <TrustLine site={site} counts={counts} />}
      </header>
      <WaitingAlerts site={site} waiting={waiting} now={now} />
      {isNew && <FirstSteps visit={visit} destinations={destinations} mostChanged={overview.mostChanged} />}
      {!isNew && <Trends following={following} weeks={weeks} site={site} />}
      <div class="notes">
        <Troubled site={site} destinations={destinations} />
        <TakesEffect site={site} soon={overview.soon} />
        <NextDigests site={site} digests={overview.digests} timeZone={member.timeZone} />
        {!isNew && <NotTold site={site} silence={overview.silence} />}
        <PlanUse site={site} tier={member.tier} following={following} />
      </div>
      {oldest.length > 0 && (
        <section>
          <h2>Last verified</h2>
          <CoverageTable
            site={site}
            caption="Of the documents that you follow, those that need a look: out of sight, or seen the longest ago"
            documents={oldest}
            now={now}
          />
          {counts.documents > oldest.length && (
            <p class="pager">
              <a href={`${site.base}/coverage`}>All {counts.documents} documents</a>
            </p>
          )}
        </section>
      )}
    </Layout>,
  );
}
