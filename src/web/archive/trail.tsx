import type { Site } from '../frame/site.js';
import { Name } from '../parts/words.js';
import { pathTo } from './archive-paths.js';

type Places = {
  site: Site;
  entity?: { id: string; name: string };
  document?: { id: string; title: string };
};

/** Where a record stands: archive, entity, document, each a link. */
export function Trail({ site, entity, document }: Places) {
  return (
    <nav class="trail" aria-label="Where this stands">
      <ol>
        <li>
          <a href={`${site.base}/entities`}>Entities</a>
        </li>
        {entity && (
          <li>
            <a href={pathTo.entity(site, entity.id)}>
              <Name text={entity.name} />
            </a>
          </li>
        )}
        {document && (
          <li>
            <a href={pathTo.document(site, document.id)}>
              <Name text={document.title} />
            </a>
          </li>
        )}
      </ol>
    </nav>
  );
}
