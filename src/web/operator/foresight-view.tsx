import { deltaOfRanks } from '../../domain/delta.js';
import { laneName, number } from '../../domain/operating-words.js';
import { silenceWords, type SilenceReason } from '../../domain/silence.js';
import { wordDiff } from '../../domain/word-diff.js';
import type { Foresight } from '../../operator/inspector.service.js';
import type { Visit } from '../frame/visit.js';
import { Kind, SeverityMark, SeverityMove } from '../parts/severity.js';
import { ExposureTable, StandingNote } from '../parts/standing.js';
import { WordDiff } from '../parts/word-diff.js';
import { Name, nameOf } from '../parts/words.js';

const fateWords = {
  due: 'at once',
  quiet: 'held by quiet hours',
  confirm: 'once the change has stood as long as asked',
  hourly: 'in an hourly digest',
  daily: 'in a daily digest',
  weekly: 'in a weekly digest',
  cap: 'in a summary, over the cap of a minute',
  destination: 'not sent: paused or disabled',
} as const;
const verdictWords = {
  news: null,
  reverted:
    'It undoes what was told before: nobody is alerted of it, and those who heard of that hear that it went back.',
  flapping:
    'It goes back once too often: it is told as going back and forth, and its next moves are not told.',
  quiet: 'Its provision goes back and forth: until it rests, its moves are told to nobody.',
} as const;
const echoWords = {
  reverted: 'hear that it went back',
  retracted: 'hear that it was retracted',
  corrected: 'hear of the correction',
  reminder: 'are reminded',
} as const;
/** Of the owner's words, those that say "you", in the operator's. */
const operatorWords: Partial<Record<SilenceReason, string>> = {
  muted: 'They muted its provision or its document.',
  tier: 'Alerted in the inbox alone: the tier holds neither the cadence of the watchlist nor its destination.',
  destination: 'Alerted in the inbox alone: the watchlist has no destination that is confirmed.',
};

/** What an event would do: the change that would be recorded, and whom it would reach. */
export function ForesightView({ visit, foresight }: { visit: Visit; foresight: Foresight }) {
  const { change, duplicateOf, reach, echoes } = foresight;
  const { entity, document, provision } = change.labels;
  const delta = deltaOfRanks(change.kind, change.beforeRank, change.afterRank);
  return (
    <>
      <section class="reach" id="reach">
        <h2>{duplicateOf === null ? 'Whom it would reach' : 'It was taken before'}</h2>
        {duplicateOf === null ? (
          <Reached foresight={foresight} />
        ) : (
          <p class="note">
            An event of this source and id is{' '}
            <a href={`${visit.site.base}/changes/${duplicateOf}`}>change {duplicateOf}</a>. Sent once more, it
            does nothing.
          </p>
        )}
        {echoes.map(({ kind, alerted }, place) => (
          <p key={place}>
            Up to {number(alerted)} accounts that were alerted before {echoWords[kind]}.
          </p>
        ))}
      </section>
      <section>
        <h2>The change that would be recorded</h2>
        <p class="verdict">
          <SeverityMove delta={delta} />
        </p>
        <p>
          <Kind delta={delta} /> of <Name text={`${entity.name}: ${provision.title}`} />
          {change.correction > 0 && `, as its correction ${change.correction}`}.
        </p>
        <Notes change={change} />
        <WordDiff diff={wordDiff(change.beforeText, change.afterText)} />
        {delta.after !== null && (
          <StandingNote
            standing={{
              lower: change.standingLower,
              equal: change.standingEqual,
              higher: change.standingHigher,
            }}
          />
        )}
        <ExposureTable
          document={{
            title: document.title,
            exposure: { before: change.documentBefore, after: change.documentAfter },
          }}
          entity={{ name: entity.name, exposure: { before: change.entityBefore, after: change.entityAfter } }}
        />
      </section>
      {reach.accounts.length > 0 && <Accounts visit={visit} foresight={foresight} />}
    </>
  );
}

function Notes({ change }: { change: Foresight['change'] }) {
  const { late, gap, verdict, size, received, settled, revisionName } = change;
  const notes = [
    late &&
      'Late: the archive has told of a newer state of this provision. It is kept as history and alerts nobody.',
    gap && 'Gap: what it calls the former state is not the last one known.',
    verdictWords[verdict],
    !settled &&
      revisionName !== null &&
      `It is part of revision “${nameOf(revisionName)}”, of which ${
        size === null
          ? `${number(received ?? 0)} events would be in`
          : `${number(received ?? 0)} of ${number(size)} would be in`
      }: alerts are made when that is complete, or has been quiet long enough.`,
  ].filter((note) => typeof note === 'string');
  return (
    <>
      {notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
    </>
  );
}

function Reached({ foresight: { reach } }: { foresight: Foresight }) {
  const { alerts, deliveries, silent, whole } = reach;
  return (
    <>
      <p class="reach-count">
        {!whole && 'At least '}
        {number(alerts)} {alerts === 1 ? 'account' : 'accounts'}
      </p>
      {alerts === 0 && <p>Nobody would be alerted.</p>}
      {!whole && <p class="note">There are too many followers to count them all within 20 seconds.</p>}
      <div class="desk-columns">
        {deliveries.length > 0 && (
          <section>
            <h3>Deliveries</h3>
            <dl class="figures">
              {deliveries.map(({ lane, fate, count }, place) => (
                <div key={place}>
                  <dt>
                    {laneName(lane)}, {fateWords[fate]}
                  </dt>
                  <dd>{number(count)}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
        {silent.length > 0 && (
          <section>
            <h3>Accounts that follow it and get nothing sent</h3>
            <dl class="figures">
              {silent.map(({ reason, count }, place) => (
                <div key={place}>
                  <dt>{operatorWords[reason as SilenceReason] ?? silenceWords[reason as SilenceReason]}</dt>
                  <dd>{number(count)}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
      </div>
    </>
  );
}

function Accounts({ visit, foresight: { reach } }: { visit: Visit; foresight: Foresight }) {
  return (
    <section>
      <h2>
        {reach.accounts.length < reach.alerts ? `The first ${reach.accounts.length} of them` : 'Who they are'}
      </h2>
      <div class="table-wrap" tabIndex={0} role="region" aria-label="Accounts that would be alerted">
        <table>
          <caption class="unseen">Accounts that would be alerted, and what matched</caption>
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col">Gravest</th>
              <th scope="col">Watchlists and what they follow</th>
            </tr>
          </thead>
          <tbody>
            {reach.accounts.map((one) => (
              <tr key={one.accountId}>
                <th scope="row">
                  <a href={`${visit.site.base}/operator/accounts/${one.accountId}`}>
                    <bdi>{one.email}</bdi>
                  </a>
                  <br />
                  <span class="aside">{one.tier}</span>
                </th>
                <td>
                  <SeverityMark severity={one.severity} />
                </td>
                <td>
                  {one.watchlists.map((list) => (
                    <div key={list.id}>
                      <Name text={list.name} />{' '}
                      <span class="aside">
                        {list.mode}
                        {list.confirmAfter !== null && `, after ${list.confirmAfter} h`}:{' '}
                        {list.follows.join(', ')}
                      </span>
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
