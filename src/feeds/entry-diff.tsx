import { Fragment } from 'preact';
import type { DiffPart } from '../domain/alert-content.js';
import { diffExcerpt, type ExcerptPart } from '../domain/diff-excerpt.js';
import { shown } from '../domain/shown-text.js';

/** The change's page has the whole text. */
const excerpt = { context: 60, maxLength: 4_000 };
/** Each costs some 50 bytes of markup, however short it is. */
const mostParts = 300;

/**
 * What a change did to the words. Signs stand beside `del` and `ins`: readers that strip what they do not know would leave
 * both wordings as one sentence, and screen readers pass over the elements in silence.
 */
export function EntryDiff({ diff }: { diff: readonly DiffPart[] }) {
  const parts = diffExcerpt(diff, excerpt);
  const kept = parts.slice(0, mostParts);
  const isSame = diff.every(({ op }) => op === '=');
  return (
    <>
      {diff.length > 0 && (
        <blockquote dir="auto">
          {kept.map((part, index) => (
            <Fragment key={index}>
              {part.op === '+' && kept[index - 1]?.op === '-' && ' '}
              <Part {...part} />
            </Fragment>
          ))}
          {parts.length > kept.length && ' […] '}
        </blockquote>
      )}
      <p>
        <small>
          {isSame
            ? 'The words stayed the same.'
            : 'Words in [-such brackets-] were removed, words in {+such brackets+} were added.'}
        </small>
      </p>
    </>
  );
}

function Part({ op, text }: ExcerptPart) {
  if (op === '…') return <>{' […] '}</>;
  if (op === '=') return <Lines text={shown(text)} />;
  const [start, words, end] = spacesApart(shown(text));
  return (
    <>
      <Lines text={start} />
      {op === '-' ? (
        <del>
          [-
          <Lines text={words} />
          -]
        </del>
      ) : (
        <ins>
          {'{+'}
          <Lines text={words} />
          {'+}'}
        </ins>
      )}
      <Lines text={end} />
    </>
  );
}

/** Text whose line ends are kept without a style. */
export function Lines({ text }: { text: string }) {
  return (
    <>
      {text.split(/\n+/).map((line, index) => (
        <Fragment key={index}>
          {index > 0 && <br />}
          {line}
        </Fragment>
      ))}
    </>
  );
}

/** Sets the white space around words apart, so that no sign runs into its neighbours. White space alone stays marked. */
function spacesApart(text: string): [before: string, words: string, after: string] {
  const words = text.trim();
  if (words === '') return ['', text, ''];
  const start = text.length - text.trimStart().length;
  return [text.slice(0, start), words, text.slice(start + words.length)];
}
