import { z } from 'zod';
import { Tier } from '../domain/tiers.js';
import { PageQuery } from '../platform/http/page.js';

export const AccountsQuery = PageQuery.extend({
  q: z.string().trim().max(254).optional().describe('the beginning of an address, or an id'),
  tier: Tier.optional(),
});
export type AccountsQuery = z.infer<typeof AccountsQuery>;

/** An account in the operator's list. */
export const ListedAccount = z.object({
  id: z.string(),
  email: z.string(),
  tier: Tier,
  timeZone: z.string(),
  createdAt: z.iso.datetime(),
});
export type ListedAccount = z.infer<typeof ListedAccount>;
