import { excerptLength } from '../domain/outcome.js';
import { oneLine } from '../domain/plain-text.js';
import { cut } from '../domain/shown-text.js';

/**
 * What became of one mail for one recipient, as somebody reports it.
 *
 * `bounce`: it did not arrive and is given up. `delayed`: it is still being tried. `delivered`: it arrived, or was passed on
 * to where no more is heard of it. `complaint`: the recipient, or who reads for them, does not want it. `unsubscribe`: the
 * recipient used the provider's way out of all mail, `resubscribe`: took that back. `other`: nothing to act on, such as an
 * automatic reply.
 */
export type FindingKind =
  'bounce' | 'delayed' | 'complaint' | 'unsubscribe' | 'resubscribe' | 'delivered' | 'other';

/**
 * A mail that reports something can be written by anybody: act on what one of the `returnPaths` proves. What a webhook
 * reports was proven by its signature or its secret.
 */
export type Finding = Readonly<{
  kind: FindingKind;
  /** The address that it is about, as the reporter knows it: after a forward it is one that we never wrote to. */
  recipient: string | null;
  /** The address that it was sent to at first, when the reporter says so. */
  originalRecipient: string | null;
  /** Enhanced status code (RFC 3463), such as `5.1.1`. */
  status: string | null;
  /** SMTP reply code, such as 550. */
  reply: number | null;
  /** The words of the system that refused it: one line, at most 500 characters. It may hold addresses. */
  diagnostic: string | null;
  /** Of a complaint, in lower case: `abuse`, `fraud`, `opt-out` … (RFC 5965 and its registry). */
  feedbackType: string | null;
  /** The Message-ID of the mail in question, in angle brackets. */
  messageId: string | null;
  /** The id that a provider gave the mail when it took it on. */
  providerId: string | null;
  /** Addresses that may be the mail's return path, the likeliest first. */
  returnPaths: readonly string[];
  /** The host or the service that reports. */
  reportedBy: string | null;
  /** When the mail went out; from those who do not tell that, when it came back or was complained of. */
  at: Date | null;
}>;

const nothing: Omit<Finding, 'kind'> = {
  recipient: null,
  originalRecipient: null,
  status: null,
  reply: null,
  diagnostic: null,
  feedbackType: null,
  messageId: null,
  providerId: null,
  returnPaths: [],
  reportedBy: null,
  at: null,
};

/** A finding of what is known; its texts, which strangers wrote, are put on one line and cut. */
export function finding(kind: FindingKind, known: Partial<Finding>): Finding {
  const all = { ...nothing, ...known };
  return {
    ...all,
    kind,
    diagnostic: short(all.diagnostic, excerptLength),
    feedbackType: short(all.feedbackType, 40)?.toLowerCase() ?? null,
    messageId: short(all.messageId, 500),
    providerId: short(all.providerId, 200),
    reportedBy: short(all.reportedBy, 255),
  };
}

function short(text: string | null, length: number): string | null {
  // Most of a long text is cut off anyway: it need not be put on one line first.
  const line = text === null ? '' : oneLine(text.slice(0, 4 * length));
  return line === '' ? null : cut(line, length);
}
