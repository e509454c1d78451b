import { z } from 'zod';

/** What a watchlist can follow. */
export const FollowKind = z.enum([
  'entity',
  'document',
  'provision',
  'clause-type',
  'category',
  'agency',
  'everything',
]);
export type FollowKind = z.infer<typeof FollowKind>;
