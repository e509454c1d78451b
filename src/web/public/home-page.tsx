import type { ChangeView } from '../../domain/change-view.js';
import { Layout, pageOf } from '../frame/layout.js';
import { SeverityMove } from '../parts/severity.js';
import type { Site } from '../frame/site.js';
import type { Visit } from '../frame/visit.js';
import { Moment, Name } from '../parts/words.js';

const description =
  'Tocsin watches the fine print: it turns changes of platform policies into alerts by email, chat and webhook.';

/** What this is, in one screen. @param newest changes, the newest first */
export function homePage(visit: Visit, newest: readonly ChangeView[]): string {
  const { site } = visit;
  return pageOf(
    <Layout visit={visit} title="" description={description}>
      <header class="head hero">
        <h1>The fine print changed. Now you know.</h1>
        <p class="lead">
          Tocsin reads each change that the <bdi>{site.archiveName}</bdi> sees in the terms and policies of
          platforms. It says which words went and which came, how grave the clause was and is, and tells those
          who watch it: by email, chat or webhook.
        </p>
        <p class="ways">
          <a class="button" href={`${site.base}/docs`}>
            Read the API
          </a>
          {site.mailbox !== null && <a href={site.mailbox}>Open the mailbox of caught mail</a>}
        </p>
      </header>
      {newest.length > 0 && (
        <section>
          <h2>Newest changes</h2>
          <ol class="changes">
            {newest.map((change) => (
              <Row key={change.id} site={site} change={change} />
            ))}
          </ol>
        </section>
      )}
    </Layout>,
  );
}

function Row({ site, change }: { site: Site; change: ChangeView }) {
  const { id, entity, document, provision, delta, time } = change;
  return (
    <li>
      <a href={`${site.base}/changes/${id}`}>
        <Name text={provision.title} />
      </a>
      <SeverityMove delta={delta} />
      <p class="aside">
        <Name text={entity.name} />, <Name text={document.title} />, <Moment at={time} />
      </p>
    </li>
  );
}
