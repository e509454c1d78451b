import { z } from 'zod';

export type Setting<Schema extends z.ZodType> = {
  readonly schema: Schema;
  /** As the settings table of the README shows it. */
  readonly fallback: string;
  readonly meaning: string;
  /** A secret is never shown, and may also come from the file that `NAME_FILE` names. */
  readonly secret: boolean;
};

export function setting<Schema extends z.ZodType>(
  schema: Schema,
  fallback: string,
  meaning: string,
): Setting<Schema> {
  return { schema, fallback, meaning, secret: false };
}

export function secret<Schema extends z.ZodType>(
  schema: Schema,
  fallback: string,
  meaning: string,
): Setting<Schema> {
  return { schema, fallback, meaning, secret: true };
}

export const text = z.string().nullable().default(null);
export const whole = (least: number, what: string) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be ${what}`)
    .transform(Number)
    .refine((n) => n >= least, `must be at least ${least}`);
/** Days; 0 for never. */
export const daysOrNever = (fallback: number) =>
  whole(0, 'whole days, 0 for never')
    .refine((n) => n <= 3_650, 'must be at most 3650')
    .default(fallback);
/** Messages a second; 0 for as many as come. */
export const rate = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,6}(\.\d{1,3})?$/, 'must be messages a second, 0 for no limit')
    .transform(Number)
    .default(fallback)
    .transform((perSecond) => (perSecond === 0 ? null : perSecond));
export const url = (protocols: RegExp, what: string) =>
  z
    .url({ protocol: protocols, error: `must be ${what}` })
    .nullable()
    .default(null);
export const list = z.string().transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);
