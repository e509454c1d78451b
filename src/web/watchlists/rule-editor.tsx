import { ChangeKind } from '../../domain/delta.js';
import { weekdays } from '../../domain/cadence.js';
import { capitalised } from '../../domain/sentence.js';
import { tiers, type Tier } from '../../domain/tiers.js';
import { kindsTold } from '../../domain/watchlist-words.js';
import type { Destination } from '../../destinations/destination.js';
import type { Faults } from '../form/faults.js';
import { Choices, TextField } from '../form/field.js';
import type { Visit } from '../frame/visit.js';
import { destinationWords, idleWords } from '../parts/destination-name.js';
import { Blank, SentenceFaults } from './sentence.js';
import type { Draft } from './watchlist-draft.js';

export type EditorProps = {
  visit: Visit;
  draft: Draft;
  faults: Faults | undefined;
  tier: Tier;
  timeZone: string;
  destinations: readonly Destination[];
};

const directions = [
  { value: 'any', words: 'a clause changes in any way' },
  { value: 'rises', words: 'severity rises' },
  { value: 'falls', words: 'severity falls' },
];
const severities = [
  { value: 'low', words: 'Low or more' },
  { value: 'medium', words: 'Medium or more' },
  { value: 'high', words: 'High' },
];
const steps = [
  { value: '0', words: 'any distance, or none' },
  { value: '1', words: 'at least 1 step' },
  { value: '2', words: 'at least 2 steps' },
  { value: '3', words: '3 steps' },
];
const modes = [
  { value: 'instant', words: 'at once' },
  { value: 'hourly', words: 'every hour' },
  { value: 'daily', words: 'every day' },
  { value: 'weekly', words: 'every week' },
] as const;

/** What a watchlist tells of, as a sentence with blanks. */
export function RuleFields({ draft, faults }: EditorProps) {
  return (
    <>
      <h2>What to tell</h2>
      <p class="sentence">
        <Blank name="direction" value={draft.direction} choices={directions} faults={faults}>
          Tell me when
        </Blank>{' '}
        <Blank name="minSeverity" value={draft.minSeverity} choices={severities} faults={faults}>
          rated, before or after,
        </Blank>{' '}
        <Blank name="minChange" value={draft.minChange} choices={steps} faults={faults}>
          and moves by
        </Blank>
      </p>
      <p class="hint">A step is one rating: not in force, Low, Medium, High.</p>
      <SentenceFaults names={['direction', 'minSeverity', 'minChange']} faults={faults} />
      <Choices
        type="checkbox"
        name="kinds"
        legend="Count"
        chosen={draft.kinds}
        faults={faults}
        choices={ChangeKind.options.map((kind) => ({ value: kind, words: kindsTold[kind] }))}
      />
      <TextField
        name="keywords"
        label="Only where the changed words match"
        type="search"
        maxLength={500}
        spellcheck={false}
        value={draft.keywords}
        faults={faults}
        hint={
          <>
            Leave it empty for all. <code>arbitration waiver</code> both, <code>"class action"</code> side by
            side, <code>retention or deletion</code> either, <code>-trial</code> without.
          </>
        }
      />
    </>
  );
}

/** When and where it tells. */
export function CadenceFields({ visit, draft, faults, tier, timeZone, destinations }: EditorProps) {
  const allowed = tiers[tier].cadences;
  const choices = modes.map(({ value, words }) => ({
    value,
    words: allowed.includes(value) ? words : `${words} (not in your plan)`,
    disabled: !allowed.includes(value) && draft.mode !== value,
  }));
  return (
    <>
      <h2>When and where</h2>
      <p class="sentence">
        <Blank name="mode" value={draft.mode} choices={choices} faults={faults}>
          Send it
        </Blank>{' '}
        <Blank
          name="on"
          value={draft.on}
          class="for-weekly"
          choices={weekdays.map((day) => ({ value: day, words: capitalised(day) }))}
        >
          on
        </Blank>{' '}
        <label class="blank for-days">
          <span>at</span> <input type="time" id="at" name="at" value={draft.at} />
        </label>
      </p>
      <SentenceFaults names={['mode', 'on', 'at']} faults={faults} />
      {allowed.length < modes.length && (
        <p class="hint">
          Other rhythms come with a larger plan: <a href={`${visit.site.base}/settings/plan`}>see yours</a>.
        </p>
      )}
      <div class="for-digests">
        <label class="choice">
          <input type="checkbox" name="heartbeat" value="yes" checked={draft.heartbeat} />
          <span>
            even when nothing changed
            <span class="hint">So that silence is a message too. Times are those of {timeZone}.</span>
          </span>
        </label>
      </div>
      <div class="for-instant">
        <p class="sentence">
          <label class="blank">
            <span>Wait until it has stood for</span>{' '}
            <input
              type="number"
              id="confirmAfter"
              name="confirmAfter"
              min="1"
              max="168"
              inputMode="numeric"
              value={draft.confirmAfter}
              aria-describedby="confirmAfter-hint"
            />{' '}
            <span>hours</span>
          </label>
        </p>
        <p class="hint" id="confirmAfter-hint">
          Empty to hear at once. What goes back within that time is not told.
        </p>
      </div>
      <SentenceFaults names={['confirmAfter']} faults={faults} />
      {destinations.length === 0 ? (
        <p>
          There is nowhere to send it yet:{' '}
          <a href={`${visit.site.base}/destinations/new`}>add a destination</a>. Alerts are kept in your inbox
          all the same.
        </p>
      ) : (
        <Choices
          type="checkbox"
          name="destinationIds"
          legend="To"
          chosen={draft.destinationIds}
          faults={faults}
          choices={destinations.map((one) => ({
            value: one.id,
            words: destinationWords(one),
            ...(one.status !== 'active' && { hint: idleWords[one.status] }),
          }))}
        />
      )}
    </>
  );
}
