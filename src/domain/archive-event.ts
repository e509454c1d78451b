import type { z } from 'zod';
import { CheckedEvent, UnreachableEvent, type CoverageEvent } from './coverage-event.js';
import { ProvisionEvent } from './provision-event.js';
import { RetractionEvent } from './retraction-event.js';

/** What an archive tells of provisions. */
export type ChangeEvent = ProvisionEvent | RetractionEvent;

/** Whatever an archive sends. */
export type ArchiveEvent = ChangeEvent | CoverageEvent;

/** The events that are taken in, by their type. */
export const archiveEvents = {
  'provision.changed.v1': ProvisionEvent,
  'provision.retracted.v1': RetractionEvent,
  'document.checked.v1': CheckedEvent,
  'document.unreachable.v1': UnreachableEvent,
} as const;

/** Reads one event by its type; one of a type that nobody knows is no valid change. */
export function parseArchiveEvent(value: unknown): z.ZodSafeParseResult<ArchiveEvent> {
  const type = (value as { type?: unknown } | null | undefined)?.type;
  const known = typeof type === 'string' && Object.hasOwn(archiveEvents, type);
  return archiveEvents[known ? (type as keyof typeof archiveEvents) : 'provision.changed.v1'].safeParse(
    value,
  );
}

export function isCoverage(event: ArchiveEvent): event is CoverageEvent {
  return event.type === 'document.checked.v1' || event.type === 'document.unreachable.v1';
}
