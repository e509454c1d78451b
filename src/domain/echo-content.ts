import type { AlertContent } from './alert-content.js';
import type { EchoKind } from './echo-kind.js';

/** Its changes are those of the alert that it concerns, as the archive knows them now. */
export type EchoContent = Omit<AlertContent, 'kind' | 'followUp'> & {
  kind: 'echo';
  about: EchoKind;
  /** RFC 3339 UTC: when the archive saw it go back, or took it back; for a reminder when it was due. */
  at: string;
  /** Why the archive took it back, in its words. */
  reason: string | null;
  /** The changes that undid it, oldest first; empty for what was not undone by a change. */
  by: { id: string; url: string; /** RFC 3339 UTC */ time: string }[];
  /** How many changes the alert told in all: more than `changes` when the rest stands. */
  alertChanges: number;
};
