import { z } from 'zod';
import { FollowKind } from '../domain/follow.js';
import { ArchiveId, Slug } from '../domain/ids.js';
import { validate } from '../platform/http/validation.js';

/** A follow as the API shows it. */
export const Follow = z.object({ kind: FollowKind, key: z.string(), since: z.iso.datetime() });
export type Follow = z.infer<typeof Follow>;

/** What a follow follows. */
export type FollowTarget = { kind: FollowKind; key: string };

const slugInAnyCase = z.string().toLowerCase().pipe(Slug);

/** What keys of each kind look like. Whether the archive knows them is not asked: it may come to. */
export const followKeys: Readonly<Record<FollowKind, z.ZodType<string>>> = {
  entity: ArchiveId,
  document: ArchiveId,
  provision: ArchiveId,
  'clause-type': slugInAnyCase,
  category: slugInAnyCase,
  agency: ArchiveId,
  everything: z.literal('*', 'must be "*": everything has no other key'),
};

/** Reads the end of a path. @throws Problem 422 naming `kind` or `key` */
export function followTarget(kind: string, key: string): FollowTarget {
  const known = validate(FollowKind, kind, 'kind');
  return { kind: known, key: validate(followKeys[known], key, 'key') };
}
