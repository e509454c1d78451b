import type { Standing } from './alert-content.js';

/** "stricter than 4, like 2, milder than 1": how a rating compares with others of its kind. */
function standingWords({ lower, equal, higher }: Standing): string {
  const parts = [
    lower > 0 && `stricter than ${lower}`,
    equal > 0 && `as strict as ${equal}`,
    higher > 0 && `milder than ${higher}`,
  ];
  return parts.filter(Boolean).join(', ');
}

/**
 * Where a clause stood and stands among others: "Of 7 other platforms' clauses of this type, as they are rated now, it was
 * stricter than 2, milder than 5; it is stricter than 7." Null when nobody else has one.
 */
export function standingMove(before: Standing | null, after: Standing | null): string | null {
  const { lower, equal, higher } = after ?? before ?? { lower: 0, equal: 0, higher: 0 };
  const others = lower + equal + higher;
  if (others === 0) return null;
  const among =
    others === 1
      ? "Beside the one other platform's clause of this type, as it is rated now,"
      : `Of ${others} other platforms' clauses of this type, as they are rated now,`;
  if (before === null && after !== null) return `${among} it is ${standingWords(after)}.`;
  if (after === null && before !== null) return `${among} it was ${standingWords(before)}.`;
  if (before === null || after === null) return null;
  const [was, is] = [standingWords(before), standingWords(after)];
  return was === is ? `${among} it was and is ${is}.` : `${among} it was ${was}; it is now ${is}.`;
}
