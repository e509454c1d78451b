import type { ArchiveService } from '../../archive/archive.service.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { LinkPreview } from '../parts/link-preview.js';
import { Pager } from '../parts/pager.js';
import { Name } from '../parts/words.js';
import { pathTo } from './archive-paths.js';

const title = 'Entities';
const description = 'Every platform whose fine print the archive holds, with the weight of it.';

type Entities = Awaited<ReturnType<ArchiveService['entities']>>;

/** Every entity of the archive by name, or those whose name or id holds what was typed. */
export function entitiesPage(visit: Visit, { items, nextCursor }: Entities, typed: string): string {
  const { site } = visit;
  const more = new URLSearchParams({ ...(typed !== '' && { q: typed }), cursor: nextCursor ?? '' });
  return pageOf(
    <Layout
      visit={visit}
      area="archive"
      title={title}
      {...(typed === '' && { description })}
      wide
      head={
        <LinkPreview visit={visit} title={title} description={description} path="/entities" type="website" />
      }
    >
      <h1>Entities</h1>
      <form class="search" role="search" action={`${site.base}/entities`}>
        <label for="q">Part of a name</label>
        <div class="search-line">
          <input
            id="q"
            type="search"
            name="q"
            value={typed}
            autocomplete="off"
            maxLength={200}
            data-search=""
          />
          <button type="submit">Filter</button>
        </div>
      </form>
      {items.length === 0 ? (
        <p>
          {typed === '' ? 'The archive is empty so far.' : 'No entity is called so.'}{' '}
          {typed !== '' && <a href={pathTo.search(site, typed)}>Search the whole archive</a>}
        </p>
      ) : (
        <table class="stacking dense">
          <caption>
            {typed === '' ? 'By name.' : 'Those whose name or id holds what was typed, by name.'} Exposure is
            the weight of all that they have in force.
          </caption>
          <thead>
            <tr>
              <th scope="col">Entity</th>
              <th scope="col" class="number">
                Exposure
              </th>
              <th scope="col" class="number">
                Documents
              </th>
              <th scope="col" class="number">
                Clauses
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((entity) => (
              <tr key={entity.id}>
                <th scope="row">
                  <a href={pathTo.entity(site, entity.id)}>
                    <Name text={entity.name} />
                  </a>
                </th>
                <td class="number" data-label="Exposure">
                  {entity.exposure}
                </td>
                <td class="number" data-label="Documents">
                  {entity.documents}
                </td>
                <td class="number" data-label="Clauses">
                  {entity.provisions}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Pager href={nextCursor === null ? null : `${site.base}/entities?${more.toString()}`} />
    </Layout>,
  );
}
