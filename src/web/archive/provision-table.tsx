import type { ArchiveService } from '../../archive/archive.service.js';
import type { Site } from '../frame/site.js';
import { SeverityMark } from '../parts/severity.js';
import { Name, slugWords } from '../parts/words.js';
import { pathTo } from './archive-paths.js';

type Props = {
  site: Site;
  provisions: NonNullable<Awaited<ReturnType<ArchiveService['document']>>>['provisions'];
  caption: string;
};

/** Clauses of one document as lines to scan: what each is called, its kind and its rating. */
export function ProvisionTable({ site, provisions, caption }: Props) {
  return (
    <table class="stacking dense">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Clause</th>
          <th scope="col">Clause type</th>
          <th scope="col">Severity</th>
        </tr>
      </thead>
      <tbody>
        {provisions.map(({ id, title, clauseType, severity }) => (
          <tr key={id}>
            <th scope="row">
              <a href={pathTo.provision(site, id)}>
                <Name text={title} />
              </a>
            </th>
            <td>
              <a class="faint" href={pathTo.clauseType(site, clauseType)}>
                {slugWords(clauseType)}
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
