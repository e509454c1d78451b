import type { SilenceService } from '../../silence/silence.service.js';
import { SilenceReason } from '../../domain/silence.js';
import { SelectField } from '../form/field.js';
import { queryOf } from '../form/query.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Site } from '../frame/site.js';
import type { Member, Visit } from '../frame/visit.js';
import { LocalMoment } from '../parts/local-moment.js';
import { Pager } from '../parts/pager.js';
import { SeverityMove } from '../parts/severity.js';
import { Name, nameOf } from '../parts/words.js';
import { silenceTitles } from './silence-titles.js';

type Changes = Awaited<ReturnType<SilenceService['suppressed']>>;

type Contents = {
  reason: SilenceReason | undefined;
  watchlist: string | undefined;
  changes: Changes;
  watchlists: readonly { id: string; name: string }[];
};

/** What the followed subjects did without an alert, and why. */
export function suppressedPage(visit: Visit, { timeZone }: Member, contents: Contents): string {
  const { reason, watchlist, changes, watchlists } = contents;
  const { site } = visit;
  const { items, nextCursor } = changes;
  const reasons = SilenceReason.options.map((value) => ({ value, words: silenceTitles[value] }));
  const lists = watchlists.map(({ id, name }) => ({ value: id, words: nameOf(name) }));
  return pageOf(
    <Layout visit={visit} area="inbox" title="What was not told" wide>
      <header class="head">
        <p class="kicker">
          <a href={`${site.base}/inbox`}>Inbox</a>
        </p>
        <h1>What was not told</h1>
        <p>Changes in what your watchlists follow that led to no alert, each with the reason.</p>
      </header>
      <form method="get" action={`${site.base}/suppressed`} class="filters">
        <SelectField
          name="reason"
          label="Reason"
          value={reason ?? ''}
          choices={[{ value: '', words: 'Any reason' }, ...reasons]}
        />
        <SelectField
          name="watchlist"
          label="Watchlist"
          value={watchlist ?? ''}
          choices={[{ value: '', words: 'Any watchlist' }, ...lists]}
        />
        <button class="quiet">Filter</button>
      </form>
      {items.length > 0 && <p class="aside">Times in {timeZone}.</p>}
      {items.length > 0 && (
        <ol class="rows untold">
          {items.map((item) => (
            <Untold key={item.change.id} site={site} item={item} timeZone={timeZone} />
          ))}
        </ol>
      )}
      {items.length === 0 && (
        <p class="empty">
          {nextCursor === null
            ? 'Nothing here: what your watchlists follow was told, or did not change.'
            : 'Nothing among the newest changes. Older ones may be here.'}
        </p>
      )}
      <Pager
        href={nextCursor && `${site.base}/suppressed${queryOf({ reason, watchlist, cursor: nextCursor })}`}
        words={items.length === 0 ? 'Look further back' : 'Older changes'}
      />
    </Layout>,
  );
}

type UntoldProps = { site: Site; item: Changes['items'][number]; timeZone: string };

function Untold({ site, item: { change, watchlists }, timeZone }: UntoldProps) {
  const { id, entity, document, provision, delta, receivedAt } = change;
  return (
    <li class="row">
      <p class="what">
        <a href={`${site.base}/changes/${id}/why`} dir="auto">
          {nameOf(provision.title)}
        </a>
      </p>
      <p class="how">
        <SeverityMove delta={delta} />
      </p>
      <p class="where">
        <Name text={entity.name} />
        <span aria-hidden="true"> · </span>
        <span class="unseen">, </span>
        <Name text={document.title} />
      </p>
      <p class="when">
        <LocalMoment at={receivedAt} zone={timeZone} />
      </p>
      <ul class="reasons">
        {watchlists.map((watchlist) => (
          <li key={watchlist.id}>
            <a href={`${site.base}/watchlists/${watchlist.id}`}>
              <Name text={watchlist.name} />
            </a>
            : {watchlist.reasons.map(({ explanation }) => explanation).join(' ') || 'It was in no alert.'}
          </li>
        ))}
      </ul>
    </li>
  );
}
