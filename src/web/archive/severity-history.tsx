import type { SeverityStep } from '../../archive/brief-history.service.js';
import { kindWords, plural, severityWord, times } from '../../domain/wording.js';
import { StepChart } from '../charts/step-chart.js';
import type { Site } from '../frame/site.js';
import { SeverityMark } from '../parts/severity.js';
import { Moment } from '../parts/words.js';
import { pathTo } from './archive-paths.js';

type Props = {
  site: Site;
  /** Oldest first. */
  steps: readonly SeverityStep[];
  now: string;
  isWhole: boolean;
};

/** How a clause was rated over time: a chart, and the same as a table. */
export function SeverityHistory({ site, steps, now, isWhole }: Props) {
  const last = steps.at(-1);
  if (!last) return <p class="aside">No change of it is known.</p>;
  // That a clause came or went is no move of its rating from one to another.
  const moves = steps.filter(({ delta: { kind } }) => kind === 'escalated' || kind === 'eased').length;
  const rewordings = steps.filter(({ delta: { before, after } }) => before === after).length;
  const label = `Severity over time: ${plural(moves, 'move', 'moves')}, now ${severityWord(last.delta.after)}. The table below says the same.`;
  return (
    <>
      <p>
        {moves === 0 ? 'Its rating never moved' : `Its rating moved ${times(moves)}`}
        {rewordings > 0 && `, and its words alone changed ${times(rewordings)}`}.
        {!isWhole && ` Shown are the newest ${steps.length} changes.`}
      </p>
      {steps.length > 1 && (
        <figure class="step-figure">
          <StepChart
            steps={steps.map(({ at, delta: { before, after } }) => ({
              at,
              before,
              after,
              isMove: before !== after,
            }))}
            until={now}
            label={label}
          />
          <figcaption class="aside">
            A dot is a move of the rating, a stroke a change of words alone.
          </figcaption>
        </figure>
      )}
      <details class="behind">
        <summary>The same as a table</summary>
        <table class="stacking">
          <caption>Newest first.</caption>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Change</th>
              <th scope="col">Rating</th>
            </tr>
          </thead>
          <tbody>
            {steps.toReversed().map(({ changeId, at, delta }) => (
              <tr key={changeId}>
                <th scope="row">
                  <a href={pathTo.change(site, changeId)}>
                    <Moment at={at} />
                  </a>
                </th>
                <td>{kindWords[delta.kind]}</td>
                <td>
                  <SeverityMark severity={delta.after} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
