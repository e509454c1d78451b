import type { ComponentChildren } from 'preact';
import { Cell } from './mail-layout.js';
import type { ShownChange, Link, ProvenanceView } from './shown-change.js';
import { DiffHtml, Lines } from './diff-html.js';
import { styles } from './mail-styles.js';
import { SeverityMove } from './severity-html.js';

/** One change of several, in full. @param place "2 of 6" */
export function ChangeHtml({ change, place }: { change: ShownChange; place: string }) {
  return (
    <div class="line" style={styles.change}>
      <p class="muted" style={styles.place}>
        {place}
      </p>
      <h2 dir="auto" style={styles.changeTitle}>
        <a href={change.url} class="ink" style={styles.titleLink}>
          {change.title}
        </a>
      </h2>
      <p style={styles.verdict}>
        <SeverityMove delta={change.delta} />
        <br />
        <span class="muted" style={styles.kind}>
          {change.kind}
          {change.effective !== null && ` · ${change.effective}`}
        </span>
      </p>
      <ChangeBody change={change} />
    </div>
  );
}

/** What changed in a clause, why it matters, and how that is known: all but its title and verdict. */
export function ChangeBody({ change }: { change: ShownChange }) {
  return (
    <>
      <Flapping words={change.flapping} />
      <DiffHtml parts={change.diff} />
      <WhyItMatters change={change} />
      <Regulation change={change} />
      <Agencies change={change} />
      <Standing change={change} />
      <Provenance change={change} />
    </>
  );
}

export function Flapping({ words }: { words: string | null }) {
  if (words === null) return null;
  return (
    <p class="muted" style={styles.locked}>
      <strong>Back and forth.</strong> {words}
    </p>
  );
}

function Label({ children }: { children: ComponentChildren }) {
  return (
    <h3 class="muted" style={styles.label}>
      {children}
    </h3>
  );
}

function WhyItMatters({ change: { why } }: { change: ShownChange }) {
  if (why.length === 0) return null;
  return (
    <>
      <Label>Why it matters</Label>
      {why.map(({ label, text }) => (
        <p key={label} dir="auto" style={styles.paragraph}>
          {label !== null && <strong>{label}: </strong>}
          <Lines text={text} />
        </p>
      ))}
    </>
  );
}

function Regulation({ change: { citations, memo, locked } }: { change: ShownChange }) {
  return (
    <>
      {citations.length > 0 && <Label>Regulation it touches</Label>}
      {citations.length > 0 && (
        <ul style={styles.list}>
          {citations.map(({ citation, note }, index) => (
            <li key={index} style={styles.item}>
              {note === null ? citation : `${citation}: ${note}`}
            </li>
          ))}
        </ul>
      )}
      {memo !== null && <Label>Compliance memo</Label>}
      {memo !== null && (
        <Cell class="box" tableStyle={styles.fullTable} style={styles.box}>
          <Lines text={memo} />
        </Cell>
      )}
      {locked.map((words) => (
        <p key={words} class="muted" style={styles.locked}>
          <strong>Locked.</strong> {words}
        </p>
      ))}
    </>
  );
}

function Agencies({ change: { agencies } }: { change: ShownChange }) {
  if (agencies.length === 0) return null;
  return (
    <>
      <Label>Who oversees it</Label>
      {agencies.map(({ name, note, complaintUrl }, index) => (
        <p key={index} style={styles.paragraph}>
          <strong>{name}</strong>
          {note !== null && `: ${note}`}
          {complaintUrl !== null && ' '}
          {complaintUrl !== null && <Anchor words="File a complaint" url={complaintUrl} />}
        </p>
      ))}
    </>
  );
}

function Standing({ change: { standing } }: { change: ShownChange }) {
  if (standing === null) return null;
  return (
    <>
      <Label>Compared with others</Label>
      <p style={styles.paragraph}>{standing}</p>
    </>
  );
}

/** Where both wordings were seen, and how to cite it. */
export function Provenance({ change: { provenance, seen, record, citation } }: { change: ShownChange }) {
  return (
    <>
      <Label>Provenance</Label>
      {provenance.map((side) => (
        <Side key={side.side} side={side} />
      ))}
      {provenance.length === 0 && (
        <p class="muted" style={styles.small}>
          Seen {seen}.
        </p>
      )}
      {record.url !== null && (
        <p class="muted" style={styles.small}>
          <Anchor {...record} /> in the archive
        </p>
      )}
      <p class="muted" style={styles.mono}>
        {citation}
      </p>
    </>
  );
}

function Side({ side: { side, captured, source, archived, sha256 } }: { side: ProvenanceView }) {
  return (
    <p class="muted" style={styles.small}>
      <strong>{side}:</strong> captured {captured}
      {source !== null && ' from '}
      {source !== null && <Anchor {...source} />}
      {archived !== null && ', '}
      {archived !== null && <Anchor words="archived copy" url={archived.url} />}
      {sha256 !== null && <br />}
      {sha256 !== null && <span style={styles.hash}>SHA-256 {sha256}</span>}
    </p>
  );
}

/** A link, or its words alone when it is too long for a mail. */
export function Anchor({ words, url, quiet = false }: Link & { quiet?: boolean }) {
  if (url === null) return <>{words}</>;
  return (
    <a href={url} class={quiet ? 'muted' : 'link'} style={quiet ? styles.quietLink : styles.link}>
      {words}
    </a>
  );
}
