/**
 * The time in a field of a report, such as `2026-11-23T09:14:07.123Z`. Without an offset it is none: nobody knows whose. Whole
 * seconds stand for their end, so that what happened within the same second is not later.
 *
 * @returns null when there is none
 */
export function timeIn(field: string | null | undefined): Date | null {
  const [text, , fraction] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.exec(field ?? '') ?? [];
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? null : new Date(ms + (fraction === undefined ? 999 : 0));
}
