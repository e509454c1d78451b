import type { RecentChange } from '../../archive/recent-changes.service.js';
import type { ChangeRecord } from '../../domain/change-view.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { LinkPreview } from '../parts/link-preview.js';
import { ChangeRows } from './change-rows.js';
import { Specimen } from './specimen.js';
import { TierTable } from './tier-table.js';

const title = 'The fine print changed. Now you know.';
const description =
  'Tocsin watches the fine print: it turns changes of platform policies into alerts by email, chat and webhook.';

/** What this is, in one screen. @param gravest of late; null while there is none @param newest changes, the newest first */
export function homePage(
  visit: Visit,
  gravest: ChangeRecord | null,
  newest: readonly RecentChange[],
): string {
  const { site } = visit;
  const preview = (
    <LinkPreview visit={visit} title={title} description={description} path="/" type="website" />
  );
  return pageOf(
    <Layout visit={visit} area="public" title="" description={description} wide head={preview}>
      <header class="head hero">
        <h1>{title}</h1>
        <p class="lead">
          Tocsin reads each change that the <bdi>{site.archiveName}</bdi> sees in the terms and policies of
          platforms, and tells those whom it concerns.
        </p>
        <p class="ways">
          <a class="button" href={`${site.base}/sign-in`}>
            Sign in
          </a>
          <a href={`${site.base}/docs`}>Read the API</a>
          {site.mailbox !== null && <a href={site.mailbox}>Open the mailbox of caught mail</a>}
        </p>
      </header>
      {gravest !== null && <Specimen site={site} change={gravest} />}
      <ul class="does">
        <li>
          <strong>It says what changed.</strong> Which words went and which came, and whether the clause rose
          or fell in severity, beside how other platforms handle the same.
        </li>
        <li>
          <strong>It tells those who watch.</strong> By email, Slack, Teams or signed webhook: at once, or in
          a digest on your own clock.
        </li>
        <li>
          <strong>It shows when you knew.</strong> Each alert carries the source, the archived copy, its
          SHA-256, the time it was captured and a line to cite it by.
        </li>
      </ul>
      <div class="landing">
        {newest.length > 0 && (
          <section>
            <h2>Newest changes</h2>
            <ChangeRows site={site} changes={newest} />
            <p>
              <a href={`${site.base}/recent`}>All recent changes</a>
            </p>
          </section>
        )}
        <section id="plans">
          <h2>Plans</h2>
          <TierTable />
          <h2>How to start</h2>
          <p>
            <a href={`${site.base}/sign-in`}>Sign in</a> with your email address and follow an entity, a
            document or a kind of clause. Systems read the same through{' '}
            <a href={`${site.base}/docs`}>the API</a>, with a token of your account.
          </p>
        </section>
      </div>
    </Layout>,
  );
}
