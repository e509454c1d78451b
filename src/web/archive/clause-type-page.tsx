import type { ComponentChildren } from 'preact';
import type { ArchiveService } from '../../archive/archive.service.js';
import type { RatedProvision } from '../../archive/clause-types.service.js';
import { plural } from '../../domain/wording.js';
import { SeverityBar } from '../charts/severity-bar.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { LinkPreview } from '../parts/link-preview.js';
import { Pager } from '../parts/pager.js';
import { slugWords } from '../parts/words.js';
import { pathTo } from './archive-paths.js';
import { RatedTable } from './rated-table.js';
import { Trail } from './trail.js';

type ClauseTypeView = NonNullable<Awaited<ReturnType<ArchiveService['clauseType']>>>;

type Parts = {
  type: Omit<ClauseTypeView, 'provisions'>;
  provisions: readonly RatedProvision[];
  /** Of the next page. */
  nextCursor: string | null;
  follow?: ComponentChildren;
};

/** One kind of clause, and how platforms rate theirs. */
export function clauseTypePage(visit: Visit, { type, provisions, nextCursor, follow }: Parts): string {
  const { site } = visit;
  const words = slugWords(type.slug);
  const description = `How ${plural(type.entities, 'platform handles', 'platforms handle')} “${words}”: clause by clause, the gravest first.`;
  const path = `/clause-types/${encodeURIComponent(type.slug)}` as const;
  const next =
    nextCursor === null
      ? null
      : `${pathTo.clauseType(site, type.slug)}?cursor=${encodeURIComponent(nextCursor)}`;
  return pageOf(
    <Layout
      visit={visit}
      area="archive"
      title={words}
      description={description}
      wide
      head={<LinkPreview visit={visit} title={words} description={description} path={path} />}
    >
      <article>
        <header class="page-head">
          <div>
            <Trail site={site} />
            <h1>{words}</h1>
            <dl class="facts brief">
              <dt>In force</dt>
              <dd>
                <SeverityBar severities={type.severities} />
              </dd>
              <dt>Among</dt>
              <dd>{plural(type.entities, 'entity', 'entities')}</dd>
              <dt>Clause type</dt>
              <dd>
                <code>{type.slug}</code>
              </dd>
            </dl>
          </div>
          {follow}
        </header>
        {provisions.length === 0 ? (
          <p>No clause of this type is in force.</p>
        ) : (
          <section>
            <h2>Who has such a clause</h2>
            <RatedTable site={site} provisions={provisions} caption="The gravest first, then by entity." />
            <Pager href={next} />
          </section>
        )}
      </article>
    </Layout>,
  );
}
