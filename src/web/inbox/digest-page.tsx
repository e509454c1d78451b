import type {
  DigestContent,
  DigestDocument,
  DigestEntity,
  NetChangeContent,
} from '../../domain/digest-content.js';
import { plural } from '../../domain/wording.js';
import { Analysis } from '../parts/analysis.js';
import { ChangeFacts } from '../parts/change-facts.js';
import { Evidence } from '../parts/evidence.js';
import { Layout, pageOf } from '../frame/layout.js';
import { OutsideLink } from '../parts/outside-link.js';
import { Kind, SeverityMove } from '../parts/severity.js';
import type { Site } from '../frame/site.js';
import type { Visit } from '../frame/visit.js';
import { ExposureTable } from '../parts/standing.js';
import { Moment, Name, nameOf } from '../parts/words.js';
import { WordDiff } from '../parts/word-diff.js';

const occasions: Readonly<Record<DigestContent['occasion'], string>> = {
  hourly: 'Hourly digest',
  daily: 'Daily digest',
  weekly: 'Weekly digest',
  'quiet-hours': 'Held over quiet hours',
};

/** All that a window changed on balance, by entity and document, with the changes that led to it. */
export function digestPage(visit: Visit, content: DigestContent): string {
  const { site } = visit;
  const { total, omitted, cancelledOut, entities, coverage } = content;
  const title = total === 0 ? 'Nothing changed' : plural(total, 'net change', 'net changes');
  return pageOf(
    <Layout visit={visit} area="inbox" title={`${occasions[content.occasion]}: ${title}`}>
      <header class="head">
        <p class="kicker">{occasions[content.occasion]}</p>
        <h1>{title}</h1>
        <DigestFacts {...content} />
        {cancelledOut > 0 && (
          <p class="note">{plural(cancelledOut, 'clause', 'clauses')} changed and went back meanwhile.</p>
        )}
        {omitted > 0 && (
          <p class="note">{plural(omitted, 'more change is', 'more changes are')} not shown.</p>
        )}
        {coverage !== null && (
          <p>
            {plural(coverage.documents, 'document is', 'documents are')} followed by these watchlists
            {coverage.unseen > 0 && `; ${plural(coverage.unseen, 'is', 'are')} out of sight`}.
          </p>
        )}
      </header>
      {entities.map((entity) =>
        entity.documents.map((document) => (
          <Document key={document.id} site={site} entity={entity} document={document} />
        )),
      )}
    </Layout>,
  );
}

function DigestFacts({ from, until, watchlists }: DigestContent) {
  return (
    <dl class="facts brief">
      {watchlists.length > 0 && <dt>{watchlists.length === 1 ? 'Watchlist' : 'Watchlists'}</dt>}
      {watchlists.map(({ id, name }) => (
        <dd key={id}>
          <Name text={name} />
        </dd>
      ))}
      <dt>From</dt>
      <dd>
        <Moment at={from} />
      </dd>
      <dt>Until</dt>
      <dd>
        <Moment at={until} />
      </dd>
    </dl>
  );
}

type Shelf = { site: Site; entity: DigestEntity; document: DigestDocument };

function Document({ site, entity, document }: Shelf) {
  return (
    <section>
      <h2>
        <Name text={entity.name} />:{' '}
        <OutsideLink url={document.url}>
          <Name text={document.title} />
        </OutsideLink>
      </h2>
      {document.changes.map((change) => (
        <Change key={change.id} site={site} change={change} />
      ))}
      <ExposureTable document={document} entity={entity} />
    </section>
  );
}

function Change({ site, change }: { site: Site; change: NetChangeContent }) {
  const { id, provision, delta, text, capture, steps } = change;
  return (
    <article id={`change-${id}`} class="change">
      <h3 dir="auto">
        <a href={`${site.base}/changes/${id}`}>{nameOf(provision.title)}</a>
      </h3>
      <p class="verdict">
        <SeverityMove delta={delta} />
      </p>
      <ChangeFacts delta={delta} time={change.time} effectiveAt={change.effectiveAt} provision={provision} />
      <WordDiff diff={text.diff} />
      <Analysis analysis={change.analysis} locked={change.locked} />
      {steps.length > 1 && <Steps site={site} steps={steps} />}
      <Evidence capture={capture} record={provision} citation={change.citation} />
    </article>
  );
}

function Steps({ site, steps }: { site: Site; steps: NetChangeContent['steps'] }) {
  return (
    <>
      <h4>Step by step</h4>
      <ol class="changes">
        {steps.map(({ id, time, delta }) => (
          <li key={id}>
            <a href={`${site.base}/changes/${id}`}>
              <Moment at={time} />
            </a>
            <Kind delta={delta} />
          </li>
        ))}
      </ol>
    </>
  );
}
