import type { FindingKind } from './finding.js';

/** What a bounce of Postmark's is: the status stands in where the refusing server gave no code. */
export type PostmarkType = { kind: FindingKind; status?: string; feedbackType?: string };

/** By `TypeCode`: https://postmarkapp.com/developer/api/bounce-api#bounce-types. */
const types: Readonly<Record<number, PostmarkType>> = {
  // HardBounce: an address that does not exist. Postmark takes no more mail for it.
  1: { kind: 'bounce', status: '5.1.1' },
  // Transient: given up for now.
  2: { kind: 'bounce', status: '4.4.7' },
  // Unsubscribe, Subscribe: words in an answer of the recipient's.
  16: { kind: 'unsubscribe' },
  32: { kind: 'other' },
  // AutoResponder, AddressChange.
  64: { kind: 'other' },
  128: { kind: 'other' },
  // DnsError.
  256: { kind: 'bounce', status: '4.4.3' },
  // SpamNotification: refused or filed as spam.
  512: { kind: 'bounce', status: '5.7.1' },
  // OpenRelayTest, Unknown.
  1024: { kind: 'other' },
  2048: { kind: 'bounce', status: '4.0.0' },
  // SoftBounce: mailbox full, or not to be used for now.
  4096: { kind: 'bounce', status: '4.2.0' },
  // VirusNotification.
  8192: { kind: 'bounce', status: '5.7.1' },
  // ChallengeVerification: the recipient's system wants a person to answer.
  16384: { kind: 'bounce', status: '5.7.1' },
  // BadEmailAddress: none that can be written to.
  100_000: { kind: 'bounce', status: '5.1.3' },
  // SpamComplaint.
  100_001: { kind: 'complaint', feedbackType: 'abuse' },
  // ManuallyDeactivated: by whoever has the account at Postmark.
  100_002: { kind: 'other' },
  // Unconfirmed.
  100_003: { kind: 'other' },
  // Blocked: by a block list or content.
  100_006: { kind: 'bounce', status: '5.7.1' },
  // SMTPApiError, InboundError: the mail never left.
  100_007: { kind: 'bounce', status: '5.5.0' },
  100_008: { kind: 'other' },
  // DMARCPolicy.
  100_009: { kind: 'bounce', status: '5.7.26' },
  // TemplateRenderingFailed.
  100_010: { kind: 'other' },
};

/** A code that Postmark has added since is a bounce that may pass. */
export function postmarkType(code: number): PostmarkType {
  return types[code] ?? { kind: 'bounce', status: '4.0.0' };
}
