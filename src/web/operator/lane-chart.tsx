import { laneName, number } from '../../domain/operating-words.js';
import type { LaneHours } from '../../operator/pulse.service.js';

const width = 240;
const height = 56;
const gap = 2;

/** A lane's attempts, hour by hour: what arrived from the ground up, what failed hatched on top of it; the table behind. */
export function LaneChart({ lane, hours }: LaneHours) {
  const most = Math.max(1, ...hours.map(({ delivered, failed }) => delivered + failed));
  const arrived = hours.reduce((sum, hour) => sum + hour.delivered, 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  const step = width / hours.length;
  const name = `${laneName(lane)}: ${number(arrived)} arrived, ${number(failed)} failed within 24 hours, at most ${number(most)} attempts an hour`;
  return (
    <figure class="lane">
      <figcaption>
        <strong>{laneName(lane)}</strong>
        <span>
          {number(arrived)} arrived, {number(failed)} failed
        </span>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height + 1}`} role="img" aria-label={name} preserveAspectRatio="none">
        <line class="ground" x1="0" x2={width} y1={height + 0.5} y2={height + 0.5} />
        {hours.map((hour, place) => {
          const up = Math.round((hour.delivered / most) * height);
          const over = hour.failed === 0 ? 0 : Math.max(2, Math.round((hour.failed / most) * height));
          const x = place * step + gap / 2;
          return (
            <g key={place}>
              <rect class="arrived" x={x} y={height - up} width={step - gap} height={up} />
              <rect
                class="failed"
                x={x}
                y={Math.max(0, height - up - over)}
                width={step - gap}
                height={over}
              />
            </g>
          );
        })}
      </svg>
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
