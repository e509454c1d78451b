import { z } from 'zod';
import { ArchiveId } from '../domain/ids.js';
import { MuteKind } from '../domain/mute.js';
import { validate } from '../platform/http/validation.js';

/** A mute as the API shows it. */
export const Mute = z.object({
  kind: MuteKind,
  key: z.string(),
  since: z.iso.datetime(),
  until: z.iso.datetime().nullable().describe('when it ends by itself; null for good'),
});
export type Mute = z.infer<typeof Mute>;

/** How long to mute. */
export const SetMute = z
  .strictObject({
    until: z.iso
      .datetime({ offset: true, error: 'must be a time such as 2026-03-24T09:00:00Z' })
      .transform((text) => new Date(text))
      .nullish()
      .describe('when it ends by itself; left out or null for good'),
  })
  .prefault({});
export type SetMute = z.infer<typeof SetMute>;

/** What is muted: the keys are those of follows. */
export type MuteTarget = { kind: MuteKind; key: string };

/** Reads the end of a path. @throws Problem 422 naming `kind` or `key` */
export function muteTarget(kind: string, key: string): MuteTarget {
  return { kind: validate(MuteKind, kind, 'kind'), key: validate(ArchiveId, key, 'key') };
}
