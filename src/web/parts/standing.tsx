import { exposureWords, standingSentence } from '../../domain/wording.js';
import type { Exposure, Standing } from '../../domain/alert-content.js';
import { Name } from './words.js';

/** How others rate the same kind of clause. Of a clause that is gone there is nothing to compare. */
export function StandingNote({ standing }: { standing: Standing }) {
  return <p>{standingSentence(standing)}</p>;
}

type Exposures = {
  document: { title: string; exposure: Exposure };
  entity: { name: string; exposure: Exposure };
};

/** What the change did to the weight of all that the document, and its entity, have in force. */
export function ExposureTable({ document, entity }: Exposures) {
  const rows = [
    { scope: 'This document', name: document.title, ...document.exposure },
    { scope: 'All documents', name: entity.name, ...entity.exposure },
  ];
  return (
    <table class="exposure">
      <caption>
        Exposure is the sum over the clauses in force: 1 for each that is rated low, 3 for medium, 9 for high.
      </caption>
      <thead>
        <tr>
          <th scope="col">Exposure of</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ scope, name, before, after }) => (
          <tr key={scope}>
            <th scope="row">
              {scope}
              <span class="aside">
                <Name text={name} />
              </span>
            </th>
            <td>{before}</td>
            <td>
              {after}
              <span class="unseen"> ({exposureWords({ before, after })})</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
