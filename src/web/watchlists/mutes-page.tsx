import { followKindWords } from '../../domain/watchlist-words.js';
import { Form } from '../form/form.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { LocalMoment } from '../parts/local-moment.js';
import { Pager } from '../parts/pager.js';
import { Said } from '../parts/said.js';
import { Name } from '../parts/words.js';
import type { Found } from './follow-picker.js';
import { ArchiveLink } from './follows-section.js';

type MutesPage = {
  visit: Visit;
  timeZone: string;
  /** @property until RFC 3339; null for good */
  items: readonly (Found & { since: string; until: string | null })[];
  nextHref: string | null;
  said: unknown;
};

/** What is muted, since when and until when, and an end to it. */
export function mutesPage({ visit, timeZone, items, nextHref, said }: MutesPage): string {
  return pageOf(
    <Layout visit={visit} area="watchlists" title="Mutes">
      <p class="kicker">
        <a href={`${visit.site.base}/watchlists`}>Watchlists</a>
      </p>
      <h1>Mutes</h1>
      <Said code={said} sentences={{ ended: 'You hear of it again from now on.' }} />
      <p>
        A mute silences one clause or one document, whatever your watchlists say. What it left out is not sent
        later: <a href={`${visit.site.base}/suppressed`}>look it up</a>.
      </p>
      {items.length === 0 ? (
        <p class="empty">Nothing is muted.</p>
      ) : (
        <table class="stacking">
          <caption class="unseen">What is muted</caption>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Until</th>
              <th scope="col">
                <span class="unseen">End it</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={one.kind + one.key} class="mute">
                <th scope="row">
                  <ArchiveLink site={visit.site} one={one} />
                  <span class="hint">
                    {followKindWords[one.kind]}
                    {one.detail !== '' && (
                      <>
                        , <Name text={one.detail} />
                      </>
                    )}
                    , since <LocalMoment at={one.since} zone={timeZone} />
                  </span>
                </th>
                <td>{one.until === null ? 'for good' : <LocalMoment at={one.until} zone={timeZone} />}</td>
                <td>
                  <Form visit={visit} action="/mutes/end">
                    <input type="hidden" name="kind" value={one.kind} />
                    <input type="hidden" name="key" value={one.key} />
                    <button class="quiet small">
                      Hear of it again<span class="unseen">: {one.name}</span>
                    </button>
                  </Form>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Pager href={nextHref} words="More mutes" />
    </Layout>,
  );
}
