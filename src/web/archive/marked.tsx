import { Fragment } from 'preact';
import { nameOf } from '../parts/words.js';

/**
 * A name with what was typed of it marked, where its words begin so.
 *
 * @param words of what was typed, in lower case
 */
export function Marked({ text, words }: { text: string; words: readonly string[] }) {
  const parts = nameOf(text).split(/([\p{L}\p{N}][\p{L}\p{N}\p{M}]*)/u);
  return (
    <bdi>
      {parts.map((part, index) => {
        const typed = longestOf(words.filter((word) => part.toLowerCase().startsWith(word)));
        if (typed === 0 || index % 2 === 0) return <Fragment key={index}>{part}</Fragment>;
        return (
          <Fragment key={index}>
            <mark>{part.slice(0, typed)}</mark>
            {part.slice(typed)}
          </Fragment>
        );
      })}
    </bdi>
  );
}

function longestOf(words: readonly string[]): number {
  return Math.max(0, ...words.map((word) => word.length));
}
