import type { CoveredDocument } from '../../coverage/coverage-view.js';
import type { Site } from '../frame/site.js';
import { Moment, Name } from '../parts/words.js';
import { agoWords } from '../../domain/local-words.js';

type CoverageTable = { site: Site; caption: string; documents: readonly CoveredDocument[]; now: Date };

/** When each document was last seen, those first that need a look. */
export function CoverageTable({ site, caption, documents, now }: CoverageTable) {
  return (
    <table class="stacking">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Document</th>
          <th scope="col">Last verified</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {documents.map((one) => (
          <tr key={one.document.id}>
            <th scope="row">
              <a href={`${site.base}/documents/${encodeURIComponent(one.document.id)}`}>
                <Name text={one.document.title} />
              </a>
              <span class="aside">
                <a href={`${site.base}/entities/${encodeURIComponent(one.entity.id)}`}>
                  <Name text={one.entity.name} />
                </a>
              </span>
            </th>
            <td data-label="Last verified">
              {one.lastVerified === null ? (
                'Never'
              ) : (
                <>
                  {agoWords(one.lastVerified, now.toISOString())}
                  <span class="aside">
                    <Moment at={one.lastVerified} />
                  </span>
                </>
              )}
            </td>
            <td data-label="State">
              <State document={one} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function State({ document: { state, unreachable } }: { document: CoveredDocument }) {
  if (unreachable !== null) {
    return (
      <>
        <strong class="alarm">Out of sight</strong>
        <span class="aside">
          since <Moment at={unreachable.since} />
          {unreachable.detail !== null && unreachable.detail.trim() !== '' && (
            <>
              : <Name text={unreachable.detail} />
            </>
          )}
        </span>
      </>
    );
  }
  if (state === 'unverified') return <strong class="alarm">Not looked at for long</strong>;
  if (state === 'unknown') return <>The archive does not say when it looks</>;
  return <>In sight</>;
}
