import { Anchor } from './change-html.js';
import { MarksLegend } from './diff-html.js';
import { Block, Button, MailLayout } from './mail-layout.js';
import { styles } from './mail-styles.js';
import { NetChangeHtml } from './net-change-html.js';
import { AboutTag, RatingTag } from './severity-html.js';
import type { ShownDigest } from './shown-digest.js';
import type { Slots } from './slots.js';
import { plural } from '../../domain/wording.js';

type Parts = { view: ShownDigest; publicUrl: string; slots: Slots };

/** A digest as MJML. */
export function DigestHtml({ view, publicUrl, slots }: Parts) {
  return MailLayout({
    title: view.title,
    preheader: view.preheader,
    archiveName: view.archiveName,
    publicUrl,
    children: (
      <>
        <Hero view={view} />
        <Block padding="0 28px 6px">
          <Button href={view.url}>Open this digest</Button>
        </Block>
        <Block padding="14px 28px 16px">
          <Overview lines={view.overview} />
          {view.entities.map((entity, index) => (
            <Entity key={index} entity={entity} digestUrl={view.url} />
          ))}
          <Rest view={view} />
          <NoLongerSo view={view} />
          <CancelledOut view={view} />
          <Locked parts={view.locked} />
        </Block>
      </>
    ),
    footer: <Footer view={view} slots={slots} />,
  });
}

/** Above the fold: how bad, which way, how much, of which time. */
function Hero({ view: { top, tag, title, window, heartbeat } }: { view: ShownDigest }) {
  return (
    <Block padding="20px 28px 4px">
      <p style={styles.verdict}>
        {top === null ? (
          <AboutTag words={tag} />
        ) : (
          <>
            <RatingTag severity={top.severity} rating={top.rating} />
            {` \u00A0${top.tally}`}
          </>
        )}
      </p>
      <h1 class="headline" style={styles.headline}>
        {title}
      </h1>
      <p class="muted" style={styles.kicker}>
        {window}
      </p>
      {heartbeat !== null && <p style={styles.paragraph}>{heartbeat}</p>}
    </Block>
  );
}

function Overview({ lines }: { lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <ul style={styles.list}>
      {lines.map((line, index) => (
        <li key={index} style={styles.item}>
          <bdi>{line}</bdi>
        </li>
      ))}
    </ul>
  );
}

type EntityParts = { entity: ShownDigest['entities'][number]; digestUrl: string };

function Entity({ entity: { name, exposure, documents }, digestUrl }: EntityParts) {
  return (
    <div class="line" style={styles.group}>
      <h2 dir="auto" style={styles.groupTitle}>
        {name}
      </h2>
      <p class="muted" style={styles.place}>
        {exposure}
      </p>
      {documents.map((document, index) => (
        <div key={index}>
          <h3 dir="auto" style={styles.documentTitle}>
            <Anchor {...document.title} />
          </h3>
          <p class="muted" style={styles.place}>
            {document.exposure}
          </p>
          {document.changes.map((change, place) => (
            <NetChangeHtml key={place} change={change} digestUrl={digestUrl} />
          ))}
        </div>
      ))}
    </div>
  );
}

function Rest({ view: { rest, url } }: { view: ShownDigest }) {
  if (rest === 0) return null;
  return (
    <p style={styles.paragraph}>
      <Anchor words={`${plural(rest, 'more change', 'more changes')} in this digest`} url={url} />
    </p>
  );
}

function NoLongerSo({ view: { echoes, moreEchoes, url } }: { view: ShownDigest }) {
  if (echoes.length === 0) return null;
  return (
    <div class="line" style={styles.group}>
      <h2 style={styles.groupTitle}>No longer so</h2>
      <p class="muted" style={styles.place}>
        What earlier messages told you and does not hold any more
      </p>
      {echoes.map(({ words, at, name, told, url: alertUrl }, index) => (
        <p key={index} style={styles.paragraph}>
          <strong>{words}</strong>{' '}
          <span class="muted" style={styles.kind}>
            {at}
          </span>
          <br />
          <a href={alertUrl} class="link" style={styles.link}>
            {name}
          </a>
          <br />
          You were told: {told}.
        </p>
      ))}
      {moreEchoes > 0 && (
        <p style={styles.paragraph}>
          <Anchor words={`and ${moreEchoes} more`} url={url} />
        </p>
      )}
    </div>
  );
}

function CancelledOut({ view: { cancelledOut, url } }: { view: ShownDigest }) {
  if (cancelledOut === null) return null;
  return (
    <p class="muted" style={styles.exposure}>
      {cancelledOut} <Anchor words="See what they went through" url={url} quiet />
    </p>
  );
}

function Locked({ parts }: { parts: string[] }) {
  return (
    <>
      {parts.map((words) => (
        <p key={words} class="muted" style={styles.locked}>
          <strong>Locked.</strong> {words}
        </p>
      ))}
    </>
  );
}

function Footer({ view: { entities }, slots }: { view: ShownDigest; slots: Slots }) {
  return (
    <>
      <p class="muted" style={styles.small}>
        {slots.reason}
      </p>
      {entities.length > 0 && (
        <p class="muted" style={styles.small}>
          <MarksLegend />
          {', each between the beginning and the end of this time. '}
          {'Exposure adds up the clauses in force: low 1, medium 3, high 9. '}
          Ratings are the archive's and no legal advice.
        </p>
      )}
    </>
  );
}
