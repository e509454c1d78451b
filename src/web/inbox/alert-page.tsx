import { plural } from '../../domain/wording.js';
import type { AlertContent, ChangeContent } from '../../domain/alert-content.js';
import { Analysis } from '../parts/analysis.js';
import { BecameNotes } from '../parts/became-notes.js';
import { ChangeFacts } from '../parts/change-facts.js';
import { Evidence } from '../parts/evidence.js';
import { Layout, pageOf } from '../frame/layout.js';
import { OutsideLink } from '../parts/outside-link.js';
import { SeverityMove } from '../parts/severity.js';
import type { Site } from '../frame/site.js';
import type { Visit } from '../frame/visit.js';
import { ExposureTable, StandingNote } from '../parts/standing.js';
import { Name, nameOf } from '../parts/words.js';
import { WordDiff } from '../parts/word-diff.js';
import { Said } from '../parts/said.js';
import { DeskDeliveries, DeskMutes, DeskTop, type Desk } from './alert-desk.js';
import { AlertDetails, AlertNote, type AlertFacts } from './alert-facts.js';
import { AlertFate } from './alert-fate.js';

type Shown = {
  id: string;
  facts: AlertFacts & { correctedAt: Date | null };
  content: AlertContent;
  /** For its owner; null for others who have the link. */
  desk: Desk | null;
};

const sentences = {
  acknowledged: 'Acknowledged.',
  noted: 'The note is kept.',
  unnoted: 'The note is removed.',
  muted: 'Muted. You find it below, to hear of it again.',
  unmuted: 'You hear of it again.',
};

/** An alert with all its changes, gravest first, and what the reader's tier holds of the analysis. */
export function alertPage(visit: Visit, { id, facts, content, desk }: Shown): string {
  const { site } = visit;
  const timeZone = desk?.member.timeZone ?? null;
  const { entity, document, changes } = content;
  const title = plural(changes.length, 'change', 'changes');
  return pageOf(
    <Layout
      visit={visit}
      area="inbox"
      title={`${nameOf(entity.name)}: ${title} in ${nameOf(document.title)}`}
    >
      <header class="head">
        <p class="kicker">
          {desk === null ? 'Alert' : <a href={`${site.base}/inbox`}>Inbox</a>}
          <span aria-hidden="true"> · </span>
          <Name text={entity.name} />
        </p>
        <h1>
          {title} in{' '}
          <OutsideLink url={document.url}>
            <Name text={document.title} />
          </OutsideLink>
        </h1>
        <Said code={desk?.said} sentences={sentences} />
        <AlertFate content={content} correctedAt={facts.correctedAt} />
        <AlertDetails site={site} facts={facts} timeZone={timeZone} />
        <AlertNote note={facts.note} timeZone={timeZone} />
        {desk !== null && (
          <DeskTop
            visit={visit}
            id={id}
            desk={desk}
            isAcknowledged={facts.acknowledgedAt !== null}
            note={facts.note?.text ?? ''}
          />
        )}
        {content.followUp && (
          <p class="note">
            <strong>A follow-up.</strong> Earlier changes of the same revision were alerted already; these
            came in later.
          </p>
        )}
        {changes.length > 1 && <Contents changes={changes} />}
      </header>
      {changes.map((change) => (
        <Change key={change.id} site={site} change={change} isOwners={desk !== null} />
      ))}
      <section>
        <h2>Exposure</h2>
        <ExposureTable document={document} entity={entity} />
      </section>
      {desk !== null && <DeskMutes visit={visit} id={id} desk={desk} content={content} />}
      {desk !== null && <DeskDeliveries visit={visit} id={id} desk={desk} />}
    </Layout>,
  );
}

function Contents({ changes }: { changes: readonly ChangeContent[] }) {
  return (
    <nav aria-label="Changes, gravest first">
      <ol class="changes">
        {changes.map(({ id, provision, delta }) => (
          <li key={id}>
            <a href={`#change-${id}`} dir="auto">
              {nameOf(provision.title)}
            </a>
            <SeverityMove delta={delta} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Change({ site, change, isOwners }: { site: Site; change: ChangeContent; isOwners: boolean }) {
  const { id, provision, delta, text, standing, capture } = change;
  return (
    <article id={`change-${id}`} class="change">
      <h2 dir="auto">
        <a href={`${site.base}/changes/${id}`}>{nameOf(provision.title)}</a>
      </h2>
      <p class="verdict">
        <SeverityMove delta={delta} />
      </p>
      <ChangeFacts delta={delta} time={change.time} effectiveAt={change.effectiveAt} provision={provision} />
      <BecameNotes
        site={site}
        became={{
          revertedAt: change.revertedAt ?? null,
          retracted: change.retractedAt ? { at: change.retractedAt, reason: null } : null,
          flapping: change.flapping ?? null,
        }}
      />
      <WordDiff diff={text.diff} />
      <Analysis analysis={change.analysis} locked={change.locked} />
      {delta.after !== null && (
        <section>
          <h3>Compared with others</h3>
          <StandingNote standing={standing} />
        </section>
      )}
      <section>
        <h3>Evidence</h3>
        <Evidence capture={capture} record={provision} citation={change.citation} />
      </section>
      {isOwners && (
        <p class="aside">
          <a href={`${site.base}/changes/${id}/why`}>Why you got this</a>
        </p>
      )}
    </article>
  );
}
