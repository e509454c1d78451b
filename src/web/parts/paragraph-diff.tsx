import type { ComponentChildren } from 'preact';
import type { ParagraphPair } from '../../domain/paragraphs.js';
import { shown } from '../../domain/shown-text.js';
import { plural } from '../../domain/wording.js';
import { DiffWords } from './diff-words.js';

/** The two ways to read a change: in one column with all words, or in two with what was and what is. */
export type DiffView = 'inline' | 'side';

/** So many unchanged paragraphs stay in sight before and after a change; of longer stretches the rest is folded. */
const context = 1;
const leastFolded = 2;

type Numbered = ParagraphPair & { number: number };

/** A change paragraph by paragraph, each with a link to itself; long stretches that stayed are folded. */
export function ParagraphDiff({ pairs, view }: { pairs: readonly ParagraphPair[]; view: DiffView }) {
  const Row = view === 'side' ? SideBySide : Inline;
  return (
    <div class={`paragraphs paragraphs-${view}`}>
      {view === 'side' && (
        <p class="columns" aria-hidden="true">
          <span>Before</span>
          <span>After</span>
        </p>
      )}
      {stretchesOf(pairs).map(({ rows, folded }) => {
        const shownRows = rows.map((row) => <Row key={row.number} {...row} />);
        if (!folded) return shownRows;
        return (
          <details key={rows[0]?.number} class="folded">
            <summary>{plural(rows.length, 'unchanged paragraph', 'unchanged paragraphs')}</summary>
            {shownRows}
          </details>
        );
      })}
    </div>
  );
}

function Inline({ number, kind, diff }: Numbered) {
  return (
    <Paragraph number={number} kind={kind}>
      <div class="words" dir="auto">
        <DiffWords diff={withoutEnd(diff)} />
      </div>
    </Paragraph>
  );
}

function SideBySide({ number, kind, before, after, diff }: Numbered) {
  const was = kind === 'same' && before !== null ? [{ op: '=', text: before } as const] : diff;
  return (
    <Paragraph number={number} kind={kind}>
      <Column label="Before" isThere={before !== null}>
        <DiffWords diff={withoutEnd(was.filter(({ op }) => op !== '+'))} />
      </Column>
      <Column label="After" isThere={after !== null}>
        <DiffWords diff={withoutEnd(diff.filter(({ op }) => op !== '-'))} />
      </Column>
    </Paragraph>
  );
}

function Column({
  label,
  isThere,
  children,
}: {
  label: string;
  isThere: boolean;
  children: ComponentChildren;
}) {
  return (
    <div class="column">
      <span class="column-label">{label}</span>
      {isThere ? (
        <div class="words" dir="auto">
          {children}
        </div>
      ) : (
        <p class="aside">Not there</p>
      )}
    </div>
  );
}

function Paragraph({
  number,
  kind,
  children,
}: Pick<Numbered, 'number' | 'kind'> & { children: ComponentChildren }) {
  const id = `p${number}`;
  return (
    <div
      class={`paragraph paragraph-${kind}`}
      id={id}
      tabIndex={kind === 'same' ? undefined : -1}
      data-changed={kind === 'same' ? undefined : ''}
    >
      <a class="pilcrow" href={`#${id}`} aria-label={`Link to paragraph ${number}`}>
        ¶
      </a>
      {children}
    </div>
  );
}

/** Line ends at the end of a paragraph are the distance to the next one, which the page has its own way to show. */
function withoutEnd(diff: ParagraphPair['diff']): ParagraphPair['diff'] {
  const last = diff.findLastIndex(({ text }) => text.trim() !== '');
  return diff
    .slice(0, last + 1)
    .map((part, n) => (n === last ? { ...part, text: part.text.trimEnd() } : part));
}

/** What is shown and what is folded, in turn. Blank lines alone are no paragraphs. */
function stretchesOf(pairs: readonly ParagraphPair[]): { rows: Numbered[]; folded: boolean }[] {
  const rows = pairs
    .filter(({ before, after }) => shown(`${before ?? ''}${after ?? ''}`).trim() !== '')
    .map((pair, n) => ({ ...pair, number: n + 1 }));
  const isNear = (at: number) =>
    rows.slice(Math.max(0, at - context), at + context + 1).some(({ kind }) => kind !== 'same');
  const stretches: { rows: Numbered[]; folded: boolean }[] = [];
  for (const [at, row] of rows.entries()) {
    const folded = !isNear(at);
    const last = stretches.at(-1);
    if (last?.folded === folded) last.rows.push(row);
    else stretches.push({ rows: [row], folded });
  }
  const isWhole = stretches.every(({ folded }) => folded);
  return stretches.map((one) => ({
    ...one,
    folded: one.folded && !isWhole && one.rows.length >= leastFolded,
  }));
}
