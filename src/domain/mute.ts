import { z } from 'zod';

/** What an account can mute. */
export const MuteKind = z.enum(['provision', 'document']);
export type MuteKind = z.infer<typeof MuteKind>;
