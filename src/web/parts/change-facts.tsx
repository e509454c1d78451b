import type { SeverityDelta } from '../../domain/delta.js';
import { effectiveNotice } from '../../domain/effective-notice.js';
import type { Site } from '../frame/site.js';
import { Kind } from './severity.js';
import { Day, Moment, slugWords } from './words.js';

type Facts = {
  delta: SeverityDelta;
  /** RFC 3339: when the archive saw the change. */
  time: string;
  effectiveAt: string | null;
  provision: { clauseType: string; categories: readonly string[] };
  /** Given where the clause type is a way on. */
  site?: Site;
};

/** What kind of change it is, of what kind of clause, and when. */
export function ChangeFacts({ delta, time, effectiveAt, provision, site }: Facts) {
  const { clauseType, categories } = provision;
  const notice = effectiveNotice(time, effectiveAt);
  return (
    <dl class="facts brief">
      <dt>Change</dt>
      <dd>
        <Kind delta={delta} />
      </dd>
      <dt>Seen</dt>
      <dd>
        <Moment at={time} />
      </dd>
      {effectiveAt !== null && <dt>Takes effect</dt>}
      {effectiveAt !== null && (
        <dd>
          <Day on={effectiveAt} />
          {notice !== null && ` (${notice.words})`}
        </dd>
      )}
      <dt>Clause type</dt>
      <dd>
        {site === undefined ? (
          slugWords(clauseType)
        ) : (
          <a href={`${site.base}/clause-types/${encodeURIComponent(clauseType)}`}>{slugWords(clauseType)}</a>
        )}
      </dd>
      {categories.length > 0 && <dt>Categories</dt>}
      {categories.length > 0 && <dd>{categories.map(slugWords).join(', ')}</dd>}
    </dl>
  );
}

/** What a reader must know before relying on the record. */
export function RecordNotes({ late, gap }: { late: boolean; gap: boolean }) {
  return (
    <>
      {late && (
        <p class="note">
          <strong>Came in late.</strong> The archive had seen a newer state of this clause already. This
          change is kept as history; it moved no rating and no exposure.
        </p>
      )}
      {gap && (
        <p class="note">
          <strong>Gap before it.</strong> This change starts from words that are not the last ones the archive
          knew: a change in between may be missing.
        </p>
      )}
    </>
  );
}
