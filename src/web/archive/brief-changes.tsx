import type { BriefChange } from '../../archive/brief-history.service.js';
import { SeverityMove } from '../parts/severity.js';
import { Moment, Name } from '../parts/words.js';
import { kindWords } from '../../domain/wording.js';
import type { Site } from '../frame/site.js';
import { pathTo } from './archive-paths.js';

const becameWords = { late: 'came in late', undone: 'went back since', retracted: 'retracted' } as const;

/** The newest changes of a thing, as lines. @param of what the page is about: what it says already is not said again */
export function BriefChanges({
  site,
  changes,
  of,
}: {
  site: Site;
  changes: readonly BriefChange[];
  of: 'entity' | 'document';
}) {
  return (
    <ol class="changes">
      {changes.map(({ id, time, delta, provision, document, became }) => (
        <li key={id}>
          <a href={pathTo.change(site, id)}>
            <Name text={provision.title} />
          </a>
          <SeverityMove delta={delta} />
          <p class="aside">
            {kindWords[delta.kind]}
            {of === 'entity' && ' in '}
            {of === 'entity' && <Name text={document.title} />}, <Moment at={time} />
            {became !== null && ` (${becameWords[became]})`}
          </p>
        </li>
      ))}
    </ol>
  );
}
