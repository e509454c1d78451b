import { laneName, number } from '../../domain/operating-words.js';
import type { LaneHours } from '../../operator/pulse.service.js';
import { ColumnChart } from '../charts/column-chart.js';

/** A lane's attempts, hour by hour: what arrived from the ground up, what failed hatched on top of it; the table behind. */
export function LaneChart({ lane, hours }: LaneHours) {
  const most = Math.max(0, ...hours.map(({ delivered, failed }) => delivered + failed));
  const arrived = hours.reduce((sum, hour) => sum + hour.delivered, 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  const name = `${laneName(lane)}: ${number(arrived)} arrived, ${number(failed)} failed within 24 hours, at most ${number(most)} an hour`;
  return (
    <figure class="lane">
      <figcaption>
        <strong>{laneName(lane)}</strong>
        <span>
          {number(arrived)} arrived, {number(failed)} failed
        </span>
      </figcaption>
      <ColumnChart
        label={name}
        height={56}
        pitch={10}
        wide={8}
        columns={hours.map((hour) => [
          { style: 'arrived', value: hour.delivered, least: 0 },
          { style: 'failed', value: hour.failed, least: hour.failed === 0 ? 0 : 2 },
        ])}
      >
        <line class="ground" x1="0" x2="100%" y1="55.5" y2="55.5" />
      </ColumnChart>
      <details>
        <summary>
          Table<span class="unseen"> of {laneName(lane)}</span>
        </summary>
        <table>
          <caption class="unseen">{laneName(lane)}, attempts by hour</caption>
          <thead>
            <tr>
              <th scope="col">Hour from (UTC)</th>
              <th scope="col" class="number">
                Arrived
              </th>
              <th scope="col" class="number">
                Failed
              </th>
            </tr>
          </thead>
          <tbody>
            {hours.toReversed().map((hour) => (
              <tr key={hour.from.getTime()}>
                <th scope="row">
                  <time dateTime={hour.from.toISOString()}>{hour.from.toISOString().slice(11, 16)}</time>
                </th>
                <td class="number">{number(hour.delivered)}</td>
                <td class="number">{number(hour.failed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
