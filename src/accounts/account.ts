import { z } from 'zod';
import type { AccountId } from '../domain/ids.js';
import { shownText } from '../domain/plain-text.js';
import { QuietHours } from '../domain/quiet-hours.js';
import { Tier } from '../domain/tiers.js';
import { TimeZone } from '../domain/time-zone.js';

/** An account as the API shows it. */
export const Account = z.object({
  id: z.string(),
  email: z.string().meta({ format: 'email' }),
  tier: Tier,
  timeZone: TimeZone,
  quietHours: QuietHours.nullable(),
  createdAt: z.iso.datetime(),
});
export type Account = z.infer<typeof Account> & { id: AccountId };

/** What the email address must look like is the email channel's to say: alerts go there. */
export const NewAccount = z.strictObject({
  email: z.string().meta({ format: 'email' }),
  tier: Tier,
  timeZone: TimeZone.default('UTC'),
});
export type NewAccount = z.infer<typeof NewAccount>;

/** What the owner may change. `quietHours: null` clears them. */
export const AccountChanges = z.strictObject({
  timeZone: TimeZone.optional(),
  quietHours: QuietHours.nullable().optional(),
});
export type AccountChanges = z.infer<typeof AccountChanges>;

/** What the operator may change. */
export const OperatorAccountChanges = AccountChanges.extend({ tier: Tier.optional() });
export type OperatorAccountChanges = z.infer<typeof OperatorAccountChanges>;

export const NewToken = z.strictObject({
  name: shownText(80).describe('what the token is for, to tell it from others'),
});
export type NewToken = z.infer<typeof NewToken>;

export const ShownToken = z.object({ token: z.string().describe('shown once, and never again') });
