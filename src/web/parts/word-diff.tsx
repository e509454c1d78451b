import { Fragment } from 'preact';
import { shown } from '../../domain/shown-text.js';
import type { DiffPart } from '../../domain/alert-content.js';

/**
 * A change word for word. What went is struck through, what came is underlined, and both are said to those who listen:
 * screen readers pass over `del` and `ins` in silence.
 */
export function WordDiff({ diff }: { diff: readonly DiffPart[] }) {
  const isSame = diff.every(({ op }) => op === '=');
  return (
    <>
      {isSame && <p class="aside">The words stayed the same.</p>}
      {diff.length > 0 && (
        <blockquote class="diff" dir="auto">
          {diff.map((part, index) => (
            <Fragment key={index}>
              <Part {...part} />
            </Fragment>
          ))}
        </blockquote>
      )}
    </>
  );
}

function Part({ op, text }: DiffPart) {
  if (op === '=') return <>{shown(text)}</>;
  const Mark = op === '-' ? 'del' : 'ins';
  const said = op === '-' ? 'removed' : 'added';
  const [before, words, after] = spacesApart(shown(text));
  return (
    <>
      {before}
      <Mark>
        <span class="unseen"> [{said}: </span>
        {words}
        <span class="unseen"> end of what was {said}] </span>
      </Mark>
      {after}
    </>
  );
}

/** Sets the white space around words apart, so that no mark runs into its neighbours. White space alone stays marked. */
function spacesApart(text: string): [before: string, words: string, after: string] {
  const words = text.trim();
  if (words === '') return ['', text, ''];
  const start = text.length - text.trimStart().length;
  return [text.slice(0, start), words, text.slice(start + words.length)];
}
