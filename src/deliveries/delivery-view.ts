import { z } from 'zod';
import { deliveryKinds } from '../domain/delivery-kind.js';
import type { AttemptRow, DeliveryRow } from './delivery-log.store.js';

export const deliveryStates = ['due', 'leased', 'delivered', 'dead', 'cancelled'] as const;

/** A delivery as the API shows it. */
export const Delivery = z.object({
  id: z.string(),
  alertId: z.string().nullable(),
  destinationId: z.string(),
  kind: z
    .enum(deliveryKinds)
    .describe(
      '`notice`: the destination fails or was disabled; `summary`: in place of a storm of alerts; `echo`: what became of an alert',
    ),
  lane: z.string(),
  state: z.enum(deliveryStates),
  reason: z.string().nullable().describe('why it failed, waits or was cancelled'),
  dueAt: z.iso.datetime().nullable().describe('when the next attempt is due; null once it has ended'),
  deliveredAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  attempts: z
    .array(
      z.object({
        at: z.iso.datetime(),
        outcome: z.enum(['delivered', 'retry', 'permanent']),
        status: z.int().nullable().describe("the answer's code: HTTP or SMTP"),
        ms: z.int(),
        reason: z.string().nullable(),
        excerpt: z.string().nullable().describe('the beginning of the answer'),
      }),
    )
    .describe('oldest first'),
});
export type Delivery = z.infer<typeof Delivery>;

export function deliveryView(row: DeliveryRow, attempts: readonly AttemptRow[]): Delivery {
  const { id, alertId, destinationId, kind, lane, state, reason } = row;
  const waits = state === 'due' || state === 'leased';
  return {
    id,
    alertId,
    destinationId,
    kind,
    lane,
    state,
    reason,
    dueAt: waits ? row.dueAt.toISOString() : null,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    attempts: attempts.map(({ at, ...attempt }) => ({ at: at.toISOString(), ...attempt })),
  };
}
