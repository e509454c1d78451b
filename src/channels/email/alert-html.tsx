import type { ComponentChildren } from 'preact';
import { restOf, type ShownAlert } from './shown-alert.js';
import { Anchor, ChangeBody, ChangeHtml } from './change-html.js';
import type { ShownChange } from './shown-change.js';
import { MarksLegend } from './diff-html.js';
import { Block, Button, MailLayout } from './mail-layout.js';
import { styles } from './mail-styles.js';
import { RatingTag, SeverityMove } from './severity-html.js';
import type { Slots } from './slots.js';
import { plural } from '../../domain/wording.js';

type Parts = { view: ShownAlert; publicUrl: string; slots: Slots };

/** An alert as MJML. */
export function AlertHtml({ view, publicUrl, slots }: Parts) {
  const only = view.total === 1 ? view.changes[0] : undefined;
  return MailLayout({
    title: view.title,
    preheader: view.preheader,
    archiveName: view.archiveName,
    publicUrl,
    children:
      only === undefined ? (
        <Several view={view} slots={slots} />
      ) : (
        <Single view={view} only={only} slots={slots} />
      ),
    footer: <Footer slots={slots} />,
  });
}

/** One change: its words follow at once, below the way to the alert's page. */
function Single({ view, only, slots }: { view: ShownAlert; only: ShownChange; slots: Slots }) {
  return (
    <>
      <Hero
        view={view}
        verdict={
          <>
            <SeverityMove delta={only.delta} />
            {` · ${only.kind}`}
          </>
        }
      />
      <Way alertUrl={slots.alertUrl} />
      <Block padding="0 28px 20px">
        <ChangeBody change={only} />
        <Exposure view={view} />
      </Block>
    </>
  );
}

/** Several changes: an overview first, then each in full. */
function Several({ view, slots }: { view: ShownAlert; slots: Slots }) {
  return (
    <>
      <Hero view={view} verdict={view.verdict} />
      <Way alertUrl={slots.alertUrl} />
      <Block padding="14px 28px 6px">
        <Titles view={view} />
        <Exposure view={view} />
      </Block>
      <Block padding="0 28px">
        {view.changes.map((change, index) => (
          <ChangeHtml key={index} change={change} place={`${index + 1} of ${view.total}`} />
        ))}
      </Block>
      {restOf(view) > 0 && <Rest count={restOf(view)} alertUrl={slots.alertUrl} />}
    </>
  );
}

/** Above the fold: how bad, which way, what, whose, since when. */
function Hero({ view, verdict }: { view: ShownAlert; verdict: ComponentChildren }) {
  return (
    <Block padding="20px 28px 4px">
      <p style={styles.verdict}>
        <RatingTag severity={view.severity} rating={view.rating} />
        {' \u00A0'}
        {verdict}
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
      {view.followUp && (
        <p style={styles.paragraph}>
          <strong>Follow-up.</strong> You were alerted to this revision before; these changes came in later.
        </p>
      )}
    </Block>
  );
}

function Exposure({ view }: { view: ShownAlert }) {
  return (
    <p class="muted" style={styles.exposure}>
      {view.exposure}
    </p>
  );
}

/** What can be done: acknowledge, compare, cite. Above the fold, however long the words of the change are. */
function Way({ alertUrl }: { alertUrl: string }) {
  return (
    <Block padding="0 28px 6px">
      <Button href={alertUrl}>Open this alert</Button>
    </Block>
  );
}

function Titles({ view: { titles, total } }: { view: ShownAlert }) {
  const rest = total - titles.length;
  return (
    <ul style={styles.list}>
      {titles.map(({ title, delta }, index) => (
        <li key={index} style={styles.item}>
          <bdi>{title}</bdi>
          {': '}
          <SeverityMove delta={delta} />
        </li>
      ))}
      {rest > 0 && <li style={styles.item}>and {rest} more</li>}
    </ul>
  );
}

export function Rest({ count, alertUrl }: { count: number; alertUrl: string }) {
  return (
    <Block padding="0 28px 26px">
      <p style={styles.paragraph}>
        <a href={alertUrl} class="link" style={styles.link}>
          {plural(count, 'more change', 'more changes')} in this alert
        </a>
      </p>
    </Block>
  );
}

function Footer({ slots }: { slots: Slots }) {
  return (
    <>
      <p class="muted" style={styles.small}>
        {slots.reason}
      </p>
      <p class="muted" style={styles.small}>
        <MarksLegend />
        {'. Exposure adds up the clauses in force: low 1, medium 3, high 9. '}
        Ratings are the archive's and no legal advice.
      </p>
    </>
  );
}
