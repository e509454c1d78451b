import { laneName, lengthWords, number } from '../../domain/operating-words.js';
import type { Pulse } from '../../operator/pulse.service.js';
import { pageOf, partOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { Moment } from '../parts/words.js';
import { LaneChart } from './lane-chart.js';
import { OperatorPage } from './operator-page.js';

/** How the installation does. */
export function pulsePage(visit: Visit, pulse: Pulse): string {
  return pageOf(
    <OperatorPage visit={visit} title="Pulse" way="/operator">
      <PulsePart visit={visit} pulse={pulse} />
    </OperatorPage>,
  );
}

/** The same without its frame, for a page that is open. */
export function pulsePart(visit: Visit, pulse: Pulse): string {
  return partOf(<PulsePart visit={visit} pulse={pulse} />);
}

function PulsePart({ visit, pulse }: { visit: Visit; pulse: Pulse }) {
  const { base } = visit.site;
  const { overview, lanes, intake, taken } = pulse;
  return (
    <div
      id="pulse"
      data-hx-get={`${base}/operator/pulse`}
      data-hx-trigger="every 10s"
      data-hx-swap="outerHTML"
    >
      <p class="aside">
        As of <Moment at={pulse.at.toISOString()} />. It is read anew every 10 seconds while the page is open.
      </p>
      <Troubles visit={visit} pulse={pulse} />
      <section>
        <h2>Queue</h2>
        <QueueTable pulse={pulse} />
      </section>
      <section>
        <h2>Attempts of the last 24 hours</h2>
        <p class="aside">
          <span class="key">arrived</span> <span class="key failed-key">failed</span>
        </p>
        {lanes.length === 0 && <p>There is no destination yet, so there is nothing to send to.</p>}
        <div class="lanes">
          {lanes.map((lane) => (
            <LaneChart key={lane.lane} {...lane} />
          ))}
        </div>
      </section>
      <div class="desk-columns">
        <Figures
          title="In, last 24 hours"
          rows={[
            ['Changes taken in', intake.changes],
            ['of them late', intake.late],
            ['after a gap', intake.gaps],
            ['as history', intake.silent],
            ['Events since this process began', taken.accepted],
            ['Duplicates since then', taken.duplicates],
          ]}
        />
        <Figures
          title="Between changes and alerts"
          rows={[
            ['Revisions that still take events', overview.fanOut.revisionsOpen],
            ['Revisions to be matched', overview.fanOut.revisionsToPlan],
            ['Slices of followers left', overview.fanOut.rangesLeft],
            ['Alerts within the hour', overview.rates.alertsPerHour],
          ]}
        />
        <Figures
          title="Not told, last 24 hours"
          rows={[
            ['Nobody wanted it', overview.suppressed.unmatched],
            ['Only its form changed', overview.suppressed.cosmetic],
            ['Late', overview.suppressed.late],
            ['Went back', overview.suppressed.reverted],
            ['Goes back and forth', overview.suppressed.flapping],
            ['Retracted', overview.suppressed.retracted],
            ['Taken in as history', overview.suppressed.silent],
          ]}
        />
        <Figures
          title="Accounts"
          rows={[
            ['Free', overview.accounts.free],
            ['Watcher', overview.accounts.watcher],
            ['Professional', overview.accounts.professional],
          ]}
        />
      </div>
    </div>
  );
}

function Troubles({ visit, pulse: { troubles, lastAttemptAt, processes } }: { visit: Visit; pulse: Pulse }) {
  const sign =
    lastAttemptAt === null ? (
      'No attempt was recorded within a day.'
    ) : (
      <>
        The last attempt was recorded in the minute of <Moment at={lastAttemptAt.toISOString()} />; within 15
        minutes, {processes === 1 ? '1 process' : `${processes} processes`} recorded some.
      </>
    );
  if (troubles.length === 0) {
    return (
      <p class="all-well">
        <strong>Nothing is wrong.</strong> {sign}
      </p>
    );
  }
  return (
    <section class="troubles" aria-label="What is wrong">
      <ul>
        {troubles.map(({ what, do: advice, path }) => (
          <li key={what}>
            <strong>{what}</strong>{' '}
            {path === undefined ? advice : <a href={visit.site.base + path}>{advice}</a>}
          </li>
        ))}
      </ul>
      <p class="aside">{sign}</p>
    </section>
  );
}

function QueueTable({ pulse: { overview } }: { pulse: Pulse }) {
  const lanes = Object.entries(overview.queue);
  return (
    <div class="table-wrap" tabIndex={0} role="region" aria-label="Queue by lane">
      <table>
        <caption class="unseen">What waits, by lane and state</caption>
        <thead>
          <tr>
            <th scope="col">Lane</th>
            {['Waiting', 'Being sent', 'Dead', 'Oldest due'].map((words) => (
              <th key={words} scope="col" class="number">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lanes.map(([lane, { due, leased, dead, oldestDueSeconds }]) => (
            <tr key={lane}>
              <th scope="row">{laneName(lane)}</th>
              <td class="number">{number(due)}</td>
              <td class="number">{number(leased)}</td>
              <td class="number">{number(dead)}</td>
              <td class="number">
                {oldestDueSeconds === null
                  ? 'none'
                  : oldestDueSeconds === 0
                    ? 'later'
                    : `${lengthWords(oldestDueSeconds)} late`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Figures({ title, rows }: { title: string; rows: readonly (readonly [string, number])[] }) {
  return (
    <section>
      <h2>{title}</h2>
      <dl class="figures">
        {rows.map(([words, count]) => (
          <div key={words}>
            <dt>{words}</dt>
            <dd>{number(count)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
