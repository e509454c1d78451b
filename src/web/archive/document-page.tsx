import type { ArchiveService } from '../../archive/archive.service.js';
import { severityWord } from '../../domain/wording.js';
import { Layout, pageOf } from '../frame/layout.js';
import { SpelledOutLink } from '../parts/outside-link.js';
import type { Visit } from '../frame/visit.js';
import { Moment, Name, nameOf, Prose } from '../parts/words.js';

type DocumentView = NonNullable<Awaited<ReturnType<ArchiveService['document']>>>;

/** A document as everybody may read it: when it was last seen, and what its clauses are rated. */
export function documentPage(visit: Visit, document: DocumentView): string {
  const { entity, title, url, lastVerified, unreachable, exposure, provisions } = document;
  const heading = `${nameOf(entity.name)}: ${nameOf(title)}`;
  return pageOf(
    <Layout visit={visit} title={heading} description={`When ${heading} was last seen.`}>
      <article>
        <header class="head">
          <p class="kicker">
            <Name text={entity.name} />
          </p>
          <h1 dir="auto">{nameOf(title)}</h1>
          <dl class="facts brief">
            <dt>Last seen</dt>
            <dd>{lastVerified === null ? 'The archive has not said' : <Moment at={lastVerified} />}</dd>
            {url !== null && <dt>Published at</dt>}
            {url !== null && (
              <dd>
                <SpelledOutLink url={url} />
              </dd>
            )}
            <dt>Exposure</dt>
            <dd>{exposure}</dd>
          </dl>
        </header>
        {unreachable !== null && <OutOfSight {...unreachable} />}
        {provisions.length > 0 && (
          <section>
            <h2>Clauses</h2>
            <ul>
              {provisions.map((provision) => (
                <li key={provision.id}>
                  <Name text={provision.title} />: {severityWord(provision.severity)}
                </li>
              ))}
            </ul>
          </section>
        )}
      </article>
    </Layout>,
  );
}

function OutOfSight({ since, detail }: NonNullable<DocumentView['unreachable']>) {
  return (
    <div class="note">
      <p>
        <strong>Out of sight.</strong> The archive has not been able to see this document since{' '}
        <Moment at={since} />.
      </p>
      {detail !== null && detail.trim() !== '' && <Prose text={detail} />}
    </div>
  );
}
