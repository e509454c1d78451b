import { z } from 'zod';

/**
 * Text that PostgreSQL can keep: well-formed Unicode without NUL. Whatever else it holds (line ends, markup, right-to-left
 * marks) is data and stays as it is; each place that shows it escapes it.
 */
export const PlainText = z
  .string()
  .refine((text) => !text.includes('\u0000'), 'must not contain the NUL character')
  .refine((text) => text.isWellFormed(), 'must be well-formed Unicode (a surrogate stands alone)');

/** A name or a title: has at least one visible character, at most `max` in all. */
export function shownText(max: number) {
  return PlainText.refine((text) => /[^\s\p{Cc}\p{Cf}]/u.test(text), 'must not be empty').refine(
    (text) => text.length <= max,
    `must be at most ${max} characters`,
  );
}

/** One line of it for headings: every run of white space and control characters becomes one space. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
