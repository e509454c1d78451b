import { movement } from '../../domain/wording.js';
import type { ChangeView } from '../../domain/change-view.js';
import { citationOf } from '../../domain/citation.js';
import { BecameNotes } from '../parts/became-notes.js';
import { ChangeFacts, RecordNotes } from '../parts/change-facts.js';
import { Evidence } from '../parts/evidence.js';
import { Layout, pageOf } from '../frame/layout.js';
import { OutsideLink } from '../parts/outside-link.js';
import { SeverityMove } from '../parts/severity.js';
import type { Visit } from '../frame/visit.js';
import { ExposureTable, StandingNote } from '../parts/standing.js';
import { Name, nameOf } from '../parts/words.js';
import { WordDiff } from '../parts/word-diff.js';

/** One change as everybody may read it: what changed and the evidence for it, without the analysis that tiers hold. */
export function changePage(visit: Visit, change: ChangeView): string {
  const { site } = visit;
  const { entity, document, provision, delta, text, standing, exposure, capture } = change;
  const title = `${nameOf(entity.name)}: ${nameOf(provision.title)}`;
  return pageOf(
    <Layout visit={visit} title={title} description={`${movement(delta)}. ${nameOf(document.title)}.`}>
      <article>
        <header class="head">
          <p class="kicker">
            <Name text={entity.name} />
            <span aria-hidden="true"> · </span>
            <OutsideLink url={document.url}>
              <Name text={document.title} />
            </OutsideLink>
          </p>
          <h1 dir="auto">{nameOf(provision.title)}</h1>
          <p class="verdict">
            <SeverityMove delta={delta} />
          </p>
          <ChangeFacts
            delta={delta}
            time={change.time}
            effectiveAt={change.effectiveAt}
            provision={provision}
          />
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
        <section>
          <h2>What changed</h2>
          <WordDiff diff={text.diff} />
        </section>
        <section>
          <h2>Where it stands</h2>
          {delta.after !== null && <StandingNote standing={standing} />}
          <ExposureTable
            document={{ title: document.title, exposure: exposure.document }}
            entity={{ name: entity.name, exposure: exposure.entity }}
          />
        </section>
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
      </article>
    </Layout>,
  );
}
