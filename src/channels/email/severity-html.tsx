import type { SeverityDelta } from '../../domain/delta.js';
import { directionMarks } from '../../domain/gravity.js';
import type { Severity } from '../../domain/severity.js';
import { styles } from './mail-styles.js';
import { directionWords, severityDots, severityWord } from '../../domain/wording.js';

/** A severity as word and dots: "High ●●●". */
function SeverityMark({ severity }: { severity: Severity | null }) {
  const rating = severity ?? 'none';
  return (
    <strong class={rating === 'none' ? 'muted' : `severity-${rating}`} style={styles.severity[rating]}>
      {severityWord(severity)} <span aria-hidden="true">{severityDots(severity)}</span>
    </strong>
  );
}

/** Severity before → after with its direction: "Medium ●●○ → High ●●● ▲ rose". */
export function SeverityMove({ delta }: { delta: SeverityDelta }) {
  const direction = `${directionMarks[delta.direction]} ${directionWords[delta.direction]}`;
  return (
    <>
      {delta.before !== delta.after && (
        <>
          <SeverityMark severity={delta.before} />
          {' → '}
        </>
      )}
      <SeverityMark severity={delta.after} /> {direction}
    </>
  );
}

/** The verdict of the whole alert, such as "High ▲", on a ground of its severity. */
export function RatingTag({ severity, rating }: { severity: Severity; rating: string }) {
  return (
    <span class={`tag-${severity}`} style={{ ...styles.tagShape, ...styles.tag[severity] }}>
      {rating}
    </span>
  );
}

/** What a mail is about when that is no severity, such as "Reverted": on a ground that alarms nobody. */
export function AboutTag({ words }: { words: string }) {
  return (
    <span class="tag-about" style={{ ...styles.tagShape, ...styles.aboutTag }}>
      {words}
    </span>
  );
}
