import type { ListedWatchlist } from '../../watchlists/watchlist-listing.service.js';
import { faultsOf, type Faults } from '../form/faults.js';
import { TextField } from '../form/field.js';
import { Form } from '../form/form.js';
import type { Visit } from '../frame/visit.js';
import { CopyButton } from '../parts/copy-button.js';
import { LocalMoment } from '../parts/local-moment.js';
import { Moment } from '../parts/words.js';

export type UpkeepProps = {
  visit: Visit;
  watchlist: ListedWatchlist;
  timeZone: string;
  snooze: { value: string; faults: Faults | undefined };
  /** Since when it has an address, RFC 3339; null when it has none. */
  feed: { createdAt: string | null; url: string | null; refusal: string | null };
};

/** Whole days, and the words of each. */
export const snoozeDays = [
  ['1', 'a day'],
  ['7', 'a week'],
  ['30', '30 days'],
] as const;

/** What is done to a watchlist once in a while: a snooze, a feed, its end. */
export function WatchlistUpkeep({ visit, watchlist, timeZone, snooze, feed }: UpkeepProps) {
  const action = `/watchlists/${watchlist.id}`;
  const { snoozedUntil } = watchlist;
  return (
    <div class="upkeep">
      <section id="snooze">
        <h2>Snooze</h2>
        {snoozedUntil === null ? (
          <>
            <p class="hint">
              While it sleeps it tells you nothing, and what it leaves out is not sent later.
            </p>
            <Form visit={visit} action={`${action}/snooze`} class="ways">
              {snoozeDays.map(([days, words]) => (
                <button key={days} name="for" value={days} class="quiet small">
                  For {words}
                </button>
              ))}
            </Form>
            <Form visit={visit} action={`${action}/snooze`}>
              <TextField
                name="until"
                type="datetime-local"
                label="Or until"
                value={snooze.value}
                required
                faults={snooze.faults}
                hint={`In your time zone, ${timeZone}.`}
              />
              {faultsOf(snooze.faults, '').map((fault) => (
                <p key={fault} class="fault">
                  {fault}
                </p>
              ))}
              <button class="quiet">Snooze it</button>
            </Form>
          </>
        ) : (
          <Form visit={visit} action={`${action}/wake`}>
            <p>
              Snoozed until <LocalMoment at={snoozedUntil} zone={timeZone} /> ({timeZone}). Until then it
              tells you nothing.
            </p>
            <button class="quiet">End the snooze</button>
          </Form>
        )}
      </section>
      <section id="feed">
        <h2>Feed</h2>
        {feed.refusal !== null && (
          <p class="faults" role="alert" tabIndex={-1} autofocus>
            {feed.refusal} <a href={`${visit.site.base}/settings/plan`}>Your plan</a>
          </p>
        )}
        {feed.url !== null && (
          <div class="said" role="status" tabIndex={-1} autofocus>
            <p>This is its address. It is a secret, and is shown this once:</p>
            <p>
              <code>{feed.url}</code> <CopyButton text={feed.url} label="Copy" />
            </p>
          </div>
        )}
        {feed.createdAt === null ? (
          <p>Read this watchlist in a feed reader, at a secret address of its own.</p>
        ) : (
          <p>
            It has had an address since <Moment at={feed.createdAt} />. A new one replaces it.
          </p>
        )}
        <div class="ways">
          <Form visit={visit} action={`${action}/feed`}>
            <button class="quiet">
              {feed.createdAt === null ? 'Make an address' : 'Make a new address'}
            </button>
          </Form>
          {feed.createdAt !== null && (
            <Form visit={visit} action={`${action}/feed/revoke`}>
              <button class="quiet">Revoke it</button>
            </Form>
          )}
        </div>
      </section>
      <section>
        <h2>Delete</h2>
        <p>What it follows goes with it. Alerts stay in your inbox.</p>
        <p>
          <a class="button quiet" href={`${visit.site.base}${action}/delete`}>
            Delete this watchlist
          </a>
        </p>
      </section>
    </div>
  );
}
