import type { Severity } from '../../domain/severity.js';
import { linearScale } from './scale.js';

type Severities = Readonly<Record<Severity, number>>;

/** Gravest first; how tall a part stands says what it is, without colour. */
const parts = [
  { severity: 'high', height: 12 },
  { severity: 'medium', height: 8 },
  { severity: 'low', height: 4 },
] as const;

const width = 96;
const gap = 2;

/** How many clauses are rated what, as a bar and in words. */
export function SeverityBar({ severities }: { severities: Severities }) {
  const shown = parts.filter(({ severity }) => severities[severity] > 0);
  const total = shown.reduce((sum, { severity }) => sum + severities[severity], 0);
  if (total === 0) return <span class="aside">Nothing in force</span>;
  const share = linearScale([0, total], [0, width - gap * (shown.length - 1)]);
  let from = 0;
  return (
    <span class="severity-bar">
      <svg viewBox={`0 0 ${width} 12`} width={width} height="12" aria-hidden="true" focusable="false">
        {shown.map(({ severity, height }) => {
          const x = from;
          const wide = share(severities[severity]);
          from += wide + gap;
          return (
            <rect
              key={severity}
              class={`bar-${severity}`}
              x={x.toFixed(1)}
              y={12 - height}
              width={wide.toFixed(1)}
              height={height}
            />
          );
        })}
      </svg>
      <span>{shown.map(({ severity }) => `${severities[severity]} ${severity}`).join(', ')}</span>
    </span>
  );
}
