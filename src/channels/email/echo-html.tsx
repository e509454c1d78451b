import { Anchor, ChangeBody, ChangeHtml, Provenance } from './change-html.js';
import { DiffHtml, MarksLegend } from './diff-html.js';
import { Rest } from './alert-html.js';
import { Block, Button, MailLayout } from './mail-layout.js';
import { styles } from './mail-styles.js';
import { AboutTag, SeverityMove } from './severity-html.js';
import { restOf } from './shown-alert.js';
import type { ShownChange } from './shown-change.js';
import type { ShownEcho } from './shown-echo.js';
import type { Slots } from './slots.js';

type Parts = { view: ShownEcho; publicUrl: string; slots: Slots };

/** What became of an alert as MJML. */
export function EchoHtml({ view, publicUrl, slots }: Parts) {
  return MailLayout({
    title: view.title,
    preheader: view.preheader,
    archiveName: view.archiveName,
    publicUrl,
    children: (
      <>
        <Hero view={view} />
        <Block padding="0 28px 6px">
          <Button href={slots.alertUrl}>Open the alert</Button>
        </Block>
        <Block padding="14px 28px 12px">
          <Changes view={view} />
        </Block>
        {restOf(view) > 0 && <Rest count={restOf(view)} alertUrl={slots.alertUrl} />}
      </>
    ),
    footer: (
      <>
        <p class="muted" style={styles.small}>
          {slots.reason}
        </p>
        <p class="muted" style={styles.small}>
          <MarksLegend />. Ratings are the archive's and no legal advice.
        </p>
      </>
    ),
  });
}

/** Above the fold: what became of it, what it was, whose, since when, why. */
function Hero({ view }: { view: ShownEcho }) {
  const only = view.total === 1 ? view.changes[0] : undefined;
  return (
    <Block padding="20px 28px 4px">
      <p style={styles.verdict}>
        <AboutTag words={view.tag} />
        {' \u00A0'}
        {!view.holds && 'was told as: '}
        {only === undefined ? view.verdict : <SeverityMove delta={only.delta} />}
      </p>
      <h1 dir="auto" class="headline" style={styles.headline}>
        {view.title}
      </h1>
      <p dir="auto" class="muted" style={styles.kicker}>
        <strong class="ink" style={styles.entity}>
          {view.entity}
        </strong>
        {' · '}
        <Anchor {...view.document} quiet />
        <br />
        {view.when}
      </p>
      <p style={styles.paragraph}>{view.lead}</p>
      <Why view={view} />
    </Block>
  );
}

function Why({ view: { reason, by } }: { view: ShownEcho }) {
  return (
    <>
      {reason !== null && (
        <p dir="auto" style={styles.paragraph}>
          <strong>The archive says:</strong> “{reason}”
        </p>
      )}
      {by.length > 0 && (
        <p style={styles.paragraph}>
          Undone by{' '}
          {by.map((change, index) => (
            <>
              {index > 0 && ', '}
              <Anchor {...change} />
            </>
          ))}
          .
        </p>
      )}
    </>
  );
}

function Changes({ view: { changes, total, holds } }: { view: ShownEcho }) {
  const [only] = changes;
  if (total === 1 && only !== undefined) {
    return holds ? <ChangeBody change={only} /> : <FormerWords change={only} />;
  }
  return (
    <>
      {changes.map((change, index) =>
        holds ? (
          <ChangeHtml key={index} change={change} place={`${index + 1} of ${total}`} />
        ) : (
          <div key={index} class="line" style={styles.change}>
            <h2 dir="auto" style={styles.changeTitle}>
              <a href={change.url} class="ink" style={styles.titleLink}>
                {change.title}
              </a>
            </h2>
            <p style={styles.verdict}>
              was told as: <SeverityMove delta={change.delta} />
            </p>
            <FormerWords change={change} />
          </div>
        ),
      )}
    </>
  );
}

/** What was told and does not hold: its words and where they were seen, but no advice on it. */
function FormerWords({ change }: { change: ShownChange }) {
  return (
    <>
      <h3 class="muted" style={styles.label}>
        As you were told, and no longer so
      </h3>
      <DiffHtml parts={change.diff} />
      <Provenance change={change} />
    </>
  );
}
