import { z } from 'zod';

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof weekdays)[number];

/** A local time of day, `00:00` to `23:59`. */
export const LocalTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as "08:00"');

/** Whether a digest goes out with nothing in it too. */
const heartbeat = z
  .boolean()
  .optional()
  .describe('true: a digest comes at the end of each window, even when nothing changed; false when left out');

/** When a watchlist's alerts go out, in the account's time zone. */
export const Cadence = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('instant') }),
  z.strictObject({ mode: z.literal('hourly'), heartbeat }),
  z.strictObject({ mode: z.literal('daily'), at: LocalTime, heartbeat }),
  z.strictObject({ mode: z.literal('weekly'), on: z.enum(weekdays), at: LocalTime, heartbeat }),
]);
export type Cadence = z.infer<typeof Cadence>;
export type CadenceMode = Cadence['mode'];
