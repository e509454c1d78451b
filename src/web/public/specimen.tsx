import type { ChangeRecord } from '../../domain/change-view.js';
import type { DiffPart } from '../../domain/alert-content.js';
import { diffExcerpt } from '../../domain/diff-excerpt.js';
import { wordDiff } from '../../domain/word-diff.js';
import type { Site } from '../frame/site.js';
import { SeverityMove } from '../parts/severity.js';
import { WordDiff } from '../parts/word-diff.js';
import { Moment, Name } from '../parts/words.js';

/** As much of a change as a living example needs. */
const limits = { context: 40, maxLength: 700 };

/** One real change, whole enough to see what a change is. */
export function Specimen({ site, change }: { site: Site; change: ChangeRecord }) {
  const { id, entity, document, provision, delta, text, capture, time } = change;
  const seen = capture.after ?? capture.before;
  return (
    <section class="specimen" aria-labelledby="specimen">
      <p class="label">
        <Name text={entity.name} />, <Name text={document.title} />
      </p>
      <h2 id="specimen">
        <a href={`${site.base}/changes/${id}`}>
          <Name text={provision.title} />
        </a>
      </h2>
      <SeverityMove delta={delta} />
      <WordDiff diff={excerptOf(text)} />
      <p class="source">
        Seen <Moment at={time} />
        {seen !== null && (
          <>
            {' · captured '}
            <Moment at={seen.capturedAt} />
          </>
        )}
        {seen?.sha256 !== undefined && (
          <>
            {' · SHA-256 '}
            <code>{seen.sha256.slice(0, 16).toLowerCase()}…</code>
          </>
        )}
      </p>
    </section>
  );
}

function excerptOf({ before, after }: ChangeRecord['text']): DiffPart[] {
  return diffExcerpt(wordDiff(before, after), limits).map(({ op, text }) =>
    op === '…' ? { op: '=', text } : { op, text },
  );
}
