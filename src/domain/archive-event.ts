import type { z } from 'zod';
import { ProvisionEvent } from './provision-event.js';
import { RetractionEvent } from './retraction-event.js';

/** Whatever an archive sends. */
export type ArchiveEvent = ProvisionEvent | RetractionEvent;

/** The events that are taken in, by their type. */
export const archiveEvents = {
  'provision.changed.v1': ProvisionEvent,
  'provision.retracted.v1': RetractionEvent,
} as const;

/** Reads one event by its type; one of a type that nobody knows is no valid change. */
export function parseArchiveEvent(value: unknown): z.ZodSafeParseResult<ArchiveEvent> {
  const type = (value as { type?: unknown } | null | undefined)?.type;
  const known = typeof type === 'string' && Object.hasOwn(archiveEvents, type);
  return archiveEvents[known ? (type as keyof typeof archiveEvents) : 'provision.changed.v1'].safeParse(
    value,
  );
}
