import type { AlertContent } from './alert-content.js';

/**
 * What became of an alert, for those to whom it was told: `reverted`: what it told went back. `retracted`: the archive was wrong.
 * `corrected`: the archive told it anew. `reminder`: a rise that it told of takes effect soon.
 */
export const echoKinds = ['reverted', 'retracted', 'corrected', 'reminder'] as const;
export type EchoKind = (typeof echoKinds)[number];

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
