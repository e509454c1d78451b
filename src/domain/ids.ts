import { z } from 'zod';

/** An id of the archive's: 1–200 characters without control characters. */
export const ArchiveId = z
  .string()
  .min(1)
  .max(200)
  .refine((id) => id.isWellFormed(), 'must be well-formed Unicode (a surrogate stands alone)')
  .refine((id) => !/[\p{Cc}\u2028\u2029]/u.test(id), 'must not contain control characters');

/** A short machine name such as `liability`: lower-case words joined by hyphens. */
export const Slug = z
  .string()
  .max(200)
  .regex(/^[a-z0-9]+(?:[-_.][a-z0-9]+)*$/, 'must be a slug such as "acceptable-use"');

/** A row id of ours: a bigint, always carried as a string. */
export type RowId<Name extends string> = string & { readonly __id: Name };
export type AccountId = RowId<'account'>;
export type WatchlistId = RowId<'watchlist'>;
export type DestinationId = RowId<'destination'>;
export type RevisionId = RowId<'revision'>;
export type ChangeId = RowId<'change'>;
export type AlertId = RowId<'alert'>;
export type DeliveryId = RowId<'delivery'>;
export type SessionId = RowId<'session'>;
export type TokenId = RowId<'token'>;

const largestBigint = 9_223_372_036_854_775_807n;

/** Reads a row id out of a path or query; null when it can be no id at all (so the thing does not exist). */
export function parseRowId<Name extends string>(text: string): RowId<Name> | null {
  if (!/^[1-9]\d{0,18}$/.test(text) || BigInt(text) > largestBigint) return null;
  return text as RowId<Name>;
}
