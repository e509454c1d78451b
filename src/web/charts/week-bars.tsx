import { dayWords, plural } from '../../domain/wording.js';
import { ColumnChart } from './column-chart.js';

/** @property week its Monday, `YYYY-MM-DD` */
export type WeekCount = { week: string; messages: number; changes: number };

/** Messages by week as bars, and the same as a table for whoever wants the figures. Oldest first. */
export function WeekBars({ weeks, noun }: { weeks: readonly WeekCount[]; noun: readonly [string, string] }) {
  const most = Math.max(1, ...weeks.map(({ messages }) => messages));
  const total = weeks.reduce((sum, { messages }) => sum + messages, 0);
  const first = weeks[0]?.week;
  const last = weeks.at(-1)?.week;
  if (first === undefined || last === undefined) return null;
  return (
    <figure class="weeks">
      <ColumnChart
        label={`${plural(total, ...noun)} in ${plural(weeks.length, 'week', 'weeks')}, at most ${most} in one`}
        height={64}
        pitch={12}
        wide={9}
        columns={weeks.map(({ messages }) => [
          messages === 0 ? { style: 'none', value: 0, least: 1 } : { value: messages, least: 4 },
        ])}
      />
      <figcaption>
        <span>{dayWords(first)}</span> <span>{dayWords(last)}</span>
      </figcaption>
      <details>
        <summary>The same as a table</summary>
        <table>
          <caption class="unseen">By week</caption>
          <thead>
            <tr>
              <th scope="col">Week of</th>
              <th scope="col">Sent</th>
              <th scope="col">Changes told</th>
            </tr>
          </thead>
          <tbody>
            {weeks
              .filter(({ messages }) => messages > 0)
              .map(({ week, messages, changes }) => (
                <tr key={week}>
                  <th scope="row">{dayWords(week)}</th>
                  <td>{messages}</td>
                  <td>{changes}</td>
                </tr>
              ))}
          </tbody>
        </table>
        <p class="aside">Weeks that are not listed were silent.</p>
      </details>
    </figure>
  );
}
