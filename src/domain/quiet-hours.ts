import { z } from 'zod';
import { LocalTime } from './cadence.js';

/**
 * When an account wants no alerts, in local time. `to` before `from` runs over midnight. What `breakThrough` names goes
 * out all the same; null lets nothing through.
 */
export const QuietHours = z
  .strictObject({
    from: LocalTime,
    to: LocalTime,
    breakThrough: z.literal('high').nullable().default(null),
  })
  .refine((hours) => hours.from !== hours.to, {
    path: ['to'],
    error: 'must differ from "from": no time of day would be left',
  });
export type QuietHours = z.infer<typeof QuietHours>;
