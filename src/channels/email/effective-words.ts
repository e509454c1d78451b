import { effectiveNotice } from '../../domain/effective-notice.js';
import { dayWords } from '../../domain/wording.js';

/**
 * When a change takes effect, and what notice that gives: "takes effect 1 June 2026 (28 days' notice)".
 *
 * @param posted RFC 3339: when the archive saw it
 * @param effectiveAt `YYYY-MM-DD`; null when nobody said it
 * @param isFirstOfSeveral whether other changes take effect later: the notice is not that of all then
 */
export function effectiveWords(
  posted: string,
  effectiveAt: string | null,
  { isFirstOfSeveral = false } = {},
): string | null {
  const notice = effectiveNotice(posted, effectiveAt);
  if (notice === null || effectiveAt === null) return null;
  const verb = notice.days > 0 ? 'takes effect' : 'effective';
  if (isFirstOfSeveral) return `${verb} from ${dayWords(effectiveAt)}`;
  return `${verb} ${dayWords(effectiveAt)} (${notice.words})`;
}
