import { Fragment } from 'preact';
import type { ExcerptPart } from '../../domain/diff-excerpt.js';
import { Cell } from './mail-layout.js';
import { styles } from './mail-styles.js';

/**
 * The words of a change: removed ones struck through, added ones underlined, so that colour is only a help. A space keeps
 * words that replace others from running into them.
 */
export function DiffHtml({ parts }: { parts: readonly ExcerptPart[] }) {
  return (
    <Cell class="ink line" tableStyle={styles.fullTable} style={styles.quote}>
      {parts.map((part, index) => (
        <Fragment key={index}>
          {part.op === '+' && parts[index - 1]?.op === '-' && ' '}
          {marked(part)}
        </Fragment>
      ))}
    </Cell>
  );
}

/** Text whose line ends are kept: Outlook knows no `white-space: pre-wrap`. */
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

function marked({ op, text }: ExcerptPart) {
  if (op === '=') return <Lines text={text} />;
  if (op === '…') {
    return (
      <span class="muted" style={styles.skipped}>
        {' … '}
      </span>
    );
  }
  const isRemoved = op === '-';
  const Mark = isRemoved ? 'del' : 'ins';
  return (
    <Mark class={isRemoved ? 'removed' : 'added'} style={isRemoved ? styles.removed : styles.added}>
      <Lines text={text} />
    </Mark>
  );
}

/** How removed and added words are marked, for the footer. */
export function MarksLegend() {
  return (
    <>
      <span style={styles.removed} class="removed">
        Struck-through
      </span>
      {' words were removed, '}
      <span style={styles.added} class="added">
        underlined
      </span>
      {' words were added'}
    </>
  );
}
