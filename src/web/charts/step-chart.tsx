import { rankOf, type Severity } from '../../domain/severity.js';
import { dayWords, severityWord } from '../../domain/wording.js';
import { linearScale } from './scale.js';

/** A state from a time on. `at` is RFC 3339; `isMove` tells a move of severity from a change of words alone. */
export type Step = { at: string; before: Severity | null; after: Severity | null; isMove: boolean };

const width = 1_000;
const rowHeight = 100;
const levels = ['high', 'medium', 'low', null] as const;

/** How much of the width shows what was before the first step. */
const leadIn = 0.04;

/**
 * Where the steps of a severity are drawn: `line` as an SVG path, `moves` and `words` as places of marks. The highest rating
 * is on top, one row each; time runs from the first step (after a short lead-in) to `until`.
 *
 * @param steps oldest first, at least one
 */
export function stepGeometry(steps: readonly Step[], until: string) {
  const first = Date.parse(steps[0]!.at);
  const last = Math.max(Date.parse(until), ...steps.map((step) => Date.parse(step.at)));
  const lead = width * leadIn;
  const placeOf = linearScale([first, last], [lead, width]);
  const timeOf = linearScale([lead, width], [first, last]);
  const rowOf = linearScale([3, 0], [rowHeight / 2, rowHeight * 3.5]);
  const x = (at: string) => Math.round(placeOf(Date.parse(at)));
  const y = (severity: Severity | null) => rowOf(rankOf(severity));
  const begin = steps[0]!.before;
  const path = [begin === null ? `M${lead} ${y(steps[0]!.after)}` : `M0 ${y(begin)}`];
  for (const { at, after } of steps) path.push(`H${x(at)}V${y(after)}`);
  path.push(`H${width}`);
  const places = (isMove: boolean) =>
    steps.filter((step) => step.isMove === isMove).map(({ at, after }) => ({ x: x(at), y: y(after) }));
  return {
    line: path.join(''),
    moves: places(true),
    words: places(false),
    middle: new Date(timeOf(width / 2)).toISOString(),
    last: new Date(last).toISOString(),
  };
}

type Props = { steps: readonly Step[]; until: string; label: string };

/** Severity over time as steps: a line in four named rows, a dot at each move, a stroke at each rewording. */
export function StepChart({ steps, until, label }: Props) {
  const { line, moves, words, middle, last } = stepGeometry(steps, until);
  return (
    <div class="step-chart">
      <ol class="step-levels" aria-hidden="true">
        {levels.map((level) => (
          <li key={level}>{severityWord(level)}</li>
        ))}
      </ol>
      <svg
        viewBox={`0 0 ${width} ${rowHeight * levels.length}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
        focusable="false"
      >
        {levels.map((level, row) => (
          <path key={level} class="step-row" d={`M0 ${row * rowHeight + rowHeight / 2}H${width}`} />
        ))}
        <path class="step-line" d={line} />
        {words.map(({ x, y }, index) => (
          <path key={index} class="step-words" d={`M${x} ${y - 16}V${y + 16}`} />
        ))}
        {moves.map(({ x, y }, index) => (
          <path key={index} class="step-move" d={`M${x} ${y}h.01`} />
        ))}
      </svg>
      <p class="step-times" aria-hidden="true">
        {[steps[0]!.at, middle, last].map((at, index) => (
          <span key={index}>{dayWords(new Date(at).toISOString().slice(0, 10))}</span>
        ))}
      </p>
    </div>
  );
}
