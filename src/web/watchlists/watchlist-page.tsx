import { cadenceWords, ruleWords } from '../../domain/watchlist-words.js';
import type { ListedWatchlist } from '../../watchlists/watchlist-listing.service.js';
import { FaultSummary } from '../form/faults.js';
import { TextField } from '../form/field.js';
import { Form } from '../form/form.js';
import { Layout, pageOf } from '../frame/layout.js';
import { Said } from '../parts/said.js';
import { Name, nameOf } from '../parts/words.js';
import { FollowsSection, type FollowsProps } from './follows-section.js';
import { CadenceFields, RuleFields, type EditorProps } from './rule-editor.js';
import { TrialPanel } from './trial-panel.js';
import type { TrialResult } from './trial-part.js';
import { fieldLabels } from './watchlist-draft.js';
import { WatchlistUpkeep, type UpkeepProps } from './watchlist-upkeep.js';

const sentences = {
  made: 'Made. From now on it tells you what its rule asks for.',
  saved: 'Saved.',
  snoozed: 'Snoozed.',
  awake: 'The snooze is over.',
  'feed-off': 'The address of the feed is revoked.',
} as const;

export type WatchlistPage = EditorProps & {
  watchlist: ListedWatchlist;
  follows: Omit<FollowsProps, 'visit' | 'watchlist'>;
  upkeep: Omit<UpkeepProps, 'visit' | 'watchlist' | 'timeZone'>;
  trial: TrialResult | null;
  said: unknown;
};

/** One watchlist: its rule to edit, beside what it would have sent; what it follows; snooze, feed, end. */
export function watchlistPage(page: WatchlistPage): string {
  const { visit, watchlist, draft, faults, follows, upkeep, trial, said, timeZone } = page;
  const { id, name, rule, cadence, confirmAfter } = watchlist;
  const action = `/watchlists/${id}`;
  return pageOf(
    <Layout visit={visit} area="watchlists" title={nameOf(name)} wide>
      <p class="kicker">
        <a href={`${visit.site.base}/watchlists`}>Watchlists</a>
      </p>
      <h1>
        <Name text={name} />
      </h1>
      <p class="lead">
        {ruleWords(rule)}. {cadenceWords(cadence, confirmAfter)}.
      </p>
      <Said code={said} sentences={sentences} />
      <FaultSummary faults={faults} labels={fieldLabels} />
      <Form visit={visit} action={action} class="editor" id="editor">
        <input type="hidden" name="watchlist" value={id} />
        <button name="do" value="save" class="unseen" tabIndex={-1} aria-hidden="true">
          Save
        </button>
        <div>
          <TextField name="name" label="Name" value={draft.name} maxLength={80} required faults={faults} />
          <RuleFields {...page} />
          <CadenceFields {...page} />
          <p class="ways">
            <button name="do" value="save">
              Save
            </button>
          </p>
        </div>
        <TrialPanel site={visit.site} days={draft.days} result={trial} />
      </Form>
      <FollowsSection visit={visit} watchlist={watchlist} {...follows} />
      <WatchlistUpkeep visit={visit} watchlist={watchlist} timeZone={timeZone} {...upkeep} />
    </Layout>,
  );
}
