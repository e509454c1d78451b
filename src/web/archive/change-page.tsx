import type { ComponentChildren } from 'preact';
import type { ChangeContext } from '../../archive/change-context.service.js';
import { movement } from '../../domain/wording.js';
import type { ChangeRecord } from '../../domain/change-view.js';
import { citationOf } from '../../domain/citation.js';
import { pairParagraphs } from '../../domain/paragraphs.js';
import { BecameNotes } from '../parts/became-notes.js';
import { ChangeFacts, RecordNotes } from '../parts/change-facts.js';
import { CopyButton } from '../parts/copy-button.js';
import { Evidence } from '../parts/evidence.js';
import { Layout, pageOf } from '../frame/layout.js';
import { LinkPreview } from '../parts/link-preview.js';
import { OutsideLink } from '../parts/outside-link.js';
import { ParagraphDiff, type DiffView } from '../parts/paragraph-diff.js';
import { SeverityMove } from '../parts/severity.js';
import type { Visit } from '../frame/visit.js';
import { Name, nameOf } from '../parts/words.js';
import { Siblings, UndoesNote } from './change-company.js';
import { ChangeMeaning } from './change-meaning.js';
import { ChangeKeys, DiffViews, Neighbours } from './change-ways.js';

const alone: ChangeContext = {
  former: null,
  latter: null,
  undoes: [],
  siblings: { items: [], isWhole: true },
  standing: { before: null, after: null },
};

type ChangePageParts = {
  context?: ChangeContext;
  view?: DiffView;
  /** The button that follows the clause. */
  follow?: ComponentChildren;
};

/** One change as everybody may read it: what changed and the evidence for it, without the analysis that tiers hold. */
export function changePage(
  visit: Visit,
  change: ChangeRecord,
  { context = alone, view = 'inline', follow }: ChangePageParts = {},
): string {
  const { site } = visit;
  const { entity, document, provision, delta, text, capture } = change;
  const title = `${nameOf(entity.name)}: ${nameOf(provision.title)}`;
  const description = `${movement(delta)}. ${nameOf(document.title)}.`;
  const path = `/changes/${change.id}` as const;
  const pairs = pairParagraphs(text.before, text.after);
  return pageOf(
    <Layout
      visit={visit}
      area="change"
      title={title}
      description={description}
      wide
      head={<LinkPreview visit={visit} title={title} description={description} path={path} />}
    >
      <article data-change-keys="">
        <header class="page-head">
          <div>
            <p class="kicker">
              <a href={`${site.base}/entities/${encodeURIComponent(entity.id)}`}>
                <Name text={entity.name} />
              </a>
              <span aria-hidden="true"> · </span>
              <a href={`${site.base}/documents/${encodeURIComponent(document.id)}`}>
                <Name text={document.title} />
              </a>
            </p>
            <h1>
              <Name text={provision.title} />
            </h1>
            <p class="verdict">
              <SeverityMove delta={delta} />
            </p>
          </div>
          {follow}
        </header>
        <RecordNotes late={change.late} gap={change.gap} />
        <BecameNotes
          site={site}
          became={{
            revertedAt: change.undoneBy?.time ?? null,
            undoneBy: change.undoneBy?.id ?? null,
            retracted: change.retracted,
            correction: change.correction,
          }}
        />
        <UndoesNote site={site} undoes={context.undoes} />
        <div class={`change-body change-body-${view}`}>
          <section class="what" aria-labelledby="what">
            <div class="what-head">
              <h2 id="what">What changed</h2>
              <DiffViews visit={visit} path={path} view={view} />
            </div>
            {text.before === null && <p class="aside">The clause is new: nothing was in its place.</p>}
            {text.after === null && <p class="aside">The clause is gone: nothing took its place.</p>}
            {text.before !== null && text.before === text.after && (
              <p class="aside">The words stayed the same.</p>
            )}
            <ParagraphDiff pairs={pairs} view={view} />
          </section>
          <div class="about">
            <ChangeFacts
              delta={delta}
              time={change.time}
              effectiveAt={change.effectiveAt}
              provision={provision}
              site={site}
            />
            <ul class="onward">
              <li>
                <a href={`${site.base}/provisions/${encodeURIComponent(provision.id)}`}>
                  The clause as it stands
                </a>
              </li>
              {visit.reader.kind === 'member' && (
                <li>
                  <a href={`${site.base}${path}/why`}>Why you were told of it, or were not</a>
                </li>
              )}
              {document.url !== null && (
                <li>
                  <OutsideLink url={document.url}>The document at its source</OutsideLink>
                </li>
              )}
              <li>
                <CopyButton text={site.origin + site.base + path} label="Copy the link" />
              </li>
            </ul>
            <ChangeMeaning change={change} standing={context.standing} />
          </div>
        </div>
        <Siblings site={site} documentId={document.id} siblings={context.siblings} />
        <section>
          <h2>Evidence</h2>
          <Evidence
            capture={capture}
            record={provision}
            citation={citationOf({
              ...change,
              archiveName: site.archiveName,
              capture: capture.after ?? capture.before,
            })}
          />
        </section>
        <p class="printed-from">{site.origin + site.base + path}</p>
        <Neighbours site={site} {...context} />
        <ChangeKeys />
      </article>
    </Layout>,
  );
}
