import type { SeverityDelta } from './delta.js';
import type { EchoKind } from './echo-kind.js';
import type { Analysis, Capture } from './provision-event.js';
import type { LockablePart, Tier } from './tiers.js';

/** Σ over the provisions in force of 1 (low), 3 (medium), 9 (high), before and after. */
export type Exposure = { before: number; after: number };

/** Among the other entities' provisions of the same clause type: how many are rated lower, equal and higher. */
export type Standing = { lower: number; equal: number; higher: number };

/** A word diff. The texts of `=` and `-` joined are the former wording, those of `=` and `+` the new one. */
export type DiffPart = { op: '=' | '+' | '-'; text: string };

/** One change as an alert shows it, cut to what the reader's tier holds. */
export type ChangeContent = {
  id: string;
  url: string;
  /** RFC 3339 UTC: when the archive saw the change. */
  time: string;
  /** `YYYY-MM-DD`, or null when the event did not say. */
  effectiveAt: string | null;
  provision: { id: string; title: string; clauseType: string; categories: string[]; url: string | null };
  delta: SeverityDelta;
  text: { before: string | null; after: string | null; diff: DiffPart[] };
  standing: Standing;
  capture: { before: Capture | null; after: Capture | null };
  /** The one-line citation, ready to paste. */
  citation: string;
  analysis: Analysis | null;
  /** The parts of `analysis` that exist and that this tier does not hold. */
  locked: LockablePart[];
  /** Set when it goes back and forth: since when (RFC 3339 UTC), and how often. It is told once, then not until it rests. */
  flapping?: { since: string; times: number } | null;
  /** RFC 3339 UTC: when a later change undid it; null while it stands. */
  revertedAt?: string | null;
  /** RFC 3339 UTC: when the archive took it back; null while it stands. */
  retractedAt?: string | null;
};

/** What all the recipients of one revision, tier and set of matched changes read alike. */
export type AlertContent = {
  kind: 'alert';
  tier: Tier;
  archiveName: string;
  entity: { id: string; name: string; exposure: Exposure };
  document: { id: string; title: string; url: string | null; exposure: Exposure };
  revision: { id: string | null };
  /** True when earlier changes of the same revision were alerted already and these came in late. */
  followUp: boolean;
  /** Gravest first; never empty. */
  changes: ChangeContent[];
};

/** A test message, to see that a destination works. */
export type TestContent = { kind: 'test'; archiveName: string };

/** Asks the owner of a new destination to confirm it. */
export type ConfirmContent = { kind: 'confirm'; archiveName: string };

/** What a destination missed or will miss, told to its owner by mail. */
export type NoticeContent = {
  kind: 'notice';
  archiveName: string;
  /** `failing`: deliveries fail and are tried again. `disabled`: nothing is sent there any more. */
  about: 'failing' | 'disabled';
  destination: { kind: string; label: string | null };
  /** Why the last attempt failed, or why it was disabled. */
  reason: string;
  /** RFC 3339 UTC: since when nothing has succeeded; null when that is not known. */
  since: string | null;
};

/** In place of the alerts of a storm: the gravest of them, and how many there are. */
export type SummaryContent = {
  kind: 'summary';
  archiveName: string;
  /** RFC 3339 UTC: when the first of the alerts was made. */
  since: string;
  /** Alerts a minute that are sent one by one. */
  cap: number;
  total: number;
  inboxUrl: string;
  /** The gravest first; at most ten. */
  alerts: {
    url: string;
    entity: string;
    document: string;
    /** Title of the clause whose change is its gravest. */
    provision: string;
    delta: SeverityDelta;
    moreChanges: number;
  }[];
};

/** Somebody who acted in a chat: as the chat names them, and the workspace of the account's that it was in. */
export type ChatUser = { workspace: string; user: string };

/** What has become of an alert since its message was sent, for messages that can be changed. */
export type AlertProgress = {
  /** RFC 3339 UTC, and who; null for who when that was not in a chat. */
  acknowledged: { at: string; by: ChatUser | null } | null;
  /** Changes of it that the account has muted. */
  mutedChangeIds: readonly string[];
  /** How many follow-ups stand in the message's thread, and what they told. */
  followUps: { count: number; deltas: readonly SeverityDelta[] };
  /** What it told that is no longer so, or takes effect soon; oldest first, `at` in RFC 3339 UTC. */
  echoes?: readonly { about: EchoKind; at: string }[];
};

/** What differs from recipient to recipient. */
export type Recipient = {
  deliveryId: string;
  /** RFC 3339 UTC: when this delivery was made; the same through every attempt. */
  createdAt: string;
  /** The delivery that told this recipient what an echo is about, whose thread it belongs to; missing for anything else. */
  toldBy?: string | null;
  /** The alert in the recipient's inbox; null for what is none. */
  alert: {
    id: string;
    url: string;
    watchlists: { id: string; name: string }[];
    /** Missing when it is sent: nothing has become of it yet. */
    progress?: AlertProgress;
  } | null;
  /** Signed links, absolute. Only what the content needs is there. */
  links: {
    /** RFC 8058: a page on GET, unsubscribes on POST. */
    unsubscribe?: string;
    /** Where the owner confirms a new destination, or signs in. */
    confirm?: string;
  };
};
