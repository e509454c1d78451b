import { z } from 'zod';
import type { DestinationId } from '../domain/ids.js';
import { shownText } from '../domain/plain-text.js';

/**
 * `pending`: waits for its owner to confirm it. `paused`: by its owner. `disabled`: by Tocsin, since it can't be reached;
 * `reason` says why.
 */
export const DestinationStatus = z.enum(['pending', 'active', 'paused', 'disabled']);
export type DestinationStatus = z.infer<typeof DestinationStatus>;

/** The reason that owners read on a destination whose reader stopped all of it by the link in a mail. */
export const unsubscribedReason = 'unsubscribed';

const settings = z.record(z.string(), z.unknown());
const label = shownText(80).nullable();

/** A destination as the API shows it: without its secrets. */
export const Destination = z.object({
  id: z.string(),
  kind: z.string(),
  label: z.string().nullable(),
  status: DestinationStatus,
  reason: z.string().nullable(),
  settings: settings.describe('without what is secret in them'),
  createdAt: z.iso.datetime(),
});
export type Destination = z.infer<typeof Destination> & { id: DestinationId };

/** A destination right after its signing secret was made. */
export const DestinationWithSecret = Destination.extend({
  secret: z
    .string()
    .optional()
    .describe('the signing secret (`whsec_…`) of a kind that is signed: shown once, and never again'),
});
export type DestinationWithSecret = Destination & { secret?: string };

export const NewDestination = z.strictObject({
  kind: z.string().max(50).describe('the channel'),
  label: label.default(null),
  settings: settings.describe('what the channel is set up with'),
});
export type NewDestination = z.infer<typeof NewDestination>;

export const DestinationChanges = z.strictObject({
  label: label.optional(),
  settings: settings.optional().describe('replaces all settings, the secret ones too'),
  status: z.enum(['active', 'paused']).optional(),
});
export type DestinationChanges = z.infer<typeof DestinationChanges>;

export const RecoverRequest = z.strictObject({
  since: z.iso
    .datetime({ offset: true, error: 'must be an RFC 3339 time such as "2026-03-24T09:00:00Z"' })
    .describe('alerts made at this time or later'),
});
export type RecoverRequest = z.infer<typeof RecoverRequest>;

export const Recovered = z.object({
  recovered: z.int().describe('how many deliveries are on their way again'),
});
export type Recovered = z.infer<typeof Recovered>;

export const TestSent = z.object({ deliveryId: z.string() });
export type TestSent = z.infer<typeof TestSent>;

/** A mail that asks for a confirmation once more. */
export const Asked = z.object({
  deliveryId: z.string(),
  expiresAt: z.iso.datetime().describe('until when the link in it works'),
});
export type Asked = z.infer<typeof Asked>;
