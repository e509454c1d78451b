import type { ComponentChildren } from 'preact';
import type { ArchiveService } from '../../archive/archive.service.js';
import type { BriefChange } from '../../archive/brief-history.service.js';
import type { Page } from '../../platform/http/page.js';
import { SeverityBar } from '../charts/severity-bar.js';
import { queryOf } from '../form/query.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { LinkPreview } from '../parts/link-preview.js';
import { SpelledOutLink } from '../parts/outside-link.js';
import { Pager } from '../parts/pager.js';
import { Day, Moment, Name, nameOf, Prose } from '../parts/words.js';
import { pathTo } from './archive-paths.js';
import { BriefChanges } from './brief-changes.js';
import { LastSeen } from './last-seen.js';
import { ProvisionTable } from './provision-table.js';
import { Trail } from './trail.js';

export type DocumentView = NonNullable<Awaited<ReturnType<ArchiveService['document']>>>;

type Parts = {
  document: DocumentView;
  /** @property isFirst whether the list begins with the newest change there is */
  changes: { page: Page<BriefChange>; isFirst: boolean };
  /** What of it takes effect today or later. */
  upcoming: readonly { id: string; title: string; effectiveAt: string }[];
  follow?: ComponentChildren;
};

/** A document: when it was last seen, what its clauses are rated, what is to take effect and what changed last. */
export function documentPage(visit: Visit, { document, changes, upcoming, follow }: Parts): string {
  const { site } = visit;
  const { id, entity, title, unreachable, provisions } = document;
  const heading = `${nameOf(entity.name)}: ${nameOf(title)}`;
  const description = `The clauses of ${heading} and how grave each is, what changed in them, and when the archive last saw it.`;
  const { nextCursor } = changes.page;
  const here = pathTo.document(site, id);
  const path = `/documents/${encodeURIComponent(id)}` as const;
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
            <Trail site={site} entity={entity} />
            <h1>
              <Name text={title} />
            </h1>
            <Facts document={document} />
          </div>
          {follow}
        </header>
        {unreachable !== null && <OutOfSight {...unreachable} />}
        {upcoming.length > 0 && (
          <section>
            <h2>Takes effect soon</h2>
            <ul class="plain">
              {upcoming.map((one) => (
                <li key={one.id}>
                  <Day on={one.effectiveAt} />:{' '}
                  <a href={pathTo.provision(site, one.id)}>
                    <Name text={one.title} />
                  </a>
                </li>
              ))}
            </ul>
          </section>
        )}
        {provisions.length > 0 && (
          <section>
            <h2>Clauses</h2>
            <ProvisionTable site={site} provisions={provisions} caption="The gravest first." />
          </section>
        )}
        {changes.page.items.length > 0 && (
          <section id="changes">
            <h2>{changes.isFirst ? 'Newest changes' : 'Older changes'}</h2>
            {!changes.isFirst && (
              <p>
                <a href={`${here}#changes`}>Back to the newest</a>
              </p>
            )}
            <BriefChanges site={site} changes={changes.page.items} of="document" />
            <Pager
              href={nextCursor && `${here}${queryOf({ changes: nextCursor })}#changes`}
              words="Older changes"
            />
          </section>
        )}
        <p class="aside record-id">
          Record <code>{nameOf(id)}</code>
        </p>
      </article>
    </Layout>,
  );
}

function Facts({ document }: { document: DocumentView }) {
  const { url, lastUpdated, exposure, provisions } = document;
  const count = (severity: string) => provisions.filter((one) => one.severity === severity).length;
  return (
    <dl class="facts brief">
      <dt>Clauses in force</dt>
      <dd>
        <SeverityBar severities={{ low: count('low'), medium: count('medium'), high: count('high') }} />
      </dd>
      <dt>Exposure</dt>
      <dd>{exposure}</dd>
      <dt>Last verified</dt>
      <dd>
        <LastSeen seen={document} />
      </dd>
      {lastUpdated !== null && <dt>Last updated</dt>}
      {lastUpdated !== null && (
        <dd>
          <Day on={lastUpdated} />
        </dd>
      )}
      {url !== null && <dt>Published at</dt>}
      {url !== null && (
        <dd>
          <SpelledOutLink url={url} />
        </dd>
      )}
    </dl>
  );
}

function OutOfSight({ since, detail }: NonNullable<DocumentView['unreachable']>) {
  return (
    <div class="note">
      <p>
        <strong>Out of sight.</strong> The archive has not been able to see this document since{' '}
        <Moment at={since} />.
      </p>
      {detail !== null && detail.trim() !== '' && <Prose text={detail} />}
    </div>
  );
}
