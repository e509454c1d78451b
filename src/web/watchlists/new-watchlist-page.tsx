import { FaultSummary, faultsOf } from '../form/faults.js';
import { TextField } from '../form/field.js';
import { Form } from '../form/form.js';
import { Layout, pageOf } from '../frame/layout.js';
import { followKindWords } from '../../domain/watchlist-words.js';
import type { PlanUse } from '../../watchlists/plan-use.service.js';
import { Name } from '../parts/words.js';
import { FoundList, KeyFields, SearchField, type Found } from './follow-picker.js';
import { isFull, PlanNote } from './plan-note.js';
import { CadenceFields, RuleFields, type EditorProps } from './rule-editor.js';
import { TrialPanel } from './trial-panel.js';
import type { TrialResult } from './trial-part.js';
import { fieldLabels, followText } from './watchlist-draft.js';

export type NewWatchlistPage = EditorProps & {
  q: string;
  /** What `found` was searched by: still shown when the field is empty again. */
  asked: string;
  found: readonly Found[];
  /** What it is to follow, with names. */
  chosen: readonly Found[];
  byKey: { kind: string; key: string; fault: string | null };
  trial: TrialResult | null;
  use: PlanUse;
};

/** Making a watchlist: its rule, what it follows, and what it would have sent, before there is one. */
export function newWatchlistPage(page: NewWatchlistPage): string {
  const { visit, draft, faults, q, asked, found, chosen, byKey, trial, tier, use } = page;
  return pageOf(
    <Layout visit={visit} area="watchlists" title="New watchlist" wide>
      <p class="kicker">
        <a href={`${visit.site.base}/watchlists`}>Watchlists</a>
      </p>
      <h1>New watchlist</h1>
      {isFull(tier, use, 'watchlists') && (
        <PlanNote site={visit.site} tier={tier} use={use} of={['watchlists']} />
      )}
      <FaultSummary faults={faults} labels={fieldLabels} />
      <Form visit={visit} action="/watchlists/new" class="editor" id="editor">
        {/* What the Enter key presses: the first button of a form. */}
        <button name="do" value="enter" class="unseen" tabIndex={-1} aria-hidden="true">
          Save
        </button>
        <div>
          <TextField name="name" label="Name" value={draft.name} maxLength={80} required faults={faults} />
          <h2>What to follow</h2>
          {chosen.length === 0 ? (
            <p class="aside">Nothing yet. A watchlist tells you nothing until it follows something.</p>
          ) : (
            <fieldset class="choices">
              <legend class="unseen">What it follows</legend>
              {chosen.map((one) => (
                <label key={followText(one)} class="choice">
                  <input type="checkbox" name="follow" value={followText(one)} checked />
                  <span>
                    <Name text={one.name} /> <span class="aside">{followKindWords[one.kind]}</span>
                  </span>
                </label>
              ))}
            </fieldset>
          )}
          {faultsOf(faults, 'follows').length > 0 && (
            <p class="fault">{faultsOf(faults, 'follows').join(' ')}</p>
          )}
          <SearchField site={visit.site} q={q} />
          <button name="do" value="search" class="quiet small no-script" formnovalidate>
            Search
          </button>
          <div id="found" aria-live="polite">
            <FoundList q={asked} found={found} added={chosen} />
          </div>
          <PlanNote
            site={visit.site}
            tier={tier}
            use={{ ...use, follows: use.follows + chosen.length }}
            of={['follows']}
          />
          <KeyFields kind={byKey.kind} newKey={byKey.key} fault={byKey.fault} />
          <RuleFields {...page} />
          <CadenceFields {...page} />
          <p class="ways">
            <button name="do" value="save">
              Make the watchlist
            </button>
            <a href={`${visit.site.base}/watchlists`}>Cancel</a>
          </p>
        </div>
        <TrialPanel site={visit.site} days={draft.days} result={trial} />
      </Form>
    </Layout>,
  );
}
