import type { AlertContent } from '../../domain/alert-content.js';
import { capitalised } from '../../domain/sentence.js';
import { plural } from '../../domain/wording.js';
import { Moment } from '../parts/words.js';

/** What became of an alert since it was told, on top of it; each change says the rest. */
export function AlertFate({ content, correctedAt }: { content: AlertContent; correctedAt: Date | null }) {
  const { changes } = content;
  const reverted = changes.filter(({ revertedAt }) => (revertedAt ?? null) !== null);
  const retracted = changes.filter(({ retractedAt }) => (retractedAt ?? null) !== null);
  const all = changes.length;
  return (
    <>
      {retracted.length > 0 && (
        <p class="note">
          <strong>Retracted.</strong> The archive took {ofAll(retracted.length, all)} back: what it told was
          wrong.
        </p>
      )}
      {reverted.length > 0 && (
        <p class="note">
          <strong>Went back.</strong> {capitalised(ofAll(reverted.length, all))}{' '}
          {reverted.length === 1 ? 'does' : 'do'} not hold any more: the words are again as before.
        </p>
      )}
      {correctedAt !== null && (
        <p class="note">
          <strong>Corrected.</strong> The archive corrected what it told on{' '}
          <Moment at={correctedAt.toISOString()} />; this page shows what holds now.
        </p>
      )}
    </>
  );
}

function ofAll(count: number, all: number): string {
  if (count < all) return `${plural(count, 'change', 'changes')} of ${all}`;
  return all === 1 ? 'this change' : `all ${all} changes`;
}
