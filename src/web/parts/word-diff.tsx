import type { DiffPart } from '../../domain/alert-content.js';
import { DiffWords } from './diff-words.js';

/** A change word for word, as one passage. */
export function WordDiff({ diff }: { diff: readonly DiffPart[] }) {
  const isSame = diff.every(({ op }) => op === '=');
  return (
    <>
      {isSame && <p class="aside">The words stayed the same.</p>}
      {diff.length > 0 && (
        <blockquote class="diff" dir="auto">
          <DiffWords diff={diff} />
        </blockquote>
      )}
    </>
  );
}
