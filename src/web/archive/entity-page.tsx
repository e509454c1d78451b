import type { ComponentChildren } from 'preact';
import type { ArchiveService } from '../../archive/archive.service.js';
import type { BriefChange } from '../../archive/brief-history.service.js';
import { plural } from '../../domain/wording.js';
import { SeverityBar } from '../charts/severity-bar.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { LinkPreview } from '../parts/link-preview.js';
import { Name, nameOf } from '../parts/words.js';
import { pathTo } from './archive-paths.js';
import { BriefChanges } from './brief-changes.js';
import { LastSeen } from './last-seen.js';
import { Trail } from './trail.js';

type EntityView = NonNullable<Awaited<ReturnType<ArchiveService['entity']>>>;

type Parts = { entity: EntityView; changes: readonly BriefChange[]; follow?: ComponentChildren };

/** An entity: the weight of its fine print, its documents, and what changed in them last. */
export function entityPage(visit: Visit, { entity, changes, follow }: Parts): string {
  const { site } = visit;
  const name = nameOf(entity.name);
  const count = plural(entity.documents.length, 'document', 'documents');
  const description = `The fine print of ${name}: ${count}, exposure ${entity.exposure}, and what changed last.`;
  const path = `/entities/${encodeURIComponent(entity.id)}` as const;
  return pageOf(
    <Layout
      visit={visit}
      area="archive"
      title={name}
      description={description}
      wide
      head={<LinkPreview visit={visit} title={name} description={description} path={path} />}
    >
      <article>
        <header class="page-head">
          <div>
            <Trail site={site} />
            <h1>
              <Name text={entity.name} />
            </h1>
            <p class="record-figures">
              <strong>{entity.exposure}</strong> exposure<span aria-hidden="true"> · </span>
              <span class="unseen">, </span>
              {count}
            </p>
          </div>
          {follow}
        </header>
        <section>
          <h2>Documents</h2>
          {entity.documents.length === 0 ? (
            <p class="aside">The archive has no document of theirs yet.</p>
          ) : (
            <Documents visit={visit} documents={entity.documents} />
          )}
        </section>
        {changes.length > 0 && (
          <section>
            <h2>Newest changes</h2>
            <BriefChanges site={site} changes={changes} of="entity" />
            <p>
              <a href={`${site.base}/recent?entity=${encodeURIComponent(entity.id)}`}>All its changes</a>
            </p>
          </section>
        )}
      </article>
    </Layout>,
  );
}

function Documents({ visit, documents }: { visit: Visit; documents: EntityView['documents'] }) {
  return (
    <table class="stacking">
      <caption>
        Exposure is the sum over the clauses in force: 1 for each that is rated low, 3 for medium, 9 for high.
      </caption>
      <thead>
        <tr>
          <th scope="col">Document</th>
          <th scope="col">Clauses in force</th>
          <th scope="col" class="number">
            Exposure
          </th>
          <th scope="col">Last verified</th>
        </tr>
      </thead>
      <tbody>
        {documents.map((document) => (
          <tr key={document.id}>
            <th scope="row">
              <a href={pathTo.document(visit.site, document.id)}>
                <Name text={document.title} />
              </a>
            </th>
            <td>
              <SeverityBar severities={document.severities} />
            </td>
            <td class="number" data-label="Exposure">
              {document.exposure}
            </td>
            <td data-label="Last verified">
              <LastSeen seen={document} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
