import { Fragment } from 'preact';
import { shown } from '../../domain/shown-text.js';
import type { DiffPart } from '../../domain/alert-content.js';

/**
 * The words of a change, marked: what went is struck through, what came is underlined, and both are said to those who
 * listen, since screen readers pass over `del` and `ins` in silence.
 */
export function DiffWords({ diff }: { diff: readonly DiffPart[] }) {
  return (
    <>
      {diff.map((part, index) => (
        <Fragment key={index}>
          <Part {...part} />
        </Fragment>
      ))}
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
