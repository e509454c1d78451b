import { z } from 'zod';

/** A token as its owner sees it: what it opens doors with is shown once, when it is made. */
export const AccountToken = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable().describe('to the hour; null while it was never used'),
});
export type AccountToken = z.infer<typeof AccountToken>;

export const NewAccountToken = AccountToken.extend({
  token: z.string().describe('shown once, and never again'),
});
export type NewAccountToken = z.infer<typeof NewAccountToken>;
