import { Anchor, Flapping } from './change-html.js';
import { DiffHtml, Lines } from './diff-html.js';
import { styles } from './mail-styles.js';
import { SeverityMove } from './severity-html.js';
import type { ShownNetChange } from './shown-net-change.js';

/** What a window changed in one clause. @param digestUrl where its steps are listed */
export function NetChangeHtml({ change, digestUrl }: { change: ShownNetChange; digestUrl: string }) {
  const { title, url, delta, kind, effective, steps } = change;
  return (
    <div style={styles.netChange}>
      <h4 dir="auto" style={styles.netTitle}>
        <a href={url} class="ink" style={styles.titleLink}>
          {title}
        </a>
      </h4>
      <p style={styles.tight}>
        <SeverityMove delta={delta} />
        <br />
        <span class="muted" style={styles.kind}>
          {kind}
          {effective !== null && ` · ${effective}`}
          {steps !== null && ' · '}
          {steps !== null && <Anchor words={steps} url={digestUrl} quiet />}
        </span>
      </p>
      <Flapping words={change.flapping} />
      <DiffHtml parts={change.diff} />
      <Matter change={change} />
      <Provenance {...change.provenance} />
    </div>
  );
}

function Matter({ change: { why, regulation, memo } }: { change: ShownNetChange }) {
  return (
    <>
      {why !== null && (
        <p dir="auto" style={styles.tight}>
          <Lines text={why} />
        </p>
      )}
      {regulation !== null && (
        <p class="muted" style={styles.small}>
          <strong>Regulation:</strong> {regulation}
        </p>
      )}
      {memo !== null && (
        <p dir="auto" class="muted" style={styles.small}>
          <strong>Compliance memo:</strong> <Lines text={memo} />
        </p>
      )}
    </>
  );
}

function Provenance({ seen, sha256, copy, record }: ShownNetChange['provenance']) {
  return (
    <p class="muted" style={styles.small}>
      {seen}
      {sha256 !== null && ` · ${sha256}`}
      {copy !== null && ' · '}
      {copy !== null && <Anchor {...copy} quiet />}
      {' · '}
      <Anchor {...record} quiet />
    </p>
  );
}
