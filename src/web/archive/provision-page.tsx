import type { ComponentChildren } from 'preact';
import type { SeverityStep } from '../../archive/brief-history.service.js';
import type { ChangeHistory } from '../../archive/change-history.service.js';
import type { RatedProvision } from '../../archive/clause-types.service.js';
import { shown } from '../../domain/shown-text.js';
import { severityWord } from '../../domain/wording.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { LinkPreview } from '../parts/link-preview.js';
import { SeverityMark } from '../parts/severity.js';
import { StandingNote } from '../parts/standing.js';
import { Name, nameOf } from '../parts/words.js';
import { pathTo } from './archive-paths.js';
import type { DocumentView } from './document-page.js';
import { OnThisPage } from './on-this-page.js';
import { Passage, Regulation } from './provision-analysis.js';
import { othersOf, placesOf, type ProvisionView } from './provision-places.js';
import { ProvisionChanges } from './provision-changes.js';
import { Classification, CurrentEvidence, forceWords, Share, Tracking } from './provision-record.js';
import { ProvisionTable } from './provision-table.js';
import { RatedTable } from './rated-table.js';
import { SeverityHistory } from './severity-history.js';
import { Trail } from './trail.js';

type Parts = {
  provision: ProvisionView;
  document: DocumentView;
  elsewhere: readonly RatedProvision[];
  history: { steps: readonly SeverityStep[]; now: string; isWhole: boolean };
  changes: { page: Awaited<ReturnType<ChangeHistory['list']>>; isFirst: boolean };
  /** Of this page, absolute: what is shared. */
  address: string;
  follow?: ComponentChildren;
};

/** A clause: what it says and means, how others handle it, its evidence, and all that ever changed in it. */
export function provisionPage(visit: Visit, parts: Parts): string {
  const { site } = visit;
  const { provision, document, history, changes, address, follow } = parts;
  const { entity, analysis, severity } = provision;
  const heading = `${nameOf(entity.name)}: ${nameOf(provision.title)}`;
  const description = `Rated ${severityWord(severity)}. ${nameOf(provision.title)}, in the ${nameOf(document.title)} of ${nameOf(entity.name)}: words, evidence and history.`;
  const path = `/provisions/${encodeURIComponent(provision.id)}` as const;
  return pageOf(
    <Layout
      visit={visit}
      area="archive"
      title={heading}
      description={description}
      wide
      head={<LinkPreview visit={visit} title={heading} description={description} path={path} />}
    >
      <article>
        <header class="page-head">
          <div>
            <Trail site={site} entity={entity} document={document} />
            <h1>
              <Name text={provision.title} />
            </h1>
            <p class="verdict">
              <SeverityMark severity={severity} />{' '}
              <span class="aside">{forceWords(provision, history.now)}</span>
            </p>
          </div>
          {follow}
        </header>
        <OnThisPage places={placesOf(parts)} />
        <div class="record">
          <div class="record-main">
            <Passage id="summary" title="What it is" text={analysis?.summary} />
            <Passage id="impact" title="Consumer impact" text={analysis?.consumerImpact} />
            <Passage id="matters" title="Why it matters" text={analysis?.businessImpact} />
            <Words text={provision.text} />
            <Elsewhere visit={visit} {...parts} />
            <Regulation visit={visit} analysis={analysis} locked={provision.locked} />
            <section id="history">
              <h2>History of its severity</h2>
              <SeverityHistory site={site} {...history} />
            </section>
            <section id="changes">
              <h2>Every change</h2>
              <ProvisionChanges site={site} path={pathTo.provision(site, provision.id)} {...changes} />
            </section>
          </div>
          <aside class="record-side" aria-label="About this record">
            <CurrentEvidence provision={provision} document={document} />
            <Tracking
              site={site}
              provision={provision}
              document={document}
              firstSeen={history.isWhole ? (history.steps[0]?.at ?? null) : null}
            />
            <Classification site={site} provision={provision} />
            <Share address={address} title={heading} />
          </aside>
        </div>
        <Others visit={visit} {...parts} />
      </article>
    </Layout>,
  );
}

function Words({ text }: { text: string | null }) {
  return (
    <section id="words">
      <h2>Original clause language</h2>
      {text === null ? (
        <p class="aside">This clause is no longer in force. Its last words are in its history below.</p>
      ) : (
        <blockquote class="clause" dir="auto">
          {shown(text).trim()}
        </blockquote>
      )}
    </section>
  );
}

function Elsewhere({ visit: { site }, provision, elsewhere }: Parts & { visit: Visit }) {
  return (
    <section id="others">
      <h2>How other platforms handle this</h2>
      {/* What is not in force has no rating that others' could be compared with. */}
      {provision.severity !== null && <StandingNote standing={provision.standing} />}
      {elsewhere.length > 0 && (
        <>
          <RatedTable site={site} provisions={elsewhere} caption="The gravest of the same clause type." />
          <p>
            <a href={pathTo.clauseType(site, provision.clauseType)}>All clauses of this type</a>
          </p>
        </>
      )}
    </section>
  );
}

function Others({ visit: { site }, provision, document }: Parts & { visit: Visit }) {
  const others = othersOf({ provision, document });
  if (others.length === 0) return null;
  const most = 12;
  return (
    <section id="beside">
      <h2>Other clauses of this document</h2>
      <ProvisionTable site={site} provisions={others.slice(0, most)} caption="The gravest first." />
      {others.length > most && (
        <p>
          <a href={pathTo.document(site, document.id)}>All {others.length + 1} clauses in force</a>
        </p>
      )}
    </section>
  );
}
