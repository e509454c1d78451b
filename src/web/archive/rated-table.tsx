import type { RatedProvision } from '../../archive/clause-types.service.js';
import type { Site } from '../frame/site.js';
import { SeverityMark } from '../parts/severity.js';
import { Name } from '../parts/words.js';
import { pathTo } from './archive-paths.js';

type Props = { site: Site; provisions: readonly RatedProvision[]; caption: string };

/** Clauses of one type, of several entities. */
export function RatedTable({ site, provisions, caption }: Props) {
  return (
    <table class="stacking dense">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Entity</th>
          <th scope="col">Clause</th>
          <th scope="col">Document</th>
          <th scope="col">Severity</th>
        </tr>
      </thead>
      <tbody>
        {provisions.map(({ id, title, severity, entity, document }) => (
          <tr key={id}>
            <th scope="row">
              <a class="faint" href={pathTo.entity(site, entity.id)}>
                <Name text={entity.name} />
              </a>
            </th>
            <td>
              <a href={pathTo.provision(site, id)}>
                <Name text={title} />
              </a>
            </td>
            <td>
              <a class="faint" href={pathTo.document(site, document.id)}>
                <Name text={document.title} />
              </a>
            </td>
            <td>
              <SeverityMark severity={severity} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
