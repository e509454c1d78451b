import { dayWords, plural } from '../../domain/wording.js';

/** @property week its Monday, `YYYY-MM-DD` */
export type WeekCount = { week: string; messages: number; changes: number };

const height = 64;
const step = 12;
const bar = 9;

/** Messages by week as bars, and the same as a table for whoever wants the figures. Oldest first. */
export function WeekBars({ weeks, noun }: { weeks: readonly WeekCount[]; noun: readonly [string, string] }) {
  const most = Math.max(1, ...weeks.map(({ messages }) => messages));
  const total = weeks.reduce((sum, { messages }) => sum + messages, 0);
  const first = weeks[0]?.week;
  const last = weeks.at(-1)?.week;
  if (first === undefined || last === undefined) return null;
  const width = Math.max(1, weeks.length * step - (step - bar));
  return (
    <figure class="weeks">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${plural(total, ...noun)} in ${plural(weeks.length, 'week', 'weeks')}, at most ${most} in one`}
      >
        {weeks.map(({ week, messages }, index) => {
          const tall = messages === 0 ? 1 : Math.max(4, (messages / most) * height);
          return (
            <rect
              key={week}
              class={messages === 0 ? 'none' : undefined}
              x={index * step}
              y={height - tall}
              width={bar}
              height={tall}
            />
          );
        })}
      </svg>
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
