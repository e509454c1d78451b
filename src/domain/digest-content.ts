import type { ChangeContent, Exposure } from './alert-content.js';
import type { SeverityDelta } from './delta.js';
import type { Tier } from './tiers.js';

/**
 * What a window changed in one provision: the first before and the last after. `id`, `url`, `time`, capture, standing and
 * analysis are those of the last change.
 */
export type NetChangeContent = ChangeContent & {
  /** The changes it is made of, oldest first; one when there was but one. */
  steps: { id: string; url: string; /** RFC 3339 UTC */ time: string; delta: SeverityDelta }[];
};

/** Exposure is that at the window's begin and end. */
export type DigestDocument = {
  id: string;
  title: string;
  url: string | null;
  exposure: Exposure;
  /** Gravest first. */
  changes: NetChangeContent[];
};

export type DigestEntity = { id: string; name: string; exposure: Exposure; documents: DigestDocument[] };

/** Something that was told before and went back, or was wrong, within the window. */
export type DigestEcho = {
  about: 'reverted' | 'retracted' | 'corrected';
  /** RFC 3339 UTC. */
  at: string;
  alertUrl: string;
  entity: string;
  document: string;
  provision: string;
  /** What had been told. */
  delta: SeverityDelta;
};

/** What a window of time changed on balance, or what was held over quiet hours, for one destination. */
export type DigestContent = {
  kind: 'digest';
  tier: Tier;
  archiveName: string;
  /** A digest of a cadence, or one bundle of what quiet hours held. */
  occasion: 'hourly' | 'daily' | 'weekly' | 'quiet-hours';
  /** IANA name of the reader's zone, in which its times are shown. */
  timeZone: string;
  /** The window, RFC 3339 UTC. */
  from: string;
  until: string;
  /** Gravest first; entities, documents and changes alike. Empty in a heartbeat. */
  entities: DigestEntity[];
  /** Net changes in all, and those that are not in `entities`, for lack of room. */
  total: number;
  omitted: number;
  /** Provisions that changed and are now as they were before. */
  cancelledOut: number;
  /** What was told in earlier messages and is no longer so. */
  echoes: DigestEcho[];
  /** The page that shows all of it, with the steps. */
  url: string;
  /** What was looked at: told with a heartbeat. Null where it is not known. */
  coverage: {
    /** Documents that the reader follows, by whatever subject. */
    documents: number;
    /** Those of them that the archive can't see, or did not look at for too long: their silence says nothing. */
    unseen: number;
    /** RFC 3339 UTC: when the archive last looked at one of them; null when it never said. */
    lastVerified: string | null;
  } | null;
  /** The watchlists that led to it. */
  watchlists: { id: string; name: string }[];
};
