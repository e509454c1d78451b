import type { ChangeContext } from '../../archive/change-context.service.js';
import { plural } from '../../domain/wording.js';
import type { Site } from '../frame/site.js';
import { SeverityMove } from '../parts/severity.js';
import { Moment, Name } from '../parts/words.js';
import { pathTo } from './archive-paths.js';

/** Which changes it took back. */
export function UndoesNote({ site, undoes }: { site: Site } & Pick<ChangeContext, 'undoes'>) {
  if (undoes.length === 0) return null;
  return (
    <p class="note">
      <strong>A step back.</strong> The clause is again as it was before{' '}
      {undoes.map(({ id, time }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <a href={pathTo.change(site, id)}>
            the change of <Moment at={time} />
          </a>
        </span>
      ))}
      .
    </p>
  );
}

type Props = { site: Site; documentId: string } & Pick<ChangeContext, 'siblings'>;

/** What else one revision of the document brought. */
export function Siblings({ site, documentId, siblings: { items, isWhole } }: Props) {
  if (items.length === 0) return null;
  const count = isWhole ? plural(items.length, 'other change', 'other changes') : 'many other changes';
  return (
    <section aria-labelledby="siblings">
      <h2 id="siblings">In the same revision</h2>
      <p>This change came with {count} of the document.</p>
      <ol class="changes">
        {items.map(({ id, title, delta }) => (
          <li key={id}>
            <a href={pathTo.change(site, id)}>
              <Name text={title} />
            </a>
            <SeverityMove delta={delta} />
          </li>
        ))}
      </ol>
      {!isWhole && (
        <p>
          <a href={pathTo.document(site, documentId)}>All of the document</a>
        </p>
      )}
    </section>
  );
}
