import { directionWords, kindWords, severityWord } from '../../domain/wording.js';
import type { SeverityDelta } from '../../domain/delta.js';
import { directionMarks } from '../../domain/gravity.js';
import { rankOf, type Severity } from '../../domain/severity.js';

const dots = [1, 2, 3] as const;

/** A severity as a word and as one to three filled dots: it reads alike without colour. */
export function SeverityMark({ severity }: { severity: Severity | null }) {
  const rank = rankOf(severity);
  return (
    <span class={`severity severity-${severity ?? 'none'}`}>
      <svg viewBox="0 0 38 12" width="38" height="12" aria-hidden="true" focusable="false">
        {dots.map((dot) => (
          <circle
            key={dot}
            cx={dot * 13 - 7}
            cy="6"
            r="4.1"
            stroke="currentColor"
            stroke-width="1.6"
            fill={dot <= rank ? 'currentColor' : 'none'}
          />
        ))}
      </svg>
      {severityWord(severity)}
    </span>
  );
}

/** Severity before and after, and which way it went. */
export function SeverityMove({ delta: { before, after, direction } }: { delta: SeverityDelta }) {
  return (
    <span class="move">
      {before !== after && (
        <>
          <SeverityMark severity={before} />
          <span class="arrow" aria-hidden="true">
            →
          </span>
          <span class="unseen"> then </span>
        </>
      )}
      <SeverityMark severity={after} />
      <span class="direction">
        <span aria-hidden="true">{directionMarks[direction]}</span> {directionWords[direction]}
      </span>
    </span>
  );
}

/** "Escalated" */
export function Kind({ delta }: { delta: SeverityDelta }) {
  return <span class="kind">{kindWords[delta.kind]}</span>;
}
